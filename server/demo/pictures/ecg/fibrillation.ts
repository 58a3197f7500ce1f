import type { Random } from '../random.ts';
import { DURATION_S, type Rhythm } from './rhythm.ts';

/** Atrial fibrillation with a fast ventricular response: no P, waves of changing height in its place, no two RR alike. */
export function createFibrillation(random: Random): Rhythm {
  const rPeaksS: number[] = [];
  for (let at = 0.25; at < DURATION_S + 0.3; at += random.between(0.36, 0.74)) rPeaksS.push(at);
  return {
    rPeaksS,
    fibrillationMv: { I: 0.02, II: 0.045, V1: 0.07, V2: 0.035, V3: 0.02, V4: 0.015, V5: 0.015, V6: 0.015 },
    shapes: {
      I: { q: -0.03, r: 0.7, s: -0.1, t: 0.09 },
      II: { q: -0.04, r: 0.82, s: -0.12, t: 0.12 },
      V1: { r: 0.16, s: -0.9, t: -0.04 },
      V2: { r: 0.35, s: -1.3, t: 0.18 },
      V3: { r: 0.6, s: -1.0, t: 0.2 },
      V4: { q: -0.03, r: 1.2, s: -0.5, st: -0.03, t: 0.14 },
      V5: { q: -0.05, r: 1.4, s: -0.3, st: -0.06, t: 0.08 },
      V6: { q: -0.05, r: 1.1, s: -0.15, st: -0.05, t: 0.06 },
    },
  };
}
