import { BitReader } from './bit-reader.ts';
import { type HuffmanTable, readHuffmanTables } from './huffman.ts';
import {
  damagedJpeg,
  isFrameHeader,
  type JpegComponent,
  type JpegFrame,
  nextSegment,
  readFrame,
  type Segment,
  SOS,
  uint16,
} from './markers.ts';

export interface ScanComponent {
  /** Place of the component in the frame header. */
  index: number;
  component: JpegComponent;
  dc: HuffmanTable | undefined;
  ac: HuffmanTable | undefined;
}

/** One scan with the tables in force for it, ISO/IEC 10918-1 section B.2.3. */
export interface JpegScan {
  frame: JpegFrame;
  components: ScanComponent[];
  /** Ss: first coefficient, or in the lossless process the predictor. */
  spectralStart: number;
  spectralEnd: number;
  approximationHigh: number;
  /** Al: successive approximation, or in the lossless process the point transform. */
  approximationLow: number;
  /** In MCUs; 0: none. */
  restartInterval: number;
  /** By destination, 64 values in zigzag order. */
  quantizationTables: Map<number, Uint16Array>;
  reader: BitReader;
}

/** More scans than any encoder writes: each may cost as much as the whole image. */
const MAX_SCANS = 200;

/** The scans of an image in the order in which they stand. Each has to be decoded before the next is asked for. */
export function* readScans(bytes: Uint8Array): Generator<JpegScan> {
  const huffman = new Map<number, HuffmanTable>();
  const quantizationTables = new Map<number, Uint16Array>();
  let frame: JpegFrame | undefined;
  let restartInterval = 0;
  let scans = 0;
  let position = 2;
  for (let segment = nextSegment(bytes, position); segment !== undefined; segment = nextSegment(bytes, position)) {
    position = segment.end;
    if (segment.marker === 0xc4) readHuffmanTables(bytes, segment, huffman);
    else if (segment.marker === 0xdb) readQuantizationTables(bytes, segment, quantizationTables);
    else if (segment.marker === 0xdd) restartInterval = uint16(bytes, segment.start);
    else if (isFrameHeader(segment.marker)) frame = readFrame(bytes, segment);
    else if (segment.marker === SOS) {
      scans += 1;
      if (frame === undefined || scans > MAX_SCANS) throw damagedJpeg('the scans are out of order');
      yield { ...readScan(bytes, segment, frame, huffman), restartInterval, quantizationTables };
    }
  }
  if (scans === 0) throw damagedJpeg('no scan');
}

function readScan(bytes: Uint8Array, segment: Segment, frame: JpegFrame, huffman: Map<number, HuffmanTable>) {
  const { start, end } = segment;
  const count = bytes[start] ?? 0;
  if (count < 1 || count > 4 || start + 4 + 2 * count > end) throw damagedJpeg('a scan header is malformed');
  const components = Array.from({ length: count }, (_, n): ScanComponent => {
    const [id = 0, tables = 0] = bytes.subarray(start + 1 + 2 * n, start + 3 + 2 * n);
    const index = frame.components.findIndex((component) => component.id === id);
    const component = frame.components[index];
    if (component === undefined) throw damagedJpeg('a scan names a component that the frame does not have');
    return { index, component, dc: huffman.get(tables >> 4), ac: huffman.get(16 + (tables & 15)) };
  });
  const [spectralStart = 0, spectralEnd = 0, approximation = 0] = bytes.subarray(end - 3, end);
  return {
    frame,
    components,
    spectralStart,
    spectralEnd,
    approximationHigh: approximation >> 4,
    approximationLow: approximation & 15,
    reader: new BitReader(bytes, end),
  };
}

/** DQT, ISO/IEC 10918-1 section B.2.4.1. */
function readQuantizationTables(bytes: Uint8Array, { start, end }: Segment, tables: Map<number, Uint16Array>): void {
  let position = start;
  while (position < end) {
    const head = bytes[position] ?? 0;
    const wide = head >> 4 !== 0;
    position += 1;
    if (position + (wide ? 128 : 64) > end) throw damagedJpeg('a quantization table is malformed');
    const at = position;
    const values = Uint16Array.from({ length: 64 }, (_, index) =>
      wide ? uint16(bytes, at + 2 * index) : (bytes[at + index] ?? 0),
    );
    tables.set(head & 3, values);
    position += wide ? 128 : 64;
  }
}
