import {
  hasEndMarker,
  type JpegColorMarkers,
  type JpegFrame,
  nextSegment,
  readJpegHead,
  SOS,
} from '../image/jpeg/markers.ts';
import { isYcc } from '../image/jpeg-frame.ts';
import { damaged, unsupported } from './refusal.ts';

const DQT = 0xdb;
const DHT = 0xc4;

export interface JpegTile {
  /** A stream complete in itself, whose colours every decoder sees alike. */
  bytes: Uint8Array;
  columns: number;
  rows: number;
}

/**
 * Makes an abbreviated JPEG stream (ISO/IEC 10918-1 section B.5, TIFF Technical Note 2) whole without decoding it: quantization and
 * Huffman tables are put before the tile's own, and where the stream is silent about its colours (browsers then take three
 * components for YCbCr) an Adobe APP14 segment says them. What the stream itself says counts more than the file around it.
 *
 * @param headerSaysRgb the file's photometric interpretation.
 *
 * Throws `file-damaged` where it is no whole JPEG stream, `slide-encoding-unsupported` where browsers cannot draw it (12 bits,
 * lossless, arithmetic coding, four components).
 */
export function spliceJpeg(tile: Uint8Array, tables: Uint8Array | null, headerSaysRgb: boolean): JpegTile {
  const head = readJpegHead(tile);
  if (head.process > 2 || head.precision !== 8)
    throw unsupported(`JPEG process ${head.process}, ${head.precision} bits`);
  if (head.components.length !== 1 && head.components.length !== 3)
    throw unsupported('JPEG of other than 1 or 3 components');
  if (head.columns < 1 || head.rows < 1) throw damaged('a JPEG without a size');
  const own = inspect(tile);
  const shared = tables === null ? [] : tableSegments(tables);
  // Browsers draw a stream without these, or without its end, as gray or as the half of a tile.
  if (!own.hasScan || !hasEndMarker(tile)) throw damaged('a JPEG tile is cut short');
  const markers = new Set([...own.markers, ...shared.map((segment) => segment[1])]);
  if (!markers.has(DQT) || !markers.has(DHT)) throw damaged('a JPEG tile without its tables');
  const color = colorSegment(head, headerSaysRgb);
  const bytes = concat([tile.subarray(0, 2), color, ...shared, tile.subarray(2)]);
  return { bytes, columns: head.columns, rows: head.rows };
}

function inspect(stream: Uint8Array): { markers: Set<number>; hasScan: boolean } {
  const markers = new Set<number>();
  for (let segment = nextSegment(stream, 2); segment !== undefined; segment = nextSegment(stream, segment.end)) {
    if (segment.marker === SOS) return { markers, hasScan: true };
    markers.add(segment.marker);
  }
  return { markers, hasScan: false };
}

/** Marker and all of the tables, and of nothing else that may stand there. */
function tableSegments(tables: Uint8Array): Uint8Array[] {
  const segments: Uint8Array[] = [];
  for (let segment = nextSegment(tables, 0); segment !== undefined; segment = nextSegment(tables, segment.end)) {
    const { marker, start, end } = segment;
    if (marker === DQT || marker === DHT) segments.push(tables.subarray(start - 4, end));
  }
  return segments;
}

/** APP14 as libjpeg reads it: version 100, no flags, the transform. Nothing where the stream tells its colours. */
function colorSegment(head: JpegFrame & JpegColorMarkers, headerSaysRgb: boolean): Uint8Array {
  if (head.components.length !== 3 || head.jfif || head.adobeTransform !== null) return new Uint8Array(0);
  const ycc = isYcc(head, { photometricInterpretation: headerSaysRgb ? 'RGB' : 'YBR_FULL' });
  return Uint8Array.of(0xff, 0xee, 0, 14, 0x41, 0x64, 0x6f, 0x62, 0x65, 0, 100, 0, 0, 0, 0, ycc ? 1 : 0);
}

export function concat(pieces: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    joined.set(piece, position);
    position += piece.length;
  }
  return joined;
}
