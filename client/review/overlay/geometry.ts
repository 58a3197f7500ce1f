import type { Point } from '../../../server/contract/picture.ts';
import type { Shape } from '../../../server/contract/review.ts';

export type Project = (point: Point) => Point;

export interface Handle {
  name: string;
  point: Point;
}

/** The points by which a shape is changed, in the order in which they are drawn with the mouse, then the others. */
export function handlesOf(shape: Shape): Handle[] {
  switch (shape.kind) {
    case 'length':
      return [handle('start', shape.start), handle('end', shape.end)];
    case 'angle':
      return [handle('start', shape.start), handle('vertex', shape.vertex), handle('end', shape.end)];
    case 'ellipse':
      return [
        handle('start', shape.start),
        handle('end', shape.end),
        handle('endStart', { x: shape.end.x, y: shape.start.y }),
        handle('startEnd', { x: shape.start.x, y: shape.end.y }),
      ];
    case 'polygon':
      return shape.points.map((point, index) => handle(String(index), point));
    case 'caliper':
      return [handle('start', shape.start), handle('end', shape.end)];
    case 'qt':
      return [handle('previousOnset', shape.previousOnset), handle('onset', shape.onset), handle('tEnd', shape.tEnd)];
    case 'arrow':
      return [handle('head', shape.head), handle('tail', shape.tail)];
  }
}

const handle = (name: string, point: Point): Handle => ({ name, point });

/** The shape with one of its handles elsewhere. An unknown name changes nothing. */
export function withHandle(shape: Shape, name: string, point: Point): Shape {
  if (shape.kind === 'polygon')
    return { ...shape, points: shape.points.map((old, index) => (String(index) === name ? point : old)) };
  if (shape.kind !== 'ellipse')
    return handlesOf(shape).some((known) => known.name === name) ? { ...shape, [name]: point } : shape;
  const { start, end } = shape;
  switch (name) {
    case 'start':
      return { ...shape, start: point };
    case 'end':
      return { ...shape, end: point };
    case 'endStart':
      return { ...shape, start: { x: start.x, y: point.y }, end: { x: point.x, y: end.y } };
    case 'startEnd':
      return { ...shape, start: { x: point.x, y: start.y }, end: { x: end.x, y: point.y } };
    default:
      return shape;
  }
}

/** Its label goes along, where a hand had put it. */
export function movedBy(shape: Shape, dx: number, dy: number): Shape {
  const { labelAt } = shape;
  const moved = pointsMovedBy(shape, dx, dy);
  return labelAt ? { ...moved, labelAt: { x: labelAt.x + dx, y: labelAt.y + dy } } : moved;
}

function pointsMovedBy(shape: Shape, dx: number, dy: number): Shape {
  const move = (point: Point): Point => ({ x: point.x + dx, y: point.y + dy });
  switch (shape.kind) {
    case 'length':
    case 'ellipse':
    case 'caliper':
      return { ...shape, start: move(shape.start), end: move(shape.end) };
    case 'polygon':
      return { ...shape, points: shape.points.map(move) };
    case 'qt':
      return {
        ...shape,
        previousOnset: move(shape.previousOnset),
        onset: move(shape.onset),
        tEnd: move(shape.tEnd),
      };
    case 'angle':
      return { ...shape, start: move(shape.start), vertex: move(shape.vertex), end: move(shape.end) };
    case 'arrow':
      return { ...shape, tail: move(shape.tail), head: move(shape.head) };
  }
}

/** As many corners as the contract's polygon has at most. */
export const MAX_CORNERS = 500;

/** How many points the mouse sets when drawing the kind; a polygon ends when the person says so. */
export const pointCount: Record<Shape['kind'], number> = {
  length: 2,
  angle: 3,
  ellipse: 2,
  polygon: MAX_CORNERS,
  caliper: 2,
  qt: 3,
  arrow: 2,
};

/** The shape through points set in drawing order; those still missing lie on the last one. */
export function shapeThrough(kind: Shape['kind'], points: Point[]): Shape {
  const [first = { x: 0, y: 0 }] = points;
  const second = points[1] ?? first;
  switch (kind) {
    case 'length':
    case 'ellipse':
      return { kind, start: first, end: second };
    case 'angle':
      return { kind, start: first, vertex: second, end: points[2] ?? second };
    case 'polygon':
      return { kind, points };
    case 'caliper':
      return { kind, start: first, end: second, march: false };
    case 'qt':
      return { kind, previousOnset: first, onset: second, tEnd: points[2] ?? second };
    case 'arrow':
      return { kind, head: first, tail: second, text: '' };
  }
}

/** A slip of the hand, not a shape: nothing of it reaches three pixels. */
export function isSlip(shape: Shape, project: Project): boolean {
  const points = handlesOf(shape).map(({ point }) => project(point));
  const [first] = points;
  return !first || points.every((point) => Math.hypot(point.x - first.x, point.y - first.y) < 3);
}
