import type { Random } from '../random.ts';
import { DURATION_S, type Rhythm } from './rhythm.ts';

const RR_S = 0.79;

/** Sinus rhythm; ST raised in the inferior leads (III more than II, as with the right coronary artery), lowered in I, aVL and V1 to V3. */
export function createInfarction(random: Random): Rhythm {
  const rPeaksS: number[] = [];
  for (let at = 0.42; at < DURATION_S + 0.3; at += RR_S + random.gauss(0.008)) rPeaksS.push(at);
  return {
    rPeaksS,
    fibrillationMv: {},
    shapes: {
      I: { p: 0.07, q: -0.03, r: 0.46, s: -0.08, st: -0.11, t: 0.02 },
      II: { p: 0.13, q: -0.11, r: 0.66, s: -0.06, st: 0.24, t: 0.36 },
      V1: { p: 0.04, r: 0.18, s: -0.82, st: -0.05, t: -0.06 },
      V2: { p: 0.05, r: 0.36, s: -1.25, st: -0.14, t: 0.2 },
      V3: { p: 0.05, r: 0.62, s: -0.95, st: -0.1, t: 0.28 },
      V4: { p: 0.06, q: -0.03, r: 1.05, s: -0.52, st: -0.02, t: 0.27 },
      V5: { p: 0.06, q: -0.05, r: 1.12, s: -0.28, st: 0.02, t: 0.24 },
      V6: { p: 0.06, q: -0.06, r: 0.88, s: -0.14, st: 0.04, t: 0.2 },
    },
  };
}
