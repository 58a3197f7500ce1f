import type { Point } from '../../server/contract/picture.ts';
import { handlesNamed, type ShapeOf, type ShapeType } from './shape-type.ts';

/** How far a leg reaches beyond the point it stands on. */
export const LEG_PX = 22;
const FOOT_PX = 7;

/** An interval and a voltage between two legs; it may march out over the record. */
export const caliper: ShapeType<ShapeOf<'caliper'>> = {
  suits: ['ecg'],
  measures: true,
  icon: 'M5 4v16M19 4v16M5 9h14M8 7 5 9l3 2M16 7l3 2-3 2',
  key: 'c',
  pointCount: 2,
  through: ([start = { x: 0, y: 0 }, end = start]) => ({ kind: 'caliper', start, end, march: false }),
  handles: (shape) => handlesNamed(shape, 'start', 'end'),
  outline(shape, project, scale) {
    const [start, end] = [project(shape.start), project(shape.end)];
    const [top, bottom] = [Math.min(start.y, end.y) - LEG_PX * scale, Math.max(start.y, end.y) + LEG_PX * scale];
    const leg = ({ x }: Point): Point[] => [
      { x, y: top },
      { x, y: bottom },
    ];
    // Where the legs stand at different voltages, a foot at each says so.
    const foot = ({ x, y }: Point): Point[] => [
      { x: x - FOOT_PX * scale, y },
      { x: x + FOOT_PX * scale, y },
    ];
    const bar = [start, { x: end.x, y: start.y }];
    return [leg(start), leg(end), bar, foot(start), foot(end)];
  },
  isArea: false,
  toggle: {
    id: 'march',
    // M is the microphone's, everywhere.
    key: '/',
    icon: 'M3 7v10M9 7v10M15 7v10M21 7v10M3 12h18',
    isOn: ({ march }) => march,
    turned: (shape) => ({ ...shape, march: !shape.march }),
  },
};

/** The places that a shape marks besides its own points, each a short line. */
export function markLines(marks: readonly Point[], scale = 1): Point[][] {
  return marks.map(({ x, y }) => [
    { x, y: y - LEG_PX * scale },
    { x, y: y + LEG_PX * scale },
  ]);
}
