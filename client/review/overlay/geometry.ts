import type { Point, Shape } from '../../../server/contract/review.ts';

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
    case 'arrow':
      return [handle('head', shape.head), handle('tail', shape.tail)];
  }
}

const handle = (name: string, point: Point): Handle => ({ name, point });

/** The shape with one of its handles elsewhere. An unknown name changes nothing. */
export function withHandle(shape: Shape, name: string, point: Point): Shape {
  if (shape.kind !== 'ellipse') return name in shape ? { ...shape, [name]: point } : shape;
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

export function movedBy(shape: Shape, dx: number, dy: number): Shape {
  const move = (point: Point): Point => ({ x: point.x + dx, y: point.y + dy });
  switch (shape.kind) {
    case 'length':
    case 'ellipse':
      return { ...shape, start: move(shape.start), end: move(shape.end) };
    case 'angle':
      return { ...shape, start: move(shape.start), vertex: move(shape.vertex), end: move(shape.end) };
    case 'arrow':
      return { ...shape, tail: move(shape.tail), head: move(shape.head) };
  }
}

/** How many points the mouse sets when drawing the kind. */
export const pointCount: Record<Shape['kind'], number> = { length: 2, angle: 3, ellipse: 2, arrow: 2 };

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
    case 'arrow':
      return { kind, head: first, tail: second, text: '' };
  }
}

const ELLIPSE_POINTS = 72;
const ARROW_HEAD_PX = 12;
const ARROW_HALF_ANGLE = Math.PI / 7;

/**
 * The lines of a shape on a screen. Curves are sampled in image coordinates and projected point by point, so that any
 * rotation, flip or pixel shape comes out right.
 */
export function outlineOf(shape: Shape, project: Project, scale = 1): Point[][] {
  switch (shape.kind) {
    case 'length': {
      const [a, b] = [project(shape.start), project(shape.end)];
      return [[a, b], crossTick(a, b, scale), crossTick(b, a, scale)];
    }
    case 'angle':
      return [[project(shape.start), project(shape.vertex), project(shape.end)]];
    case 'ellipse': {
      const { start, end } = shape;
      const [cx, cy, rx, ry] = [
        (start.x + end.x) / 2,
        (start.y + end.y) / 2,
        (end.x - start.x) / 2,
        (end.y - start.y) / 2,
      ];
      const points = Array.from({ length: ELLIPSE_POINTS + 1 }, (_, index) => {
        const t = (2 * Math.PI * index) / ELLIPSE_POINTS;
        return project({ x: cx + rx * Math.cos(t), y: cy + ry * Math.sin(t) });
      });
      return [points];
    }
    case 'arrow': {
      const [tail, head] = [project(shape.tail), project(shape.head)];
      const direction = Math.atan2(tail.y - head.y, tail.x - head.x);
      const barb = (turn: number): Point => ({
        x: head.x + ARROW_HEAD_PX * scale * Math.cos(direction + turn),
        y: head.y + ARROW_HEAD_PX * scale * Math.sin(direction + turn),
      });
      return [
        [tail, head],
        [barb(ARROW_HALF_ANGLE), head, barb(-ARROW_HALF_ANGLE)],
      ];
    }
  }
}

const TICK_PX = 5;

function crossTick(at: Point, other: Point, scale: number): Point[] {
  const length = Math.hypot(other.x - at.x, other.y - at.y) || 1;
  const nx = (-(other.y - at.y) / length) * TICK_PX * scale;
  const ny = ((other.x - at.x) / length) * TICK_PX * scale;
  return [
    { x: at.x + nx, y: at.y + ny },
    { x: at.x - nx, y: at.y - ny },
  ];
}

const LABEL_GAP_PX = 10;

/** Where a shape's label begins (its left end, vertically its middle): beside the rightmost point; for an arrow at its tail. */
export function labelPointOf(shape: Shape, project: Project, scale = 1): Point {
  if (shape.kind === 'arrow') {
    const [tail, head] = [project(shape.tail), project(shape.head)];
    return {
      x: tail.x + (tail.x >= head.x ? LABEL_GAP_PX * scale : 0),
      y: tail.y + (tail.y >= head.y ? 1 : -1) * LABEL_GAP_PX * scale,
    };
  }
  const rightmost = outlineOf(shape, project, scale)
    .flat()
    .reduce((one, other) => (other.x > one.x ? other : one));
  return { x: rightmost.x + LABEL_GAP_PX * scale, y: rightmost.y };
}

/** A slip of the hand, not a shape: nothing of it reaches three pixels. */
export function isSlip(shape: Shape, project: Project): boolean {
  const points = handlesOf(shape).map(({ point }) => project(point));
  const [first] = points;
  return !first || points.every((point) => Math.hypot(point.x - first.x, point.y - first.y) < 3);
}
