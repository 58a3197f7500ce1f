import { type ByteSource, readPart } from '../byte-source.ts';
import { damaged, notSlide, truncated } from '../refusal.ts';

/** One entry of a directory: where its values lie, not the values. */
export interface TiffField {
  tag: number;
  type: number;
  count: number;
  /** Of the first value, in the file. */
  position: number;
}

/** An image file directory (IFD). */
export type TiffDirectory = Map<number, TiffField>;

export interface TiffFile {
  source: ByteSource;
  littleEndian: boolean;
  /** BigTIFF: offsets and counts of 64 bits. */
  big: boolean;
  /** Those of the chain in its order, without their SubIFDs. */
  directories: TiffDirectory[];
}

/** Bytes of each field type, TIFF 6.0 section 2 and BigTIFF. */
export const TYPE_BYTES = new Map([
  [1, 1],
  [2, 1],
  [3, 2],
  [4, 4],
  [5, 8],
  [6, 1],
  [7, 1],
  [8, 2],
  [9, 4],
  [10, 8],
  [11, 4],
  [12, 8],
  [13, 4],
  [16, 8],
  [17, 8],
  [18, 8],
]);

/** More than any slide has: a fluorescence file with a page for each channel and plane stays below. */
const MAX_DIRECTORIES = 4096;
const MAX_ENTRIES = 1024;

/** Whether a file may be a TIFF, by its first four bytes. */
export function isTiff(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  if (a === 0x49 && b === 0x49) return d === 0 && (c === 42 || c === 43);
  return a === 0x4d && b === 0x4d && c === 0 && (d === 42 || d === 43);
}

/**
 * Reads the chain of directories. Throws `not-slide` where this is no TIFF, `file-damaged` for a chain that bites its tail or
 * goes on beyond reason, `file-truncated` for one that leads out of the file.
 */
export async function readTiff(source: ByteSource): Promise<TiffFile> {
  if (source.sizeBytes < 8) throw notSlide('too short for a TIFF');
  const head = await readPart(source, 0, Math.min(16, source.sizeBytes));
  if (!isTiff(head)) throw notSlide('no TIFF');
  const littleEndian = head[0] === 0x49;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const big = view.getUint16(2, littleEndian) === 43;
  if (big && (head.length < 16 || view.getUint16(4, littleEndian) !== 8))
    throw damaged('a BigTIFF header is malformed');
  const file: TiffFile = { source, littleEndian, big, directories: [] };
  const visited = new Set<number>();
  let position = big ? safe(view.getBigUint64(8, littleEndian)) : view.getUint32(4, littleEndian);
  while (position !== 0) {
    if (visited.has(position)) throw damaged('the chain of directories bites its tail');
    if (visited.size >= MAX_DIRECTORIES) throw damaged('too many directories');
    visited.add(position);
    const { directory, next } = await readDirectory(file, position);
    file.directories.push(directory);
    position = next;
  }
  if (file.directories.length === 0) throw notSlide('a TIFF without an image');
  return file;
}

/** One directory and where the next one lies; 0: none. */
export async function readDirectory(
  { source, littleEndian, big }: Omit<TiffFile, 'directories'>,
  position: number,
): Promise<{ directory: TiffDirectory; next: number }> {
  const countBytes = big ? 8 : 2;
  const head = viewOf(await readPart(source, position, countBytes));
  const count = big ? safe(head.getBigUint64(0, littleEndian)) : head.getUint16(0, littleEndian);
  if (count < 1 || count > MAX_ENTRIES) throw damaged(`a directory of ${count} entries`);
  const entryBytes = big ? 20 : 12;
  const offsetBytes = big ? 8 : 4;
  const start = position + countBytes;
  const view = viewOf(await readPart(source, start, count * entryBytes + offsetBytes));
  const offsetAt = (at: number) => (big ? safe(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian));
  const directory: TiffDirectory = new Map();
  for (let at = 0; at < count * entryBytes; at += entryBytes) {
    const tag = view.getUint16(at, littleEndian);
    const type = view.getUint16(at + 2, littleEndian);
    const values = offsetAt(at + 4);
    const inlineAt = at + 4 + offsetBytes;
    const isInline = values * (TYPE_BYTES.get(type) ?? 0) <= offsetBytes;
    const field = { tag, type, count: values, position: isInline ? start + inlineAt : offsetAt(inlineAt) };
    // Of a tag that stands there twice the first counts, as in libtiff.
    if (!directory.has(tag)) directory.set(tag, field);
  }
  const next = offsetAt(count * entryBytes);
  if (next >= source.sizeBytes) throw truncated('the chain of directories leads out of the file');
  return { directory, next };
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function safe(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw truncated('an offset or a count is larger than any file');
  return Number(value);
}
