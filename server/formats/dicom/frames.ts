import { Failure } from '../../contract/failure.ts';
import { type Dataset, type DicomElement, type Fragment, viewOf } from './dataset.ts';
import type { DicomFile } from './dicom-file.ts';
import { extendedOffsetTable } from './extended-offset-table.ts';
import { parsedAttributes } from './parsed-attributes.ts';
import { findPixelElement, type PixelShape, PRIVATE_PIXEL_DATA, pixelShape } from './pixel-data.ts';
import { EXPLICIT_VR_LITTLE_ENDIAN, type TransferSyntax } from './transfer-syntax.ts';

/** Where one frame lies in `dataset.bytes`: the pieces in order. */
export interface FrameLocation {
  parts: Fragment[];
  /** Bits to skip in the first byte; only 1-bit images of odd size have any. */
  skipBits: number;
}

/**
 * Where the frames are, first to last. Encapsulated frames are told apart by the Extended Offset Table, the Basic Offset Table,
 * one fragment a frame, or the codestream's own beginning, in this order (PS3.5 section A.4); a table that points
 * anywhere but at the beginning of fragments is not believed.
 *
 * Throws `no-pixels`, `file-damaged` where the frames cannot be told apart, `file-truncated`.
 */
export function locateFrames(file: DicomFile): FrameLocation[] {
  const element = findPixelElement(file);
  if (element === undefined) throw withoutPixels(file);
  const shape = pixelShape(parsedAttributes(file.dataset));
  if (element.fragments === undefined) {
    if (file.transferSyntax.codec === 'native') return nativeFrames(element, shape);
    // A compressed stream as a plain value breaks PS3.5 section A.4, but what it means is plain.
    if (shape.numberOfFrames === 1) return [whole([{ offset: element.offset, length: element.length }])];
    throw damaged('compressed frames that are not encapsulated');
  }
  const [basicTable, ...fragments] = element.fragments;
  if (fragments.length < shape.numberOfFrames) {
    throw new Failure('invalid-message', 'fewer fragments than frames', { reason: 'file-truncated' });
  }
  if (shape.numberOfFrames === 1) return [whole(fragments)];
  return (
    framesByOffset(fragments, extendedOffsetTable(file.dataset)?.offsets ?? [], shape.numberOfFrames) ??
    framesByOffset(fragments, basicOffsets(file.dataset, basicTable), shape.numberOfFrames) ??
    framesByCodestream(file.dataset, fragments, shape.numberOfFrames)
  );
}

/**
 * The bytes of one frame (from 1), as WADO-RS hands them out: a compressed frame in one piece, samples of an uncompressed one
 * little endian whatever the file's byte order, 1-bit samples from the first bit of the first byte. Throws `not-found`.
 */
export function frameBytes(file: DicomFile, frame: number, locations = locateFrames(file)): Uint8Array {
  const location = locations[frame - 1];
  if (location === undefined) throw new Failure('not-found', `no frame ${frame}`);
  const element = findPixelElement(file);
  if (element !== undefined && !file.dataset.littleEndian && file.transferSyntax.codec === 'native') {
    return littleEndianFrame(file, element, location);
  }
  const bytes = join(file.dataset.bytes, location.parts);
  return location.skipBits > 0 ? shiftBits(bytes, location.skipBits) : bytes;
}

/** The transfer syntax in which {@link frameBytes} hands frames out. */
export function frameTransferSyntaxUid(transferSyntax: TransferSyntax): string {
  return transferSyntax.codec === 'native' ? EXPLICIT_VR_LITTLE_ENDIAN : transferSyntax.uid;
}

const whole = (parts: Fragment[]): FrameLocation => ({ parts, skipBits: 0 });
const damaged = (message: string) => new Failure('invalid-message', message, { reason: 'file-damaged' });

function withoutPixels({ dataset }: DicomFile): Failure {
  return dataset.elements.has(PRIVATE_PIXEL_DATA)
    ? new Failure('invalid-message', 'pixels in a private element', { reason: 'transfer-syntax-unsupported' })
    : new Failure('invalid-message', 'no pixel data', { reason: 'no-pixels' });
}

