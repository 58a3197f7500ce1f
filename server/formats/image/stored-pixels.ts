import type { ImageDescription } from './image.ts';
import type { OverlayBits } from './overlay-planes.ts';

export type SampleArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** The samples of one decoded frame. */
export interface StoredPixels {
  rows: number;
  columns: number;
  /** 1, or 3 interleaved by pixel (RGBRGB…). */
  samplesPerPixel: number;
  /** What the samples are now: a decoder may have made RGB of what the header calls YBR. */
  photometricInterpretation: string;
  /**
   * Stored values (no rescale, no window), sign-extended from the bits stored. Of an uncompressed frame they may lie in the
   * memory of the bytes that were decoded.
   */
  data: SampleArray;
  /** Overlays that lay in the bits not stored, by group, as (60xx,3000) would have them. Absent: none. */
  overlays?: Record<string, OverlayBits>;
}

/** What lies under the overlays of an object that has nothing else. */
export function blankPixels({ rows, columns }: ImageDescription): StoredPixels {
  const data = new Uint8Array(rows * columns);
  return { rows, columns, samplesPerPixel: 1, photometricInterpretation: 'MONOCHROME2', data };
}

/** Gray samples of 8 or 16 bits with the high bits cleared of whatever stood there, and with their sign, PS3.5 section 8.1.1. */
export function signExtended(raw: Uint8Array | Uint16Array, image: ImageDescription): SampleArray {
  const size = raw.BYTES_PER_ELEMENT * 8;
  const signed = image.pixelRepresentation === 1;
  const below = Math.max(0, Math.min(image.highBit, size - 1) + 1 - image.bitsStored);
  const stored = Math.min(image.bitsStored, size);
  if (below === 0 && stored === size) return signed ? asSigned(raw) : raw;
  const data = signed ? asSigned(new (constructorOf(raw))(raw.length)) : new (constructorOf(raw))(raw.length);
  const left = 32 - stored - below;
  const right = 32 - stored;
  if (signed) for (let i = 0; i < raw.length; i += 1) data[i] = ((raw[i] as number) << left) >> right;
  else for (let i = 0; i < raw.length; i += 1) data[i] = ((raw[i] as number) << left) >>> right;
  return data;
}

function constructorOf(raw: Uint8Array | Uint16Array): Uint8ArrayConstructor | Uint16ArrayConstructor {
  return raw instanceof Uint16Array ? Uint16Array : Uint8Array;
}

function asSigned(raw: Uint8Array | Uint16Array): Int8Array | Int16Array {
  return raw instanceof Uint16Array
    ? new Int16Array(raw.buffer, raw.byteOffset, raw.length)
    : new Int8Array(raw.buffer, raw.byteOffset, raw.length);
}

/** Planes one after another (RRR…GGG…BBB…) to samples by pixel. */
export function interleaved(planes: Uint8Array | Uint16Array, samplesPerPixel: number): Uint8Array | Uint16Array {
  const size = planes.length / samplesPerPixel;
  // Not `slice`: of a Node Buffer that would be the same memory.
  const result = new (constructorOf(planes))(planes.length);
  for (let sample = 0; sample < samplesPerPixel; sample += 1) {
    for (let i = 0; i < size; i += 1) result[i * samplesPerPixel + sample] = planes[sample * size + i] as number;
  }
  return result;
}

/** Little endian words, wherever they lie in memory; not a copy where the bytes happen to be aligned. */
export function toWords(bytes: Uint8Array): Uint16Array {
  const length = bytes.length >> 1;
  if (bytes.byteOffset % 2 === 0 && LITTLE_ENDIAN_HOST) return new Uint16Array(bytes.buffer, bytes.byteOffset, length);
  const words = new Uint16Array(length);
  for (let i = 0; i < length; i += 1) words[i] = (bytes[2 * i] as number) | ((bytes[2 * i + 1] as number) << 8);
  return words;
}

export const LITTLE_ENDIAN_HOST = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
