import type { Point } from '../../server/contract/picture.ts';
import type { OpenGroup } from './open-ecg.ts';
import { toPoint } from './place.ts';

/** A square of the paper at 25 mm/s: no wave is narrower. */
const STEP_S = 0.04;

const known = new WeakMap<OpenGroup, readonly Point[]>();

/** Where the traces of a group run, in picture coordinates: of each step the sample that lies farthest from the baseline. */
export function tracePoints(group: OpenGroup): readonly Point[] {
  const before = known.get(group);
  if (before) return before;
  const points = group.traces.flatMap(({ samples, sampleRateHz, skewS }, lead) => {
    const step = Math.max(1, Math.round(STEP_S * sampleRateHz));
    const of: Point[] = [];
    for (let start = 0; start < samples.length; start += step) {
      let farthest = Number.NaN;
      for (let index = start; index < Math.min(start + step, samples.length); index++) {
        const sample = samples[index] ?? Number.NaN;
        if (!(Math.abs(sample) <= Math.abs(farthest))) farthest = Number.isNaN(sample) ? farthest : sample;
      }
      if (Number.isNaN(farthest)) continue;
      const timeS = start / sampleRateHz + skewS;
      for (const rhythm of [false, true])
        of.push(toPoint({ lead, rhythm, timeS, amplitudeUv: farthest }, group.traces.length));
    }
    return of;
  });
  known.set(group, points);
  return points;
}
