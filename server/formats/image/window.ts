import type { ImageDescription, VoiWindow } from './image.ts';
import type { LookupTable } from './lookup-table.ts';
import { lookUp, modalityRange, modalityValue } from './modality-value.ts';
import type { StoredPixels } from './stored-pixels.ts';
import type { StoredRange } from './stored-range.ts';

/** How modality values become gray: a window, or a table of the file's (PS3.3 section C.11.2). */
export type Voi = VoiWindow | LookupTable;

/** Grays of a run of stored values: `grays[stored - firstStored]`. */
export interface DisplayLut {
  firstStored: number;
  grays: Uint8ClampedArray;
}

/**
 * How an image wants to be shown: its first window, else its first VOI LUT, else from the least to the greatest value of the
 * frame, padding left out.
 */
export function defaultVoi(image: ImageDescription, pixels: StoredPixels): Voi {
  return image.windows[0] ?? image.voiLuts[0] ?? fullRangeWindow(image, pixels);
}

/** LINEAR with the least value black and the greatest white. */
export function fullRangeWindow(image: ImageDescription, pixels: StoredPixels): VoiWindow {
  const { min, max } = modalityRange(pixels, image) ?? { min: 0, max: 0 };
  const width = max - min + 1;
  return { center: min + width / 2, width, function: 'LINEAR' };
}

/**
 * Gray from 0 to 255, not yet rounded, of a modality value. LINEAR PS3.3 C.11.2.1.2.1 (with its half and its one), LINEAR_EXACT
 * C.11.2.1.3.2, SIGMOID C.11.2.1.3.1.
 */
export function grayOf(voi: Voi, value: number): number {
  if ('entries' in voi) return (lookUp(voi, value) / (2 ** voi.bits - 1)) * 255;
  const { center, width } = voi;
  if (voi.function === 'SIGMOID') return 255 / (1 + Math.exp((-4 * (value - center)) / width));
  const middle = voi.function === 'LINEAR' ? center - 0.5 : center;
  const span = voi.function === 'LINEAR' ? width - 1 : width;
  if (value <= middle - span / 2) return 0;
  if (value > middle + span / 2) return 255;
  return ((value - middle) / span + 0.5) * 255;
}

/** Gray of a stored value: Modality LUT or rescale, then VOI, then MONOCHROME1 and `invert`, which undo one another. */
export function displayGray(image: ImageDescription, voi: Voi, invert: boolean, stored: number): number {
  const gray = grayOf(voi, modalityValue(image, stored));
  return isInverted(image, invert) ? 255 - gray : gray;
}

/**
 * The whole grayscale pipeline as a table over the given stored values, so that a picture costs one look-up a pixel. For a
 * frame these are the values that it holds, often a few thousand. Each entry is {@link displayGray}, rounded to the nearest gray.
 */
export function createDisplayLut(
  image: ImageDescription,
  voi: Voi,
  invert: boolean,
  { min, max }: StoredRange,
): DisplayLut {
  const grays = new Uint8ClampedArray(max - min + 1);
  const span = linearSpan(image, voi);
  if (span === null) {
    for (let index = 0; index < grays.length; index += 1) grays[index] = displayGray(image, voi, invert, min + index);
    return { firstStored: min, grays };
  }
  // The steps of displayGray in its order, so that not even a tie rounds otherwise. Assigning rounds and clamps.
  const { rescaleSlope, rescaleIntercept } = image;
  const { middle, width } = span;
  if (isInverted(image, invert)) {
    for (let index = 0; index < grays.length; index += 1) {
      grays[index] = 255 - (((min + index) * rescaleSlope + rescaleIntercept - middle) / width + 0.5) * 255;
    }
  } else {
    for (let index = 0; index < grays.length; index += 1) {
      grays[index] = (((min + index) * rescaleSlope + rescaleIntercept - middle) / width + 0.5) * 255;
    }
  }
  return { firstStored: min, grays };
}

/** Where rescale and window are one straight line; null: tables, SIGMOID, thresholds. */
function linearSpan(image: ImageDescription, voi: Voi): { middle: number; width: number } | null {
  if ('entries' in voi || voi.function === 'SIGMOID' || image.modalityLut !== null) return null;
  const exact = voi.function === 'LINEAR_EXACT';
  const width = exact ? voi.width : voi.width - 1;
  return width > 0 ? { middle: exact ? voi.center : voi.center - 0.5, width } : null;
}

function isInverted(image: ImageDescription, invert: boolean): boolean {
  return (image.photometricInterpretation === 'MONOCHROME1') !== invert;
}
