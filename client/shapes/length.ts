import type { Point } from '../../server/contract/picture.ts';
import { handlesNamed, type ShapeOf, type ShapeType } from './shape-type.ts';

const TICK_PX = 5;

/** A distance between two points, with a tick across each end. */
export const length: ShapeType<ShapeOf<'length'>> = {
  suits: ['imaging', 'pathology', 'documents'],
  measures: true,
  icon: 'M4 20 20 4M2.500 18.500l3 3M18.500 2.500l3 3M9 12.500l1.500 1.500M12.500 9l1.500 1.500',
  key: 'l',
  pointCount: 2,
  through: ([start = { x: 0, y: 0 }, end = start]) => ({ kind: 'length', start, end }),
  handles: (shape) => handlesNamed(shape, 'start', 'end'),
  outline(shape, project, scale) {
    const [a, b] = [project(shape.start), project(shape.end)];
    return [[a, b], crossTick(a, b, scale), crossTick(b, a, scale)];
  },
  isArea: false,
};

function crossTick(at: Point, other: Point, scale: number): Point[] {
  const apart = Math.hypot(other.x - at.x, other.y - at.y) || 1;
  const nx = (-(other.y - at.y) / apart) * TICK_PX * scale;
  const ny = ((other.x - at.x) / apart) * TICK_PX * scale;
  return [
    { x: at.x + nx, y: at.y + ny },
    { x: at.x - nx, y: at.y - ny },
  ];
}
