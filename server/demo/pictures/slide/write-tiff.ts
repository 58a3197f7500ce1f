import sharp from 'sharp';
import { COMPRESSION, PHOTOMETRIC, SUBFILE, TAG } from '../../../formats/slide/tiff/tags.ts';
import { halved, type Raster } from './raster.ts';

const TILE = 256;
const QUALITY = 80;
/** Levels become smaller until one is at most two tiles on its longer side. */
const SMALLEST_SIDE = 2 * TILE;
const GLASS = 244;

const ASCII = 2;
const SHORT = 3;
const LONG = 4;
const RATIONAL = 5;
type Field = [tag: number, type: number, values: number[]];

/** A tiled pyramid, TIFF 6.0 with Technical Note 2: whole JPEG streams of YCbCr, one directory a level, the largest first. */
export async function writePyramid(base: Raster, umPerPixel: number): Promise<Uint8Array> {
  const levels = [base];
  for (let level = base; Math.max(level.width, level.height) > SMALLEST_SIDE; ) {
    level = halved(level);
    levels.push(level);
  }
  const tiles = await Promise.all(levels.map(encodeTiles));
  const file = createFile();
  const directories = levels.map((level, index) => {
    const places = (tiles[index] ?? []).map((bytes) => ({ offset: file.add(bytes), length: bytes.length }));
    const pixelsPerCm = (10_000 * level.width) / base.width / umPerPixel;
    return file.addDirectory(fieldsOf(level, index === 0 ? 0 : SUBFILE.reduced, places, Math.round(pixelsPerCm)));
  });
  return file.finish(directories);
}

/** Row by row; what a tile has beyond the slide's edge is glass. */
function encodeTiles({ width, height, rgb }: Raster): Promise<Uint8Array[]> {
  const tiles: Promise<Uint8Array>[] = [];
  for (let top = 0; top < height; top += TILE) {
    for (let left = 0; left < width; left += TILE) {
      const data = new Uint8Array(TILE * TILE * 3).fill(GLASS);
      const [columns, rows] = [Math.min(TILE, width - left), Math.min(TILE, height - top)];
      for (let row = 0; row < rows; row += 1) {
        const from = ((top + row) * width + left) * 3;
        data.set(rgb.subarray(from, from + columns * 3), row * TILE * 3);
      }
      const picture = sharp(data, { raw: { width: TILE, height: TILE, channels: 3 } });
      tiles.push(picture.jpeg({ quality: QUALITY, chromaSubsampling: '4:2:0' }).toBuffer());
    }
  }
  return Promise.all(tiles);
}

function fieldsOf(
  { width, height }: Raster,
  subfileType: number,
  places: { offset: number; length: number }[],
  pixelsPerCm: number,
): Field[] {
  return [
    [TAG.newSubfileType, LONG, [subfileType]],
    [TAG.imageWidth, LONG, [width]],
    [TAG.imageLength, LONG, [height]],
    [TAG.bitsPerSample, SHORT, [8, 8, 8]],
    [TAG.compression, SHORT, [COMPRESSION.jpeg]],
    [TAG.photometric, SHORT, [PHOTOMETRIC.ycbcr]],
    [TAG.imageDescription, ASCII, [...Buffer.from('Huizhen, computed tissue, no patient\0', 'latin1')]],
    [TAG.samplesPerPixel, SHORT, [3]],
    [TAG.xResolution, RATIONAL, [pixelsPerCm, 1]],
    [TAG.yResolution, RATIONAL, [pixelsPerCm, 1]],
    [TAG.planarConfiguration, SHORT, [1]],
    // Centimetres.
    [TAG.resolutionUnit, SHORT, [3]],
    [TAG.tileWidth, LONG, [TILE]],
    [TAG.tileLength, LONG, [TILE]],
    [TAG.tileOffsets, LONG, places.map(({ offset }) => offset)],
    [TAG.tileByteCounts, LONG, places.map(({ length }) => length)],
    // YCbCrSubSampling.
    [530, SHORT, [2, 2]],
  ];
}

function createFile() {
  const header = Buffer.from([0x49, 0x49, 42, 0, 0, 0, 0, 0]);
  const pieces: Buffer[] = [header];
  let position = header.length;
  /** @returns where it lies; everything begins at an even place. */
  const add = (bytes: Uint8Array): number => {
    const at = position;
    pieces.push(Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]));
    position += bytes.length + (bytes.length % 2);
    return at;
  };
  const addDirectory = (fields: Field[]): { at: number; next: Buffer } => {
    const entries = fields.map(([tag, type, values]) => {
      const bytes = encode(type, values);
      const entry = Buffer.alloc(12);
      entry.writeUInt16LE(tag, 0);
      entry.writeUInt16LE(type, 2);
      entry.writeUInt32LE(type === RATIONAL ? values.length / 2 : values.length, 4);
      if (bytes.length <= 4) bytes.copy(entry, 8);
      else entry.writeUInt32LE(add(bytes), 8);
      return entry;
    });
    const count = Buffer.alloc(2);
    count.writeUInt16LE(fields.length, 0);
    const at = add(Buffer.concat([count, ...entries]));
    const next = Buffer.alloc(4);
    add(next);
    return { at, next: pieces.at(-1) ?? next };
  };
  const finish = (directories: { at: number; next: Buffer }[]): Uint8Array => {
    header.writeUInt32LE(directories[0]?.at ?? 0, 4);
    for (const [index, { next }] of directories.entries()) next.writeUInt32LE(directories[index + 1]?.at ?? 0, 0);
    return Buffer.concat(pieces);
  };
  return { add, addDirectory, finish };
}

function encode(type: number, values: number[]): Buffer {
  const size = type === ASCII ? 1 : type === SHORT ? 2 : 4;
  const bytes = Buffer.alloc(values.length * size);
  for (const [index, value] of values.entries()) bytes.writeUIntLE(value, index * size, size);
  return bytes;
}
