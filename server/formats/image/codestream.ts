import { Failure } from '../../contract/failure.ts';
import { viewOf } from '../dicom/dataset.ts';
import type { ImageDescription } from './image.ts';

/** What a codestream says about itself before it is decoded. */
export interface CodestreamSize {
  rows: number;
  columns: number;
  components: number;
}

/** What the header says of a frame's size. */
export type FrameSize = Pick<ImageDescription, 'rows' | 'columns' | 'samplesPerPixel'>;

/**
 * A frame whose stream has another size than the header says is refused before a decoder makes room for it: a few bytes can
 * claim gigabytes. Throws `file-damaged`.
 */
export function checkSize(size: CodestreamSize, image: FrameSize): void {
  const same = size.rows === image.rows && size.columns === image.columns && size.components === image.samplesPerPixel;
  if (!same) {
    throw new Failure('invalid-message', 'the compressed frame is not of the size that the header says', {
      reason: 'file-damaged',
    });
  }
}

/** Up to here even an empty picture may be as short as its encoder made it: it costs nobody much. */
const SMALL_SAMPLES = 2 ** 24;
/** No picture of a patient shrinks so far: uniform ones reach a few thousand samples a byte in JPEG 2000 and JPEG-LS. */
const MAX_SAMPLES_PER_BYTE = 10_000;

/**
 * Header and stream may agree on a size that a few bytes cannot fill: such a frame is refused before a decoder makes room for
 * hundreds of megabytes. Throws `file-damaged`.
 */
export function checkPlausible(sizeBytes: number, { rows, columns, samplesPerPixel }: FrameSize): void {
  const samples = rows * columns * samplesPerPixel;
  if (samples <= SMALL_SAMPLES || samples <= sizeBytes * MAX_SAMPLES_PER_BYTE) return;
  throw new Failure('invalid-message', 'a compressed frame is too short for the size that the header says', {
    reason: 'file-damaged',
  });
}

/** The JPEG 2000 codestream itself, out of the JP2 boxes (ISO/IEC 15444-1 Annex I) that some writers leave around it. */
export function jpeg2000Codestream(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0xff && bytes[1] === 0x4f) return bytes;
  const view = viewOf(bytes);
  let position = 0;
  while (position + 8 <= bytes.length) {
    const length = view.getUint32(position);
    const isCodestream = view.getUint32(position + 4) === 0x6a703263;
    const head = length === 1 ? 16 : 8;
    if (isCodestream) return bytes.subarray(position + head);
    const size = length === 1 && position + 16 <= bytes.length ? Number(view.getBigUint64(position + 8)) : length;
    if (size < 8) break;
    position += size;
  }
  throw new Failure('invalid-message', 'no JPEG 2000 codestream', { reason: 'file-damaged' });
}

/**
 * SIZ, ISO/IEC 15444-1 section A.5.1: it follows SOC at once. What DICOM has no use for is refused, since a damaged value there
 * keeps a decoder busy without end: components of different size, an origin, more tiles than the standard allows.
 */
export function jpeg2000Size(codestream: Uint8Array): CodestreamSize {
  const refuse = (): never => {
    throw new Failure('invalid-message', 'a JPEG 2000 size marker is malformed', { reason: 'file-damaged' });
  };
  if (codestream.length < 42 || codestream[2] !== 0xff || codestream[3] !== 0x51) refuse();
  const view = viewOf(codestream);
  const components = view.getUint16(40);
  if (components > 4 || codestream.length < 42 + 3 * components) refuse();
  const columns = view.getUint32(8);
  const rows = view.getUint32(12);
  const origins = [16, 20, 32, 36].map((offset) => view.getUint32(offset));
  const [tileColumns, tileRows] = [view.getUint32(24), view.getUint32(28)];
  const tiles = Math.ceil(columns / tileColumns) * Math.ceil(rows / tileRows);
  if (origins.some((origin) => origin !== 0) || !(tiles <= 65535)) refuse();
  for (let component = 0; component < components; component += 1) {
    const [, horizontal, vertical] = codestream.subarray(42 + 3 * component, 45 + 3 * component);
    if (horizontal !== 1 || vertical !== 1) refuse();
  }
  return { rows, columns, components };
}

const SOT = 0xff90;

/**
 * Throws `file-damaged` where a tile-part claims more bytes than there are: the decoders would draw what is missing as blur,
 * which nobody could tell from the image. Follows SOT to SOT, ISO/IEC 15444-1 section A.4.2.
 */
export function checkTileParts(codestream: Uint8Array): void {
  const view = viewOf(codestream);
  let position = firstTilePart(codestream, view);
  while (position + 12 <= codestream.length && view.getUint16(position) === SOT) {
    const length = view.getUint32(position + 6);
    // 0: the last tile-part, up to the end of the stream.
    if (length === 0) return;
    if (length < 14 || position + length > codestream.length) {
      throw new Failure('invalid-message', 'a JPEG 2000 tile is cut short', { reason: 'file-damaged' });
    }
    position += length;
  }
}

function firstTilePart(codestream: Uint8Array, view: DataView): number {
  let position = 2;
  while (position + 4 <= codestream.length) {
    if (view.getUint16(position) === SOT) return position;
    position += 2 + view.getUint16(position + 2);
  }
  throw new Failure('invalid-message', 'a JPEG 2000 stream without a tile', { reason: 'file-damaged' });
}
