import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { Failure, type FailureReason } from '../../server/contract/failure.ts';
import type { ByteSource } from '../../server/formats/slide/byte-source.ts';
import type { Slide } from '../../server/formats/slide/slide.ts';
import { openDicomSlide } from '../../server/pictures/slide/dicom-slide.ts';
import { type FileSource, openFileSource } from '../../server/pictures/slide/file-source.ts';
import { openSlide } from '../../server/pictures/slide/open-slide.ts';
import { createNodeCodecs } from '../../server/pictures/thread/node-codecs.ts';
import { dataPath, readReferences } from './data.ts';

const run = promisify(execFile);
export const codecs = createNodeCodecs();

export interface Region {
  x: number;
  y: number;
  w: number;
  h: number;
}

interface SlideReference {
  levels: [height: number, width: number, samples: number][];
  openslide: string | { mppX: string | null; objective: string | null; downsamples: number[] };
  regionsLevel0: (Region & { meanRGB: number[]; sha256RGB?: string })[];
}

type References = {
  pathology: Record<string, SlideReference>;
  dicom: Record<string, { pixels: { sha256: string; frame0: { meanPerChannelByJpegMarkers: number[] } } }>;
};

export const references: References = readReferences();

export function referenceOf(name: string): SlideReference {
  const reference = references.pathology[`pathology/${name}`];
  if (reference === undefined) throw new Error(`no reference for ${name}`);
  return reference;
}

const open: FileSource[] = [];

/** A sample as a source; closed by {@link closeSlides}. */
export async function sampleSource(name: string): Promise<FileSource> {
  const source = await openFileSource(dataPath(`pathology/${name}`));
  open.push(source);
  return source;
}

export async function openSample(name: string): Promise<Slide> {
  return openSlide(await sampleSource(name), codecs);
}

/** All files of a folder as one DICOM slide. */
export async function openSeries(folder: string): Promise<Slide> {
  const files = (await readdir(dataPath(`pathology/${folder}`))).sort();
  return openDicomSlide(await Promise.all(files.map((file) => sampleSource(`${folder}/${file}`))), codecs);
}

export async function closeSlides(): Promise<void> {
  await Promise.all(open.splice(0).map((source) => source.close()));
}

/** Bytes in memory that keep count of what was read. */
export function memorySource(bytes: Uint8Array): ByteSource & { readBytes: number; reads: number } {
  return {
    sizeBytes: bytes.length,
    readBytes: 0,
    reads: 0,
    async read(offset, length) {
      this.readBytes += length;
      this.reads += 1;
      return bytes.slice(offset, offset + length);
    },
  };
}

/** RGB bytes of an encoded picture. */
export async function decodeRgb(picture: Uint8Array | string) {
  const { data, info } = await sharp(picture)
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`${info.channels} channels`);
  return { data, width: info.width, height: info.height };
}

/** RGB bytes of a region of a level, put together from the tiles that a browser would get. */
export async function readRegion(slide: Slide, level: number, { x, y, w, h }: Region): Promise<Buffer> {
  const { tileWidth = 1, tileHeight = 1 } = slide.levels[level] ?? {};
  const region = Buffer.alloc(w * h * 3);
  for (let row = Math.floor(y / tileHeight); row * tileHeight < y + h; row += 1) {
    for (let column = Math.floor(x / tileWidth); column * tileWidth < x + w; column += 1) {
      const tile = await decodeRgb((await slide.readTile(level, column, row)).bytes);
      const left = Math.max(x, column * tileWidth);
      const right = Math.min(x + w, column * tileWidth + tile.width);
      for (
        let line = Math.max(y, row * tileHeight);
        line < Math.min(y + h, row * tileHeight + tile.height);
        line += 1
      ) {
        const from = ((line - row * tileHeight) * tile.width + left - column * tileWidth) * 3;
        tile.data.copy(region, ((line - y) * w + left - x) * 3, from, from + (right - left) * 3);
      }
    }
  }
  return region;
}

export function meanRgb(rgb: Uint8Array): number[] {
  const sums = [0, 0, 0];
  for (const [index, value] of rgb.entries()) sums[index % 3] = (sums[index % 3] ?? 0) + value;
  return sums.map((sum) => sum / (rgb.length / 3));
}

/** The largest difference of any sample. */
export function largestDifference(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} bytes`);
  let largest = 0;
  for (let i = 0; i < a.length; i += 1) largest = Math.max(largest, Math.abs((a[i] ?? 0) - (b[i] ?? 0)));
  return largest;
}

/** Runs a program of Debian's that writes a PNG, and reads it. `{in}` and `{out}` stand for its files. */
async function drawnBy(program: string, parameters: string[], input?: Uint8Array): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'huizhen-slide-'));
  try {
    const [inPath, outPath] = [join(folder, 'in'), join(folder, 'out.png')];
    if (input !== undefined) await writeFile(inPath, input);
    await run(
      program,
      parameters.map((text) => text.replace('{in}', inPath).replace('{out}', outPath)),
    );
    return (await decodeRgb(outPath)).data;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A region as OpenSlide draws it. */
export function drawnByOpenSlide(name: string, level: number, { x, y, w, h }: Region): Promise<Buffer> {
  return drawnBy('openslide-write-png', [dataPath(`pathology/${name}`), ...[x, y, level, w, h].map(String), '{out}']);
}

/** A region of one page or SubIFD as libvips and libtiff draw it, e.g. `[page=1]`. */
export function drawnByVips(name: string, page: string, { x, y, w, h }: Region): Promise<Buffer> {
  return drawnBy('vips', ['crop', `${dataPath(`pathology/${name}`)}${page}`, '{out}', ...[x, y, w, h].map(String)]);
}

/** A whole encoded picture as libvips decodes it. */
export function decodedByVips(bytes: Uint8Array): Promise<Buffer> {
  return drawnBy('vips', ['copy', '{in}', '{out}'], bytes);
}

export function isFailure(...reasons: FailureReason[]): (error: unknown) => boolean {
  return (error) => error instanceof Failure && error.reason !== undefined && reasons.includes(error.reason);
}

export const isNotFound = (error: unknown) => error instanceof Failure && error.code === 'not-found';
