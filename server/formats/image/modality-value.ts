import type { ImageDescription } from './image.ts';
import type { LookupTable } from './lookup-table.ts';
import type { SampleArray, StoredPixels } from './stored-pixels.ts';
import { type StoredRange, storedRange } from './stored-range.ts';

/** PS3.3 section C.11.1.1.1: values outside the table get its first or last entry. */
export function lookUp({ entries, firstMapped }: LookupTable, value: number): number {
  const index = Math.min(Math.max(Math.trunc(value) - firstMapped, 0), entries.length - 1);
  return entries[index] ?? 0;
}

/** From a stored value to the modality's unit (`rescaleType`; HU for CT), PS3.3 section C.11.1: the LUT, else slope and intercept. */
export function modalityValue(image: ImageDescription, stored: number): number {
  if (image.modalityLut !== null) return lookUp(image.modalityLut, stored);
  return stored * image.rescaleSlope + image.rescaleIntercept;
}

export function isPadding(image: ImageDescription, stored: number): boolean {
  return image.pixelPadding !== null && stored >= image.pixelPadding.low && stored <= image.pixelPadding.high;
}

/** Least and greatest modality value of a frame, padding left out; null: nothing but padding. */
export function modalityRange(pixels: StoredPixels, image: ImageDescription): { min: number; max: number } | null {
  const stored = rangeWithout(image.pixelPadding, pixels.data);
  if (stored === null) return null;
  if (image.modalityLut === null) {
    const ends = [modalityValue(image, stored.min), modalityValue(image, stored.max)];
    return { min: Math.min(...ends), max: Math.max(...ends) };
  }
  // A table need not be monotonic: any value may be the extreme one.
  let min = Infinity;
  let max = -Infinity;
  for (const stored of pixels.data) {
    if (isPadding(image, stored)) continue;
    const value = lookUp(image.modalityLut, stored);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

function rangeWithout(padding: ImageDescription['pixelPadding'], data: SampleArray): StoredRange | null {
  if (padding === null && !(data instanceof Float32Array) && !(data instanceof Float64Array)) {
    return data.length === 0 ? null : storedRange(data);
  }
  const low = padding?.low ?? Infinity;
  const high = padding?.high ?? -Infinity;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < data.length; i += 1) {
    const value = data[i] as number;
    if (value >= low && value <= high) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return max < min ? null : { min, max };
}
