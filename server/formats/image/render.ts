import { Failure } from '../../contract/failure.ts';
import { writeColor } from './color.ts';
import type { ImageDescription } from './image.ts';
import { LITTLE_ENDIAN_HOST, type SampleArray, type StoredPixels } from './stored-pixels.ts';
import { type StoredRange, storedRange } from './stored-range.ts';
import { createDisplayLut, defaultVoi, displayGray, type Voi } from './window.ts';

/** Wider values are computed one by one. */
const MOST_TABLE_ENTRIES = 65_536;

type IntegerArray = Exclude<SampleArray, Float32Array | Float64Array>;

/**
 * Draws a frame as RGBA, `rows × columns × 4` bytes: what the browser's canvas and the server's picture both show.
 * Gray images go through {@link createDisplayLut}; palettes are applied; colour is converted to RGB, without a VOI.
 *
 * @param voi null: as the image itself says ({@link defaultVoi}).
 * @param out reused where given, of the right size, at an offset that is a multiple of 4.
 */
export function renderRgba(
  pixels: StoredPixels,
  image: ImageDescription,
  voi: Voi | null,
  invert: boolean,
  out = new Uint8ClampedArray(pixels.rows * pixels.columns * 4),
): Uint8ClampedArray {
  if (out.length !== pixels.rows * pixels.columns * 4) {
    throw new Failure('internal', 'the picture to draw in is of another size');
  }
  if (pixels.samplesPerPixel === 3) {
    writeColor(pixels, image, out);
    if (invert) invertColor(out);
  } else if (pixels.photometricInterpretation === 'PALETTE COLOR' && image.palette !== null && isInteger(pixels.data)) {
    writeTable(pixels.data, paletteTable(image), 0, out);
    if (invert) invertColor(out);
  } else writeGray(pixels, image, voi ?? defaultVoi(image, pixels), invert, out);
  return out;
}

function writeGray(
  pixels: StoredPixels,
  image: ImageDescription,
  voi: Voi,
  invert: boolean,
  out: Uint8ClampedArray,
): void {
  const { data } = pixels;
  // A stream may hold more bits than its header says, or a sign: the samples themselves say which values there are.
  if (isInteger(data) && hasFewValues(storedRange(data))) {
    const { grays, firstStored } = createDisplayLut(image, voi, invert, storedRange(data));
    const table = new Uint32Array(grays.length);
    for (let index = 0; index < table.length; index += 1) table[index] = packGray(grays[index] as number);
    writeTable(data, table, firstStored, out);
    return;
  }
  const words = new Uint32Array(out.buffer, out.byteOffset, data.length);
  const rounded = new Uint8ClampedArray(1);
  for (let i = 0; i < data.length; i += 1) {
    rounded[0] = displayGray(image, voi, invert, data[i] as number);
    words[i] = packGray(rounded[0]);
  }
}

/**
 * One word a pixel: four times as fast as four bytes. Signed samples are read as unsigned ones and the mask takes the overflow
 * of the difference away, so that the loop sees three types of array and not six.
 */
function writeTable(data: IntegerArray, table: Uint32Array, first: number, out: Uint8ClampedArray): void {
  const words = new Uint32Array(out.buffer, out.byteOffset, out.length / 4);
  const samples = asUnsigned(data);
  const mask = samples.BYTES_PER_ELEMENT === 1 ? 0xff : 0xffff;
  const count = words.length;
  for (let i = 0; i < count; i += 1) words[i] = table[((samples[i] as number) - first) & mask] as number;
}

function isInteger(data: SampleArray): data is IntegerArray {
  return !(data instanceof Float32Array || data instanceof Float64Array);
}

function hasFewValues({ min, max }: StoredRange): boolean {
  return max - min < MOST_TABLE_ENTRIES;
}

function asUnsigned(data: IntegerArray): Uint8Array | Uint16Array | Uint32Array {
  const { buffer, byteOffset, length } = data;
  if (data instanceof Int8Array) return new Uint8Array(buffer, byteOffset, length);
  if (data instanceof Int16Array) return new Uint16Array(buffer, byteOffset, length);
  return data instanceof Int32Array ? new Uint32Array(buffer, byteOffset, length) : data;
}

/** Indices before the first mapped value take the first colour, those after the last the last. */
function paletteTable(image: ImageDescription): Uint32Array {
  const { palette } = image;
  return Uint32Array.from({ length: 2 ** Math.min(image.bitsStored, 16) }, (_, value) => {
    if (palette === null) return packGray(0);
    const index = Math.min(Math.max(value - palette.firstMapped, 0), palette.red.length - 1);
    return pack(palette.red[index] ?? 0, palette.green[index] ?? 0, palette.blue[index] ?? 0);
  });
}

function invertColor(out: Uint8ClampedArray): void {
  for (let i = 0; i < out.length; i += 1) if (i % 4 !== 3) out[i] = 255 - (out[i] as number);
}

function packGray(gray: number): number {
  return pack(gray, gray, gray);
}

/** Opaque, so that the four bytes lie in memory as R, G, B, A. */
function pack(red: number, green: number, blue: number): number {
  if (LITTLE_ENDIAN_HOST) return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
  return ((red << 24) | (green << 16) | (blue << 8) | 0xff) >>> 0;
}
