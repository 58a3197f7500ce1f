import type { SampleArray } from './stored-pixels.ts';

/** Least and greatest stored value, padding among them. */
export interface StoredRange {
  min: number;
  max: number;
}

/** A frame is drawn often, and its samples never change. */
const known = new WeakMap<SampleArray, StoredRange>();

/** The values that a frame holds; of no samples, 0 to 0. Floating-point samples may be NaN, which no range holds. */
export function storedRange(data: SampleArray): StoredRange {
  const found = known.get(data);
  if (found) return found;
  let min = data[0] ?? 0;
  let max = min;
  for (let i = 1; i < data.length; i += 1) {
    const value = data[i] as number;
    if (value < min) min = value;
    else if (value > max) max = value;
  }
  const range = { min, max };
  known.set(data, range);
  return range;
}
