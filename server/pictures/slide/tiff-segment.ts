import type { Codecs } from '../../formats/image/codecs.ts';
import { checkSize, checkTileParts, jpeg2000Codestream, jpeg2000Size } from '../../formats/image/codestream.ts';
import { decodeWith } from '../../formats/image/wasm-frame.ts';
import { readPart } from '../../formats/slide/byte-source.ts';
import { spliceJpeg } from '../../formats/slide/jpeg-tile.ts';
import { damaged, truncated, unsupported } from '../../formats/slide/refusal.ts';
import { MAX_TILE_PIXELS } from '../../formats/slide/slide.ts';
import type { TiffFile } from '../../formats/slide/tiff/directory.ts';
import { readNumbers } from '../../formats/slide/tiff/fields.ts';
import type { TiffPage } from '../../formats/slide/tiff/page.ts';
import { COMPRESSION, PHOTOMETRIC } from '../../formats/slide/tiff/tags.ts';
import { decodeJpegRaster, type Raster } from './png.ts';
import { decodeDeflate, decodeLzw, decodePackBits, undoDifferences } from './tiff-uncompress.ts';

const LOSSLESS = new Set<number>([
  COMPRESSION.none,
  COMPRESSION.lzw,
  COMPRESSION.deflate,
  COMPRESSION.oldDeflate,
  COMPRESSION.packBits,
]);
const JPEG_2000 = new Set<number>([COMPRESSION.aperioYcc, COMPRESSION.aperioRgb, COMPRESSION.jpeg2000]);

/** Throws `slide-encoding-unsupported` where the pixels of a page cannot be had in their true colours. */
export function checkEncoding(page: TiffPage): void {
  const { compression, photometric, samplesPerPixel: samples, bitsPerSample, segments } = page;
  if (samples !== 1 && samples !== 3) throw unsupported(`${samples} samples a pixel`);
  if (samples > 1 && page.planarConfiguration !== 1) throw unsupported('each sample in a plane of its own');
  if (bitsPerSample !== 8) throw unsupported(`${bitsPerSample} bits a sample`);
  if (segments.width * segments.height > MAX_TILE_PIXELS) throw unsupported('tiles beyond measure');
  const gray = photometric === PHOTOMETRIC.blackIsZero || photometric === PHOTOMETRIC.whiteIsZero;
  const rgb = photometric === PHOTOMETRIC.rgb;
  const ycc = photometric === PHOTOMETRIC.ycbcr;
  const isJpeg = compression === COMPRESSION.jpeg || JPEG_2000.has(compression);
  if (!isJpeg && !LOSSLESS.has(compression)) throw unsupported(`compression ${compression}`);
  // A JPEG of inverted gray would be drawn as a negative.
  if (samples === 1 && !(isJpeg ? photometric === PHOTOMETRIC.blackIsZero : gray)) throw unsupported('no plain gray');
  if (samples === 3 && !rgb && !(ycc && isJpeg)) throw unsupported(`photometric interpretation ${photometric}`);
  if (!isJpeg && page.predictor !== 1 && page.predictor !== 2) throw unsupported(`predictor ${page.predictor}`);
}

/** Where one tile or strip lies; null: the file holds none there. */
async function locate({ source, littleEndian }: TiffFile, { segments }: TiffPage, index: number) {
  const reader = { source, littleEndian };
  const [[offset = 0], [length = 0]] = await Promise.all([
    readNumbers(reader, segments.offsets, index, 1),
    readNumbers(reader, segments.byteCounts, index, 1),
  ]);
  return length === 0 ? null : { offset, length };
}

/** The bytes of one tile or strip as stored; null: the file holds none there. Throws `file-truncated`, `file-damaged`. */
export async function readSegment(file: TiffFile, page: TiffPage, index: number): Promise<Uint8Array | null> {
  const place = await locate(file, page, index);
  if (place === null) return null;
  const bytes = await readPart(file.source, place.offset, place.length);
  // Every strip of a picture may claim all of a large file: what is compressed is not twice what it was.
  const { width, height } = page.segments;
  if (bytes.length > 2 * width * height * page.samplesPerPixel + 65536)
    throw damaged('a tile of more bytes than it has pixels');
  return bytes;
}

