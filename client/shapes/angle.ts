import { handlesNamed, type ShapeOf, type ShapeType } from './shape-type.ts';

/** An angle at its vertex, between two legs. */
export const angle: ShapeType<ShapeOf<'angle'>> = {
  suits: ['imaging'],
  measures: true,
  icon: 'M20 19H4L15 5M10 19a7.500 7.500 0 0 0-2-6',
  key: 'a',
  pointCount: 3,
  through: ([start = { x: 0, y: 0 }, vertex = start, end = vertex]) => ({ kind: 'angle', start, vertex, end }),
  handles: (shape) => handlesNamed(shape, 'start', 'vertex', 'end'),
  outline: ({ start, vertex, end }, project) => [[project(start), project(vertex), project(end)]],
  isArea: false,
};
