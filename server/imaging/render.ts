import { Failure } from '../contract/failure.ts';
import { writeColor } from './color.ts';
import type { ImageDescription } from './image.ts';
import { LITTLE_ENDIAN_HOST, type SampleArray, type StoredPixels } from './stored-pixels.ts';
import { createDisplayLut, defaultVoi, displayGray, type Voi } from './window.ts';

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
  } else if (pixels.photometricInterpretation === 'PALETTE COLOR' && image.palette !== null) {
    writeTable(pixels, paletteTable(image), 0, out);
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
  if (data.BYTES_PER_ELEMENT <= 2) {
    const { grays, firstStored } = createDisplayLut(asDecoded(image, data), voi, invert);
    const table = new Uint32Array(grays.length);
    for (let index = 0; index < table.length; index += 1) table[index] = packGray(grays[index] as number);
    writeTable(pixels, table, firstStored, out);
    return;
  }
  const words = new Uint32Array(out.buffer, out.byteOffset, data.length);
  const rounded = new Uint8ClampedArray(1);
  for (let i = 0; i < data.length; i += 1) {
    rounded[0] = displayGray(image, voi, invert, data[i] as number);
    words[i] = packGray(rounded[0]);
  }
}

/** A stream may be signed although the header is not (and then use all its bits): the samples decide. */
function asDecoded(image: ImageDescription, data: SampleArray): ImageDescription {
  const signed = data instanceof Int8Array || data instanceof Int16Array;
  if (!signed || image.pixelRepresentation === 1) return image;
  return { ...image, pixelRepresentation: 1, bitsStored: data.BYTES_PER_ELEMENT * 8 };
}

/** One word a pixel: four times as fast as four bytes. */
function writeTable(pixels: StoredPixels, table: Uint32Array, first: number, out: Uint8ClampedArray): void {
  const words = new Uint32Array(out.buffer, out.byteOffset, out.length / 4);
  const { data } = pixels;
  for (let i = 0; i < words.length; i += 1) words[i] = table[(data[i] as number) - first] as number;
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
