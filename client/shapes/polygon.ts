import type { ShapeOf, ShapeType } from './shape-type.ts';

/** As many as the contract's polygon has at most. */
export const MAX_CORNERS = 500;

/** An outline of straight lines, closed by itself. */
export const polygon: ShapeType<ShapeOf<'polygon'>> = {
  suits: ['pathology', 'documents'],
  measures: false,
  icon: 'M12 3l8 6-3 11H7L4 9zM12 3h.01M20 9h.01M17 20h.01M7 20h.01M4 9h.01',
  key: 'y',
  pointCount: MAX_CORNERS,
  leastPoints: 3,
  through: (points) => ({ kind: 'polygon', points }),
  handles: ({ points }) => points.map((point, index) => ({ name: String(index), point })),
  withHandle: (shape, name, point) => ({
    ...shape,
    points: shape.points.map((old, index) => (String(index) === name ? point : old)),
  }),
  outline({ points }, project) {
    const corners = points.map(project);
    return [[...corners, ...corners.slice(0, 1)]];
  },
  isArea: true,
};
