import { Failure } from '../../../contract/failure.ts';

/** A component of a frame header, ISO/IEC 10918-1 section B.2.2. */
export interface JpegComponent {
  id: number;
  horizontal: number;
  vertical: number;
  quantizationTable: number;
}

/** A frame header, ISO/IEC 10918-1 section B.2.2, or of JPEG-LS (ISO/IEC 14495-1 section C.2.2). */
export interface JpegFrame {
  /** Number of the SOF marker: 0 baseline, 1 extended, 2 progressive, 3 lossless, 55 JPEG-LS. */
  process: number;
  precision: number;
  rows: number;
  columns: number;
  components: JpegComponent[];
}

/** What the stream says about its colours outside DICOM. */
export interface JpegColorMarkers {
  jfif: boolean;
  /** Transform of an Adobe APP14 segment: 0 none, 1 YCbCr, 2 YCCK; null: no such segment. */
  adobeTransform: number | null;
}

/** One marker segment: its bytes without marker and length. */
export interface Segment {
  marker: number;
  start: number;
  end: number;
}

export const SOS = 0xda;
const SOI = 0xd8;
const EOI = 0xd9;
const TEM = 0x01;

export const damagedJpeg = (message: string) =>
  new Failure('invalid-message', `JPEG: ${message}`, { reason: 'file-damaged' });

/** The segment whose marker is at or after `position`, or undefined at the end of the image. Fill bytes are skipped. */
export function nextSegment(bytes: Uint8Array, position: number): Segment | undefined {
  let at = position;
  for (;;) {
    while (at < bytes.length && bytes[at] !== 0xff) at += 1;
    while (at < bytes.length && bytes[at] === 0xff) at += 1;
    const marker = bytes[at];
    at += 1;
    if (marker === undefined || marker === EOI) return undefined;
    // Stuffed zeros, restart markers and those without parameters have no length.
    if (marker === 0 || marker === SOI || marker === TEM || (marker >= 0xd0 && marker <= 0xd7)) continue;
    const length = uint16(bytes, at);
    if (length < 2 || at + length > bytes.length) throw damagedJpeg('a segment runs past the end');
    return { marker, start: at + 2, end: at + length };
  }
}

/** Frame header and colour markers, up to the first scan. Throws `file-damaged`. */
export function readJpegHead(bytes: Uint8Array): JpegFrame & JpegColorMarkers {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) throw damagedJpeg('no SOI marker');
  const color: JpegColorMarkers = { jfif: false, adobeTransform: null };
  let position = 2;
  for (let segment = nextSegment(bytes, position); segment !== undefined; segment = nextSegment(bytes, position)) {
    const { marker, start, end } = segment;
    if (isFrameHeader(marker)) return { ...readFrame(bytes, segment), ...color };
    if (marker === SOS) break;
    if (marker === 0xe0 && startsWith(bytes, start, 'JFIF')) color.jfif = true;
    if (marker === 0xee && startsWith(bytes, start, 'Adobe') && end - start >= 12) {
      color.adobeTransform = bytes[start + 11] ?? 0;
    }
    position = end;
  }
  throw damagedJpeg('no frame header');
}

/** SOF0 to SOF15 and SOF55, without DHT, JPG and DAC, which lie among them. */
export function isFrameHeader(marker: number): boolean {
  if (marker === 0xf7) return true;
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

export function readFrame(bytes: Uint8Array, { marker, start, end }: Segment): JpegFrame {
  const count = bytes[start + 5] ?? 0;
  if (start + 6 + 3 * count > end || count < 1 || count > 4) throw damagedJpeg('a frame header is malformed');
  const components = Array.from({ length: count }, (_, index): JpegComponent => {
    const [id = 0, sampling = 0, quantizationTable = 0] = bytes.subarray(start + 6 + 3 * index, start + 9 + 3 * index);
    return { id, horizontal: sampling >> 4, vertical: sampling & 15, quantizationTable: quantizationTable & 3 };
  });
  const valid = components.every(({ horizontal: h, vertical: v }) => h >= 1 && h <= 4 && v >= 1 && v <= 4);
  if (!valid) throw damagedJpeg('a sampling factor is out of range');
  const process = marker === 0xf7 ? 55 : marker - 0xc0;
  const precision = bytes[start] ?? 0;
  if (precision < 2 || precision > 16) throw damagedJpeg('a precision is out of range');
  return { process, precision, rows: uint16(bytes, start + 1), columns: uint16(bytes, start + 3), components };
}

/** EOI after the last scan header; it cannot be within entropy-coded data, and bytes may follow it. */
export function hasEndMarker(encoded: Uint8Array): boolean {
  for (let at = encoded.length - 2; at >= 0; at -= 1) {
    if (encoded[at] !== 0xff) continue;
    if (encoded[at + 1] === EOI) return true;
    if (encoded[at + 1] === SOS) return false;
  }
  return false;
}

export function uint16(bytes: Uint8Array, position: number): number {
  return ((bytes[position] ?? 0) << 8) | (bytes[position + 1] ?? 0);
}

function startsWith(bytes: Uint8Array, position: number, text: string): boolean {
  return [...text].every((character, index) => bytes[position + index] === character.charCodeAt(0));
}
