import type { EcgLead, EcgLeadHeader } from './record.ts';

/** A lead's samples in microvolts; NaN where there is none. */
export function samplesUv({ counts, uvPerCount, offsetUv, paddingCount }: EcgLead): Float64Array {
  const samples = new Float64Array(counts.length);
  for (let index = 0; index < counts.length; index += 1) {
    const count = counts[index] ?? 0;
    samples[index] = count === paddingCount ? Number.NaN : count * uvPerCount + offsetUv;
  }
  return samples;
}

/** True where the device could not follow the voltage: what is drawn there is the edge of its scale. */
export function isOffScale({ minCount, maxCount, paddingCount }: EcgLeadHeader, count: number): boolean {
  if (count === paddingCount) return false;
  return (minCount !== null && count <= minCount) || (maxCount !== null && count >= maxCount);
}
