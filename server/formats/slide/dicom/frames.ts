import type { ExtendedOffsetTable } from '../../dicom/extended-offset-table.ts';
import { type ByteSource, readPart } from '../byte-source.ts';
import { damaged, truncated, unsupported } from '../refusal.ts';

/** Reads one frame, counted from 0. Throws `file-damaged`, `file-truncated`. */
export type FrameReader = (frame: number) => Promise<Uint8Array>;

const ITEM = 0xe000fffe;
const SEQUENCE_END = 0xe0ddfffe;
/** More than any slide has of either. */
const MAX_FRAGMENTS = 4_000_000;
const MAX_FRAME_BYTES = 64 * 1024 ** 2;

/** Frames of samples that follow one another from `offset`. Throws `file-truncated` where the file ends before the last. */
export function nativeFrames(source: ByteSource, offset: number, frameBytes: number, count: number): FrameReader {
  if (offset + frameBytes * count > source.sizeBytes) throw truncated('less pixel data than described');
  return (frame) => readPart(source, offset + frame * frameBytes, frameBytes);
}

/**
 * Frames of encapsulated pixel data whose first item (the Basic Offset Table) is at `offset`, PS3.5 section A.4. Where they
 * begin is told by an offset table, else by one fragment a frame. A table is checked when a frame is read: once it points at
 * something else than fragments, it is not believed any more.
 */
export async function encapsulatedFrames(
  source: ByteSource,
  offset: number,
  count: number,
  extended: ExtendedOffsetTable | undefined,
): Promise<FrameReader> {
  const table = await readItemHead(source, offset);
  if (table === null) throw truncated('no fragments');
  const first = table.value + table.length;
  const basic = table.length === count * 4 ? await readOffsets(source, table.value, count) : [];
  const told =
    (await byTable(source, first, count, extended?.offsets ?? [])) ?? (await byTable(source, first, count, basic));
  let bounds = told ?? (await walk(source, first, count));
  return async (frame) => {
    const believed = bounds;
    try {
      return await readFrame(source, believed, frame);
    } catch (thrown) {
      if (believed !== told) throw thrown;
      bounds = await walk(source, first, count).catch(() => Promise.reject(thrown));
      return readFrame(source, bounds, frame);
    }
  };
}

async function readFrame(source: ByteSource, bounds: number[], frame: number): Promise<Uint8Array> {
  const [start, end] = [bounds[frame], bounds[frame + 1]];
  if (start === undefined || end === undefined) throw damaged('no such frame');
  return readItems(source, start, end);
}

/** Where each frame begins and the last one ends; undefined where the table leads to no fragment. */
async function byTable(
  source: ByteSource,
  first: number,
  count: number,
  offsets: number[],
): Promise<number[] | undefined> {
  const starts = usable(offsets, count, source, first);
  if (starts === undefined) return undefined;
  const end = await endOf(source, starts.at(-1) ?? first).catch(() => undefined);
  return end === undefined ? undefined : [...starts, end];
}

interface ItemHead {
  /** Where its value begins. */
  value: number;
  length: number;
}

/** null: the end of the fragments. */
async function readItemHead(source: ByteSource, position: number, read = readPart): Promise<ItemHead | null> {
  const head = await read(source, position, 8);
  return parseItemHead(head, 0, position);
}

function parseItemHead(bytes: Uint8Array, at: number, position: number): ItemHead | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 8);
  const tag = view.getUint32(0, true);
  if (tag === SEQUENCE_END) return null;
  if (tag !== ITEM) throw damaged('pixel data holds something that is not a fragment');
  return { value: position + 8, length: view.getUint32(4, true) };
}

async function readOffsets(source: ByteSource, position: number, count: number): Promise<number[]> {
  const bytes = await readPart(source, position, count * 4);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: count }, (_, index) => view.getUint32(index * 4, true));
}

/** Offsets as positions in the file; undefined where they are none (32 bits run over in large files; some writers leave zeros). */
function usable(offsets: number[], count: number, source: ByteSource, first: number): number[] | undefined {
  if (offsets.length !== count || offsets[0] !== 0) return undefined;
  const ascending = offsets.every((offset, index) => index === 0 || offset >= (offsets[index - 1] ?? 0) + 8);
  const inside = first + (offsets.at(-1) ?? 0) + 8 <= source.sizeBytes;
  return ascending && inside ? offsets.map((offset) => first + offset) : undefined;
}

/** The end of the frame that begins at `start` and is the last. */
async function endOf(source: ByteSource, start: number): Promise<number> {
  let position = start;
  for (let fragments = 0; fragments < MAX_FRAGMENTS; fragments += 1) {
    const item = await readItemHead(source, position);
    if (item === null) return position;
    position = item.value + item.length;
  }
  throw damaged('too many fragments');
}

/** One fragment a frame, as slides are written; with one frame, all of them. Returns where each begins, and the end. */
async function walk(source: ByteSource, first: number, count: number): Promise<number[]> {
  const read = windowed();
  const bounds: number[] = [];
  let position = first;
  for (;;) {
    const item = await readItemHead(source, position, read);
    bounds.push(position);
    if (item === null) break;
    if (bounds.length > MAX_FRAGMENTS) throw damaged('too many fragments');
    position = item.value + item.length;
  }
  const fragments = bounds.length - 1;
  if (fragments < count) throw truncated(`${fragments} fragments for ${count} frames`);
  if (count === 1) return [first, position];
  if (fragments > count) throw unsupported('fragments that nothing tells apart into frames');
  return bounds;
}

/** Small items lie close together: a file made of empty ones must not cost a read for each. */
function windowed(): typeof readPart {
  const windowBytes = 4096;
  let bytes = new Uint8Array(0);
  let start = 0;
  return async (source, position, length) => {
    if (position < start || position + length > start + bytes.length) {
      const available = Math.max(length, Math.min(windowBytes, source.sizeBytes - position));
      bytes = Uint8Array.from(await readPart(source, position, available));
      start = position;
    }
    return bytes.subarray(position - start, position - start + length);
  };
}

/** The values of the items between two positions, joined. */
async function readItems(source: ByteSource, start: number, end: number): Promise<Uint8Array> {
  if (end - start > MAX_FRAME_BYTES) throw damaged('a frame beyond measure');
  const bytes = await readPart(source, start, end - start);
  const pieces: Uint8Array[] = [];
  let position = 0;
  let total = 0;
  while (position < bytes.length) {
    if (position + 8 > bytes.length) throw damaged('a fragment is cut short');
    const item = parseItemHead(bytes, position, position);
    if (item === null) break;
    if (item.value + item.length > bytes.length) throw damaged('a fragment runs into the next frame');
    pieces.push(bytes.subarray(item.value, item.value + item.length));
    total += item.length;
    position = item.value + item.length;
  }
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(total);
  let filled = 0;
  for (const piece of pieces) {
    joined.set(piece, filled);
    filled += piece.length;
  }
  return joined;
}
