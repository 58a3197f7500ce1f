import { damaged } from '../refusal.ts';
import { readDirectory, type TiffDirectory, type TiffField, type TiffFile } from './directory.ts';
import { findValue, readBytes, readNumbers } from './fields.ts';
import { TAG } from './tags.ts';

/** How the image is cut into pieces that are compressed one by one: tiles, or strips as wide as the image. */
export interface Segments {
  tiled: boolean;
  width: number;
  height: number;
  columns: number;
  rows: number;
  offsets: TiffField;
  byteCounts: TiffField;
}

/** One image of the file. */
export interface TiffPage {
  width: number;
  height: number;
  subfileType: number;
  compression: number;
  photometric: number;
  predictor: number;
  samplesPerPixel: number;
  /** 0: samples of different size. */
  bitsPerSample: number;
  /** 2: each sample in a plane of its own. */
  planarConfiguration: number;
  segments: Segments;
  /** Tables that all its JPEG streams leave out, TIFF Technical Note 2. */
  jpegTables: Uint8Array | null;
  description: string;
  /** Pixels a centimetre as stated, and in which unit that was; 1: without unit. */
  resolution: { x: number; y: number; unit: number } | null;
  /** Where the directories of its smaller versions lie. */
  subDirectories: number[];
}

/** Any slide is smaller; what is larger is a damaged number. */
const MAX_SIDE = 2 ** 24;
const MAX_TILE_SIDE = 16384;
const MAX_DESCRIPTION_BYTES = 256 * 1024;
const MAX_TABLE_BYTES = 64 * 1024;
const MAX_SUB_DIRECTORIES = 64;

/** Throws `file-damaged` for a directory that describes no image, `file-truncated`. */
export async function readPage(file: TiffFile, directory: TiffDirectory): Promise<TiffPage> {
  const value = (tag: number) => findValue(file, directory, tag);
  const width = side(await value(TAG.imageWidth), MAX_SIDE);
  const height = side(await value(TAG.imageLength), MAX_SIDE);
  const samplesPerPixel = (await value(TAG.samplesPerPixel)) ?? 1;
  if (samplesPerPixel < 1 || samplesPerPixel > 64) throw damaged(`${samplesPerPixel} samples a pixel`);
  const tables = directory.get(TAG.jpegTables);
  return {
    width,
    height,
    subfileType: (await value(TAG.newSubfileType)) ?? 0,
    compression: (await value(TAG.compression)) ?? 1,
    photometric: (await value(TAG.photometric)) ?? -1,
    predictor: (await value(TAG.predictor)) ?? 1,
    samplesPerPixel,
    bitsPerSample: await readBits(file, directory, samplesPerPixel),
    planarConfiguration: (await value(TAG.planarConfiguration)) ?? 1,
    segments: await readSegments(file, directory, width, height),
    jpegTables: tables === undefined ? null : await readBytes(file, tables, MAX_TABLE_BYTES),
    description: await readDescription(file, directory),
    resolution: await readResolution(file, directory),
    subDirectories: await readSubDirectories(file, directory),
  };
}

/** The smaller versions that a page refers to, TIFF Supplement 1; none of theirs. */
export async function readSubPages(file: TiffFile, page: TiffPage): Promise<TiffPage[]> {
  const pages: TiffPage[] = [];
  for (const position of new Set(page.subDirectories)) {
    const { directory } = await readDirectory(file, position);
    pages.push(await readPage(file, directory));
  }
  return pages;
}

function side(value: number | undefined, limit: number): number {
  if (value === undefined || !Number.isInteger(value) || value < 1 || value > limit)
    throw damaged(`a side of ${value}`);
  return value;
}

async function readBits(file: TiffFile, directory: TiffDirectory, samples: number): Promise<number> {
  const field = directory.get(TAG.bitsPerSample);
  if (field === undefined || field.count === 0) return 1;
  const bits = await readNumbers(file, field, 0, Math.min(field.count, samples));
  return bits.every((value) => value === bits[0]) ? (bits[0] ?? 0) : 0;
}

async function readSegments(file: TiffFile, directory: TiffDirectory, width: number, height: number) {
  const tileWidth = await findValue(file, directory, TAG.tileWidth);
  const tiled = tileWidth !== undefined;
  const size = tiled
    ? {
        width: side(tileWidth, MAX_TILE_SIDE),
        height: side(await findValue(file, directory, TAG.tileLength), MAX_TILE_SIDE),
      }
    : {
        width,
        height: Math.min(height, side((await findValue(file, directory, TAG.rowsPerStrip)) ?? height, 2 ** 32)),
      };
  const offsets = directory.get(tiled ? TAG.tileOffsets : TAG.stripOffsets);
  const byteCounts = directory.get(tiled ? TAG.tileByteCounts : TAG.stripByteCounts);
  const columns = Math.ceil(width / size.width);
  const rows = Math.ceil(height / size.height);
  if (offsets === undefined || byteCounts === undefined) throw damaged('nothing says where the image lies');
  if (Math.min(offsets.count, byteCounts.count) < columns * rows) throw damaged('fewer pieces than the image has');
  return { tiled, ...size, columns, rows, offsets, byteCounts };
}

async function readDescription(file: TiffFile, directory: TiffDirectory): Promise<string> {
  const field = directory.get(TAG.imageDescription);
  if (field === undefined || field.type !== 2) return '';
  return new TextDecoder().decode(await readBytes(file, field, MAX_DESCRIPTION_BYTES)).replace(/\0+$/, '');
}

async function readResolution(file: TiffFile, directory: TiffDirectory): Promise<TiffPage['resolution']> {
  const x = await findValue(file, directory, TAG.xResolution);
  const y = await findValue(file, directory, TAG.yResolution);
  const unit = (await findValue(file, directory, TAG.resolutionUnit)) ?? 2;
  if (x === undefined || y === undefined) return null;
  const perCentimetre = unit === 2 ? 1 / 2.54 : 1;
  return { x: x * perCentimetre, y: y * perCentimetre, unit };
}

async function readSubDirectories(file: TiffFile, directory: TiffDirectory): Promise<number[]> {
  const field = directory.get(TAG.subIfds);
  if (field === undefined) return [];
  if (field.count > MAX_SUB_DIRECTORIES) throw damaged(`${field.count} smaller versions of one image`);
  return readNumbers(file, field, 0, field.count);
}
