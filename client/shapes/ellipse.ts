import { handlesNamed, type ShapeOf, type ShapeType } from './shape-type.ts';

const OUTLINE_POINTS = 72;

/** An ellipse in the rectangle of two corners, held by all four. */
export const ellipse: ShapeType<ShapeOf<'ellipse'>> = {
  suits: ['imaging', 'pathology', 'documents'],
  measures: false,
  icon: 'M12 6c5 0 9 2.700 9 6s-4 6-9 6-9-2.700-9-6 4-6 9-6zM3 12h.01M21 12h.01',
  key: 'e',
  pointCount: 2,
  through: ([start = { x: 0, y: 0 }, end = start]) => ({ kind: 'ellipse', start, end }),
  handles: (shape) => [
    ...handlesNamed(shape, 'start', 'end'),
    { name: 'endStart', point: { x: shape.end.x, y: shape.start.y } },
    { name: 'startEnd', point: { x: shape.start.x, y: shape.end.y } },
  ],
  withHandle(shape, name, point) {
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
  },
  outline({ start, end }, project) {
    const [cx, cy] = [(start.x + end.x) / 2, (start.y + end.y) / 2];
    const [rx, ry] = [(end.x - start.x) / 2, (end.y - start.y) / 2];
    const points = Array.from({ length: OUTLINE_POINTS + 1 }, (_, index) => {
      const t = (2 * Math.PI * index) / OUTLINE_POINTS;
      return project({ x: cx + rx * Math.cos(t), y: cy + ry * Math.sin(t) });
    });
    return [points];
  },
  isArea: true,
};
