import { viewOf } from '../dicom/dataset.ts';
import { joined } from './joined.ts';
import { type Orientation, readOrientation, writeOrientation } from './orientation.ts';
import { damaged, photographUnsupported, truncated } from './refusal.ts';

/** Markers, ITU-T T.81 table B.1. */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COM = 0xfe;
/** Reserved for JPEG's extensions: nothing that a browser draws. */
const JPG0 = 0xf0;
/** Baseline, extended sequential and progressive, Huffman coded: what browsers draw. */
const DRAWN_FRAMES = [0xc0, 0xc1, 0xc2];
const FRAMES = [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf];
/** Identifier, version, density; a small picture of the whole may follow. */
const JFIF_BYTES = 14;

interface Segment {
  marker: number;
  /** Marker, length and value; of a scan with its data. */
  start: number;
  end: number;
}

export interface PhotographFacts {
  /** As stored, not as turned. */
  width: number;
  height: number;
  orientation: Orientation;
}

/** @throws Failure file-damaged, file-truncated, photograph-format-unsupported */
export function readJpeg(bytes: Uint8Array): PhotographFacts {
  const segments = segmentsOf(bytes);
  const frame = segments.find(({ marker }) => FRAMES.includes(marker));
  if (!frame || !segments.some(({ marker }) => marker === SOS)) throw damaged('a JPEG without a picture');
  if (frame.end - frame.start < 10) throw damaged('a frame header that is too short');
  const view = viewOf(bytes);
  const precision = view.getUint8(frame.start + 4);
  if (!DRAWN_FRAMES.includes(frame.marker) || precision !== 8)
    throw photographUnsupported('a JPEG of a form that browsers do not draw');
  const [height, width] = [view.getUint16(frame.start + 5), view.getUint16(frame.start + 7)];
  if (width === 0 || height === 0) throw damaged('a JPEG without a size');
  return { width, height, orientation: orientationOf(bytes, segments) };
}

/**
 * The same picture without a word about its making: coded data, colour profile and orientation stay, every other application segment
 * and comment, and whatever stands behind the picture's end, is left out. Doing it again changes nothing.
 * @param turned instead of the orientation that the file says.
 * @throws Failure file-damaged, file-truncated
 */
export function stripJpeg(bytes: Uint8Array, turned?: Orientation): Uint8Array<ArrayBuffer> {
  const segments = segmentsOf(bytes);
  const kept = segments.filter((segment) => isKept(bytes, segment));
  const [first] = kept;
  const orientation = turned ?? orientationOf(bytes, segments);
  const exif = orientation === 1 ? [] : [exifSegment(orientation)];
  const pieces = kept.map((segment) => keptBytes(bytes, segment));
  // JFIF wants to be the first of all (ITU-T T.871 section 10.1).
  const position = first?.marker === APP0 ? 1 : 0;
  return joined([Uint8Array.of(0xff, SOI), ...pieces.slice(0, position), ...exif, ...pieces.slice(position)]);
}

function isKept(bytes: Uint8Array, { marker, start, end }: Segment): boolean {
  if (marker === COM || (marker >= JPG0 && marker < COM)) return false;
  if (marker < APP0 || marker > APP15) return true;
  const value = bytes.subarray(start + 4, end);
  if (marker === APP0) return startsWith(value, 'JFIF\0') && value.length >= JFIF_BYTES;
  if (marker === APP2) return startsWith(value, 'ICC_PROFILE\0');
  return marker === APP14 && startsWith(value, 'Adobe');
}

function keptBytes(bytes: Uint8Array, { marker, start, end }: Segment): Uint8Array {
  if (marker !== APP0 || end - start === JFIF_BYTES + 4) return bytes.subarray(start, end);
  // The small picture is what it was before somebody cut the large one.
  const header = bytes.slice(start, start + 4 + JFIF_BYTES);
  header.set([0, JFIF_BYTES + 2], 2);
  header.set([0, 0], 4 + JFIF_BYTES - 2);
  return header;
}

function orientationOf(bytes: Uint8Array, segments: Segment[]): Orientation {
  const exif = segments.find(
    ({ marker, start, end }) => marker === APP1 && startsWith(bytes.subarray(start + 4, end), 'Exif\0'),
  );
  return exif ? readOrientation(bytes.subarray(exif.start + 10, exif.end)) : 1;
}

function exifSegment(orientation: Orientation): Uint8Array {
  const tiff = writeOrientation(orientation);
  const length = 2 + 6 + tiff.length;
  return Uint8Array.of(0xff, APP1, length >> 8, length & 0xff, ...[0x45, 0x78, 0x69, 0x66, 0, 0], ...tiff);
}

/** All segments up to the picture's end, that one included. Stray bytes between them belong to none, as decoders have it. */
function segmentsOf(bytes: Uint8Array): Segment[] {
  const segments: Segment[] = [];
  let position = 2;
  for (;;) {
    const start = nextMarker(bytes, position);
    const marker = bytes[start + 1] as number;
    if (marker === EOI) {
      segments.push({ marker, start, end: start + 2 });
      return segments;
    }
    // Restart markers outside of a scan, and TEM, have no length.
    if (marker === 0x01 || (marker >= 0xd0 && marker <= SOI)) {
      position = start + 2;
      continue;
    }
    if (start + 4 > bytes.length) throw truncated('the JPEG ends in a segment');
    const end = start + 2 + (((bytes[start + 2] as number) << 8) | (bytes[start + 3] as number));
    if (end < start + 4) throw damaged('a segment of no length');
    if (end > bytes.length) throw truncated('the JPEG ends in a segment');
    position = marker === SOS ? endOfScan(bytes, end) : end;
    segments.push({ marker, start, end: position });
  }
}

/** Where the next marker's FF stands; fill bytes before it are skipped. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    if (code === undefined) break;
    if (code !== 0 && code !== 0xff) return at;
  }
  throw truncated('the JPEG ends before its picture does');
}

/** Coded data lasts until a marker that is neither a stuffed byte nor a restart, ITU-T T.81 section B.1.1.5. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const code = bytes[at + 1];
    if (code === undefined) break;
    if (code !== 0 && code !== 0xff && (code < 0xd0 || code > 0xd7)) return at;
  }
  throw truncated('the JPEG ends before its picture does');
}

const startsWith = (bytes: Uint8Array, text: string): boolean =>
  bytes.length >= text.length && [...text].every((letter, index) => bytes[index] === letter.charCodeAt(0));
