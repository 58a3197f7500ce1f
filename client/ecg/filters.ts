import type { EcgFilters } from '../../server/formats/ecg/record.ts';

/**
 * What the device had done to the leads before it stored them, for the line on the paper.
 * `unknown`: it says nothing of any lead. `mixed`: leads differ, so none of them speaks for the sheet.
 */
export type FilterSummary = EcgFilters | 'unknown' | 'mixed';

export function summarizeFilters(leads: readonly { filters: EcgFilters }[]): FilterSummary {
  const [first, ...others] = leads.map(({ filters }) => filters);
  if (first === undefined) return 'unknown';
  const same = others.every(
    ({ lowHz, highHz, notchHz }) => lowHz === first.lowHz && highHz === first.highHz && notchHz === first.notchHz,
  );
  if (!same) return 'mixed';
  return first.lowHz === null && first.highHz === null && first.notchHz === null ? 'unknown' : first;
}