/** Throws `file-truncated` where a tile or strip of the page lies outside the file, wholly or in part. */
export async function checkSegments(file: TiffFile, { segments }: TiffPage): Promise<void> {
  const count = segments.columns * segments.rows;
  const chunk = 65536;
  for (let from = 0; from < count; from += chunk) {
    const size = Math.min(chunk, count - from);
    const offsets = await readNumbers(file, segments.offsets, from, size);
    const lengths = await readNumbers(file, segments.byteCounts, from, size);
    const outside = lengths.some((length, i) => length > 0 && (offsets[i] ?? 0) + length > file.source.sizeBytes);
    if (outside) throw truncated('a tile lies behind the end of the file');
  }
}

/** One stored JPEG tile, whole. */
export function spliceSegment(page: TiffPage, bytes: Uint8Array) {
  return spliceJpeg(bytes, page.jpegTables, page.photometric !== PHOTOMETRIC.ycbcr);
}

/** Pixels of one tile or strip of `height` rows. Throws `file-damaged`, `slide-encoding-unsupported`. */
export async function decodeSegment(
  page: TiffPage,
  bytes: Uint8Array,
  height: number,
  codecs: Codecs,
): Promise<Raster> {
  const { compression, samplesPerPixel, segments } = page;
  if (compression === COMPRESSION.jpeg) return decodeJpegRaster(spliceSegment(page, bytes).bytes);
  const channels = samplesPerPixel === 1 ? 1 : 3;
  const shape = { width: segments.width, height, channels } as const;
  if (JPEG_2000.has(compression)) return { ...shape, data: await decodeJpeg2000(page, bytes, height, codecs) };
  const data = uncompress(compression, bytes, shape.width * height * channels);
  if (page.predictor === 2) undoDifferences(data, shape.width, channels);
  if (page.photometric === PHOTOMETRIC.whiteIsZero)
    for (let i = 0; i < data.length; i += 1) data[i] = 255 - (data[i] ?? 0);
  return { ...shape, data };
}

function uncompress(compression: number, bytes: Uint8Array, sizeBytes: number): Uint8Array {
  switch (compression) {
    case COMPRESSION.none:
      if (bytes.length < sizeBytes) throw damaged('a tile is cut short');
      return bytes.slice(0, sizeBytes);
    case COMPRESSION.lzw:
      return decodeLzw(bytes, sizeBytes);
    case COMPRESSION.deflate:
    case COMPRESSION.oldDeflate:
      return decodeDeflate(bytes, sizeBytes);
    case COMPRESSION.packBits:
      return decodePackBits(bytes, sizeBytes);
    default:
      throw unsupported(`compression ${compression}`);
  }
}

async function decodeJpeg2000(page: TiffPage, bytes: Uint8Array, height: number, codecs: Codecs): Promise<Uint8Array> {
  const { width: columns } = page.segments;
  const size = { columns, rows: height, samplesPerPixel: page.samplesPerPixel };
  const codestream = jpeg2000Codestream(bytes);
  checkSize(jpeg2000Size(codestream), size);
  checkTileParts(codestream);
  const { raw, bitsPerSample } = await decodeWith(codecs, 'jpeg2000', (module) => module.J2KDecoder, codestream, size);
  if (bitsPerSample > 8) throw unsupported('JPEG 2000 of more than 8 bits');
  // Aperio's first kind holds Y, Cb and Cr as they are, without the standard's own colour transform.
  const ycc = page.compression === COMPRESSION.aperioYcc && page.samplesPerPixel === 3;
  // The codec hands out a clamped array, which sharp takes for no bytes.
  const bytesOf = new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength);
  return ycc ? rgbOfYcc(bytesOf) : bytesOf;
}

/** ITU-R BT.601 of full range, as JFIF has it. */
function rgbOfYcc(ycc: Uint8Array): Uint8Array {
  const rgb = new Uint8ClampedArray(ycc.length);
  for (let i = 0; i + 2 < ycc.length; i += 3) {
    const [y = 0, blue = 128, red = 128] = ycc.subarray(i, i + 3);
    rgb[i] = y + 1.402 * (red - 128);
    rgb[i + 1] = y - 0.344136 * (blue - 128) - 0.714136 * (red - 128);
    rgb[i + 2] = y + 1.772 * (blue - 128);
  }
  return new Uint8Array(rgb.buffer);
}
