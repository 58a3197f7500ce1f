import { isOffScale, samplesUv } from '../../server/formats/ecg/lead-samples.ts';
import type { EcgGroup } from '../../server/formats/ecg/record.ts';
import type { LayoutLead } from './layout.ts';

/** A lead made ready to be drawn. */
export interface Trace extends LayoutLead {
  /** Microvolts; NaN where there is no sample. */
  samples: Float64Array;
  sampleRateHz: number;
  /** When the first sample was taken, seconds after the group's begin. */
  skewS: number;
  /** First and last index of each run that is off the device's scale: the true voltage there is beyond what is drawn. */
  offScale: readonly (readonly [number, number])[];
}

/** The traces of a group, lead by lead. */
export function tracesOf({ leads, sampleRateHz }: EcgGroup): Trace[] {
  return leads.map((lead) => {
    const runs: [number, number][] = [];
    for (const [index, count] of lead.counts.entries()) {
      if (!isOffScale(lead, count)) continue;
      const run = runs.at(-1);
      if (run !== undefined && run[1] === index - 1) run[1] = index;
      else runs.push([index, index]);
    }
    const samples = samplesUv(lead);
    let minUv = 0;
    let maxUv = 0;
    for (const sample of samples) {
      if (sample < minUv) minUv = sample;
      else if (sample > maxUv) maxUv = sample;
    }
    const { name, skewS, formula } = lead;
    const ownS = spanOf(samples).map((index) => index / sampleRateHz + skewS) as [number, number];
    return { name, formula, samples, sampleRateHz, skewS, offScale: runs, minUv, maxUv, ownS };
  });
}

/** Index of the first sample and of the place after the last one. */
function spanOf(samples: Float64Array): [number, number] {
  const first = samples.findIndex((sample) => !Number.isNaN(sample));
  const last = samples.findLastIndex((sample) => !Number.isNaN(sample));
  return first === -1 ? [0, samples.length] : [first, last + 1];
}

/** Indices of the first and the last sample from `startS` to `endS`, both included; none: the last is before the first. */
export function sampleRange({ samples, sampleRateHz, skewS }: Trace, startS: number, endS: number): [number, number] {
  // A sample that falls on the edge belongs to it, whatever the division left over.
  const first = Math.ceil((startS - skewS) * sampleRateHz - 1e-6);
  const last = Math.floor((endS - skewS) * sampleRateHz + 1e-6);
  return [Math.max(0, first), Math.min(samples.length - 1, last)];
}
