import type { Random } from '../random.ts';
import { addBeat, type LeadShape } from './beat.ts';

export const RATE_HZ = 500;
export const DURATION_S = 10;
/** What one count is worth; limb leads that are computed from others stay whole numbers of it. */
export const UV_PER_COUNT = 2.5;

/** The electrodes' own leads: the other four of the twelve follow from I and II. */
const MEASURED = ['I', 'II', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const;
type Measured = (typeof MEASURED)[number];
export const LEADS = ['I', 'II', 'III', 'aVR', 'aVL', 'aVF', 'V1', 'V2', 'V3', 'V4', 'V5', 'V6'] as const;
export type LeadName = (typeof LEADS)[number];

export interface Rhythm {
  shapes: Record<Measured, LeadShape>;
  /** When R peaks, seconds. */
  rPeaksS: number[];
  /** Atrial fibrillation: height of the waves between the beats, mV. */
  fibrillationMv: Partial<Record<Measured, number>>;
}

/** Twelve leads of ten seconds, in counts. */
export function recordRhythm(rhythm: Rhythm, random: Random): Record<LeadName, Int16Array> {
  const measured = Object.fromEntries(
    MEASURED.map((name) => [name, toCounts(recordLead(rhythm, name, random))]),
  ) as Record<Measured, Int16Array>;
  const { I, II } = measured;
  const computed = (value: (i: number, ii: number) => number) => I.map((i, at) => Math.round(value(i, II[at] ?? 0)));
  return {
    ...measured,
    // Einthoven and Goldberger.
    III: computed((i, ii) => ii - i),
    aVR: computed((i, ii) => -(i + ii) / 2),
    aVL: computed((i, ii) => i - ii / 2),
    aVF: computed((i, ii) => ii - i / 2),
  };
}

function recordLead({ shapes, rPeaksS, fibrillationMv }: Rhythm, name: Measured, random: Random): Float64Array {
  const samplesUv = new Float64Array(RATE_HZ * DURATION_S);
  const breath = { uv: random.between(8, 22), phase: random.between(0, 6) };
  const atrium = [5.1, 6.3, 7.4].map((hz) => ({
    hz: hz + random.gauss(0.2),
    phase: random.between(0, 6),
    uv: (fibrillationMv[name] ?? 0) * 1000 * random.between(0.4, 0.8),
  }));
  for (let index = 0; index < samplesUv.length; index += 1) {
    const s = index / RATE_HZ;
    const waves = atrium.reduce((sum, { hz, phase, uv }) => sum + uv * Math.sin(2 * Math.PI * hz * s + phase), 0);
    samplesUv[index] = breath.uv * Math.sin(2 * Math.PI * 0.27 * s + breath.phase) + waves + random.gauss(5);
  }
  for (const [beat, rS] of rPeaksS.entries()) {
    const rrS = rS - (rPeaksS[beat - 1] ?? rS - 0.85);
    addBeat(samplesUv, shapes[name], { rS, rrS, rateHz: RATE_HZ });
  }
  return samplesUv;
}

function toCounts(samplesUv: Float64Array): Int16Array {
  return Int16Array.from(samplesUv, (uv) => Math.round(uv / UV_PER_COUNT));
}
