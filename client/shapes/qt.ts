import type { Point } from '../../server/contract/picture.ts';
import { LEG_PX } from './caliper.ts';
import { handlesNamed, type ShapeOf, type ShapeType } from './shape-type.ts';

const BEYOND_PX = 5;

/** RR above, QT below it, each a bar between legs at the points that were set. */
export const qt: ShapeType<ShapeOf<'qt'>> = {
  suits: ['ecg'],
  measures: true,
  icon: 'M3 8v10M10 4v14M18 10v8M3 8h7M10 15h8M21 18v.01',
  key: 'q',
  pointCount: 3,
  through: ([previousOnset = { x: 0, y: 0 }, onset = previousOnset, tEnd = onset]) => ({
    kind: 'qt',
    previousOnset,
    onset,
    tEnd,
  }),
  handles: (shape) => handlesNamed(shape, 'previousOnset', 'onset', 'tEnd'),
  outline(shape, project, scale) {
    const [previousOnset, onset, tEnd] = [project(shape.previousOnset), project(shape.onset), project(shape.tEnd)];
    const y = (previousOnset.y + onset.y + tEnd.y) / 3;
    const [rrY, qtY] = [y - LEG_PX * scale, y + LEG_PX * scale];
    const line = (x: number, top: number, right: number, bottom: number): Point[] => [
      { x, y: top },
      { x: right, y: bottom },
    ];
    return [
      line(previousOnset.x, rrY - BEYOND_PX * scale, previousOnset.x, qtY),
      line(onset.x, rrY - BEYOND_PX * scale, onset.x, qtY + BEYOND_PX * scale),
      line(tEnd.x, rrY, tEnd.x, qtY + BEYOND_PX * scale),
      line(previousOnset.x, rrY, onset.x, rrY),
      line(onset.x, qtY, tEnd.x, qtY),
    ];
  },
  isArea: false,
};
