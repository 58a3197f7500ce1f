import type { Point } from '../../server/contract/picture.ts';
import type { PictureKind } from '../../server/contract/picture-kinds.ts';
import type { Shape } from '../../server/contract/review.ts';
import { angle } from './angle.ts';
import { arrow } from './arrow.ts';
import { caliper } from './caliper.ts';
import { ellipse } from './ellipse.ts';
import { length } from './length.ts';
import type { Measures } from './measurement.ts';
import { polygon } from './polygon.ts';
import { qt } from './qt.ts';
import type { Handle, Project, ShapeName, ShapeOf, ShapeType } from './shape-type.ts';

/** Everything that can be drawn, in the order of the toolbar. A further shape is one line here and one of the contract's union. */
export const shapes: { readonly [N in ShapeName]: ShapeType<ShapeOf<N>> } = {
  length,
  angle,
  ellipse,
  polygon,
  caliper,
  qt,
  arrow,
};
export const shapeNames = Object.keys(shapes) as ShapeName[];

export function typeOf<S extends Shape>(shape: S): ShapeType<S> {
  return typeNamed(shape.kind) as ShapeType<S>;
}

export function typeNamed(name: ShapeName): ShapeType<Shape> {
  return shapes[name] as ShapeType<Shape>;
}

/** What can be drawn on a picture of this kind, of which so much can be measured. */
export function shapesFor(kind: PictureKind, measures: Measures): ShapeName[] {
  return shapeNames.filter((name) => {
    const { suits, measures: isMeasured } = shapes[name];
    return (suits === 'every' || suits.includes(kind)) && (!isMeasured || name in measures);
  });
}

/** What of these shapes can be switched on and off. */
export function togglesOf(names: readonly ShapeName[]): NonNullable<ShapeType<Shape>['toggle']>[] {
  return names.flatMap((name) => typeNamed(name).toggle ?? []);
}

export function shapeThrough(name: ShapeName, points: Point[]): Shape {
  return typeNamed(name).through(points);
}

export function handlesOf(shape: Shape): Handle[] {
  return typeOf(shape).handles(shape);
}

/** The shape with one of its handles elsewhere. An unknown name changes nothing. */
export function withHandle(shape: Shape, name: string, point: Point): Shape {
  const type = typeOf(shape);
  if (type.withHandle) return type.withHandle(shape, name, point);
  return type.handles(shape).some((known) => known.name === name) ? { ...shape, [name]: point } : shape;
}

/** All its points go, and its label along, where a hand had put it. */
export function movedBy(shape: Shape, dx: number, dy: number): Shape {
  const move = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(move);
    return isPoint(value) ? { x: value.x + dx, y: value.y + dy } : value;
  };
  return Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, move(value)])) as Shape;
}

function isPoint(value: unknown): value is Point {
  return typeof value === 'object' && value !== null && 'x' in value && 'y' in value;
}

export function outlineOf(shape: Shape, project: Project, scale = 1): Point[][] {
  return typeOf(shape).outline(shape, project, scale);
}

/** What its label stands beside: its own words where they begin, values beside its lines. */
export function labelledLines(shape: Shape, project: Project, scale = 1): Point[][] {
  const { text } = typeOf(shape);
  return text ? [[project(text.at(shape))]] : outlineOf(shape, project, scale);
}

/** A slip of the hand, not a shape: nothing of it reaches three pixels. */
export function isSlip(shape: Shape, project: Project): boolean {
  const points = handlesOf(shape).map(({ point }) => project(point));
  const [first] = points;
  return !first || points.every((point) => Math.hypot(point.x - first.x, point.y - first.y) < 3);
}

/** Nothing of the lines lies in a window of this size. */
export function isOutside(lines: Point[][], { width, height }: { width: number; height: number }): boolean {
  const points = lines.flat();
  const beyond = (is: (point: Point) => boolean) => points.every(is);
  return (
    beyond(({ x }) => x < 0) ||
    beyond(({ x }) => x > width) ||
    beyond(({ y }) => y < 0) ||
    beyond(({ y }) => y > height)
  );
}