function nativeFrames(element: DicomElement, shape: PixelShape): FrameLocation[] {
  if (element.length < Math.ceil((shape.frameBits * shape.numberOfFrames) / 8)) {
    throw new Failure('invalid-message', 'less pixel data than described', { reason: 'file-truncated' });
  }
  return Array.from({ length: shape.numberOfFrames }, (_, index) => {
    const firstBit = index * shape.frameBits;
    const skipBits = firstBit % 8;
    const offset = element.offset + (firstBit - skipBits) / 8;
    return { parts: [{ offset, length: Math.ceil((skipBits + shape.frameBits) / 8) }], skipBits };
  });
}

function basicOffsets(dataset: Dataset, table: Fragment | undefined): number[] {
  if (table === undefined) return [];
  const view = viewOf(dataset.bytes.subarray(table.offset, table.offset + table.length));
  return Array.from({ length: table.length >> 2 }, (_, index) => view.getUint32(index * 4, true));
}

/** Offsets count from the item tag of the first fragment to that of each frame's first fragment. */
function framesByOffset(fragments: Fragment[], offsets: number[], frames: number): FrameLocation[] | undefined {
  if (offsets.length !== frames) return undefined;
  const first = fragments[0]?.offset ?? 0;
  const starts = new Map(fragments.map(({ offset }, index) => [offset - first, index]));
  const indices = offsets.map((offset) => starts.get(offset) ?? -1);
  return cutAt(fragments, indices);
}

function cutAt(fragments: Fragment[], indices: number[]): FrameLocation[] | undefined {
  const ascending = indices.every((start, index) => index === 0 || start > (indices[index - 1] ?? -1));
  if (indices[0] !== 0 || !ascending) return undefined;
  return indices.map((start, index) => whole(fragments.slice(start, indices[index + 1] ?? fragments.length)));
}

function framesByCodestream(dataset: Dataset, fragments: Fragment[], frames: number): FrameLocation[] {
  if (fragments.length === frames) return fragments.map((fragment) => whole([fragment]));
  const starts = fragments.flatMap(({ offset, length }, index) => {
    const head = length < 3 ? [] : dataset.bytes.subarray(offset, offset + 3);
    // SOI of the JPEG family, SOC of the JPEG 2000 family, each followed by the next marker.
    return head[0] === 0xff && (head[1] === 0xd8 || head[1] === 0x4f) && head[2] === 0xff ? [index] : [];
  });
  const located = starts.length === frames ? cutAt(fragments, starts) : undefined;
  if (located === undefined) throw damaged(`${fragments.length} fragments cannot be told apart into ${frames} frames`);
  return located;
}

function join(bytes: Uint8Array, parts: Fragment[]): Uint8Array {
  const pieces = parts.map(({ offset, length }) => bytes.subarray(offset, offset + length));
  if (pieces.length === 1 && pieces[0] !== undefined) return pieces[0];
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    joined.set(piece, position);
    position += piece.length;
  }
  return joined;
}

function shiftBits(bytes: Uint8Array, skip: number): Uint8Array {
  return bytes.map((byte, index) => (byte >> skip) | ((bytes[index + 1] ?? 0) << (8 - skip)));
}

/** PS3.5 section A.3: in OW even 8-bit samples are swapped in their words, which count from the beginning of the element. */
function littleEndianFrame(file: DicomFile, element: DicomElement, { parts, skipBits }: FrameLocation): Uint8Array {
  const { bitsAllocated } = pixelShape(parsedAttributes(file.dataset));
  const swap = (bitsAllocated > 8 ? bitsAllocated / 8 : element.vr === 'OW' ? 2 : 1) - 1;
  const [part = { offset: element.offset, length: 0 }] = parts;
  const within = part.offset - element.offset;
  const bytes = Uint8Array.from({ length: part.length }, (_, index) => {
    return file.dataset.bytes[element.offset + ((within + index) ^ swap)] ?? 0;
  });
  return skipBits > 0 ? shiftBits(bytes, skipBits) : bytes;
}
