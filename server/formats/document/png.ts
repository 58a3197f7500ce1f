import { viewOf } from '../dicom/dataset.ts';
import { joined } from './joined.ts';
import type { PhotographFacts } from './jpeg.ts';
import { type Orientation, readOrientation, writeOrientation } from './orientation.ts';
import { damaged, truncated } from './refusal.ts';

const SIGNATURE_BYTES = 8;
/** Length, type and check sum around a chunk's value. */
const FRAME_BYTES = 12;
/** What a picture is drawn from; everything else tells of its making, or is another picture (W3C PNG 3 section 11). */
const KEPT = ['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'bKGD', 'pHYs'];

interface Chunk {
  type: string;
  start: number;
  end: number;
}

/** @throws Failure file-damaged, file-truncated */
export function readPng(bytes: Uint8Array): PhotographFacts {
  const chunks = chunksOf(bytes);
  const [header] = chunks;
  if (header?.type !== 'IHDR' || header.end - header.start !== FRAME_BYTES + 13)
    throw damaged('a PNG without a header');
  if (!chunks.some(({ type }) => type === 'IDAT')) throw damaged('a PNG without a picture');
  const view = viewOf(bytes);
  const [width, height] = [view.getUint32(header.start + 8), view.getUint32(header.start + 12)];
  if (width === 0 || height === 0) throw damaged('a PNG without a size');
  return { width, height, orientation: orientationOf(bytes, chunks) };
}

/** The same picture without a word about its making, as {@link stripJpeg}. @throws Failure file-damaged, file-truncated */
export function stripPng(bytes: Uint8Array, turned?: Orientation): Uint8Array<ArrayBuffer> {
  const chunks = chunksOf(bytes);
  const orientation = turned ?? orientationOf(bytes, chunks);
  const pieces = [bytes.subarray(0, SIGNATURE_BYTES)];
  for (const { type, start, end } of chunks) {
    if (KEPT.includes(type)) pieces.push(bytes.subarray(start, end));
    if (type === 'IHDR' && orientation !== 1) pieces.push(chunk('eXIf', writeOrientation(orientation)));
  }
  return joined(pieces);
}

/** All chunks to the last, whose check sums are right. What stands behind the last is none. */
function chunksOf(bytes: Uint8Array): Chunk[] {
  const view = viewOf(bytes);
  const chunks: Chunk[] = [];
  let start = SIGNATURE_BYTES;
  for (;;) {
    if (start + FRAME_BYTES > bytes.length) throw truncated('the PNG ends before its picture does');
    const length = view.getUint32(start);
    const end = start + FRAME_BYTES + length;
    const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw damaged('a PNG with a chunk that is none');
    if (end > bytes.length) throw truncated('the PNG ends before its picture does');
    if (crc32(bytes.subarray(start + 4, end - 4)) !== view.getUint32(end - 4)) throw damaged(`a wrong sum of ${type}`);
    chunks.push({ type, start, end });
    if (type === 'IEND') return chunks;
    start = end;
  }
}

function orientationOf(bytes: Uint8Array, chunks: Chunk[]): Orientation {
  const exif = chunks.find(({ type }) => type === 'eXIf');
  return exif ? readOrientation(bytes.subarray(exif.start + 8, exif.end - 4)) : 1;
}

function chunk(type: string, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(FRAME_BYTES + value.length);
  const view = viewOf(bytes);
  view.setUint32(0, value.length);
  bytes.set(
    Array.from(type, (letter) => letter.charCodeAt(0)),
    4,
  );
  bytes.set(value, 8);
  view.setUint32(8 + value.length, crc32(bytes.subarray(4, 8 + value.length)));
  return bytes;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit += 1) remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  return remainder;
});

/** ISO 3309, as W3C PNG annex D. */
function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (CRC_TABLE[(sum ^ byte) & 0xff] as number) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
