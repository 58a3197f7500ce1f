import type { Point } from '../../server/contract/picture.ts';
import { handlesNamed, type ShapeOf, type ShapeType } from './shape-type.ts';

const HEAD_PX = 12;
const HALF_ANGLE = Math.PI / 7;

/** An arrow and what it says, written at its tail. */
export const arrow: ShapeType<ShapeOf<'arrow'>> = {
  suits: 'every',
  measures: false,
  icon: 'M4 4l9 9M4 4h6M4 4v6M14 20h7M17.500 15v5',
  key: 't',
  pointCount: 2,
  through: ([head = { x: 0, y: 0 }, tail = head]) => ({ kind: 'arrow', head, tail, text: '' }),
  handles: (shape) => handlesNamed(shape, 'head', 'tail'),
  outline(shape, project, scale) {
    const [tail, head] = [project(shape.tail), project(shape.head)];
    const direction = Math.atan2(tail.y - head.y, tail.x - head.x);
    const barb = (turn: number): Point => ({
      x: head.x + HEAD_PX * scale * Math.cos(direction + turn),
      y: head.y + HEAD_PX * scale * Math.sin(direction + turn),
    });
    return [
      [tail, head],
      [barb(HALF_ANGLE), head, barb(-HALF_ANGLE)],
    ];
  },
  isArea: false,
  text: {
    at: ({ tail }) => tail,
    of: ({ text }) => text,
    put: (shape, text) => ({ ...shape, text }),
  },
};
