import type { BitReader } from './bit-reader.ts';
import { decodeHuffman, type HuffmanTable } from './huffman.ts';
import { damagedJpeg } from './markers.ts';
import { type JpegScan, readScans } from './scans.ts';

/**
 * Decodes the lossless process with Huffman coding (SOF3), ISO/IEC 10918-1 Annex H: any predictor, 2 to 16 bits, point
 * transform, restart intervals, components in one scan or each in its own. Gives samples interleaved by pixel.
 * Throws `file-damaged`.
 */
export function decodeLosslessJpeg(bytes: Uint8Array): Uint8Array | Uint16Array {
  let samples: Uint8Array | Uint16Array | undefined;
  for (const scan of readScans(bytes)) {
    const { process, precision, rows, columns, components } = scan.frame;
    if (process !== 3) throw damagedJpeg('not the lossless process');
    if (components.some(({ horizontal, vertical }) => horizontal !== 1 || vertical !== 1)) {
      throw damagedJpeg('lossless components of different size');
    }
    const length = rows * columns * components.length;
    samples ??= precision > 8 ? new Uint16Array(length) : new Uint8Array(length);
    decodeScan(scan, samples);
  }
  if (samples === undefined) throw damagedJpeg('no scan');
  return samples;
}

function decodeScan(scan: JpegScan, samples: Uint8Array | Uint16Array): void {
  const { frame, components, spectralStart: predictor, approximationLow: shift, restartInterval, reader } = scan;
  const { rows, columns } = frame;
  const stride = frame.components.length;
  if (predictor < 1 || predictor > 7) throw damagedJpeg('an unknown predictor');
  if (restartInterval % columns !== 0) throw damagedJpeg('a restart inside a line');
  const linesToRestart = restartInterval / columns;
  // The samples of the line above and of this one, a component after another, before the point transform is undone.
  let above = components.map(() => new Int32Array(columns));
  let line = components.map(() => new Int32Array(columns));
  const tables = components.map(({ dc }) => {
    if (dc === undefined) throw damagedJpeg('a Huffman table is missing');
    return dc;
  });
  for (let row = 0; row < rows; row += 1) {
    const restarted = linesToRestart > 0 && row % linesToRestart === 0;
    if (restarted && row > 0) reader.restart();
    const first = row === 0 || restarted;
    decodeLine(reader, tables, line, above, first, predictor, 1 << (frame.precision - shift - 1));
    components.forEach(({ index }, n) => {
      const values = line[n] as Int32Array;
      const offset = row * columns * stride + index;
      for (let column = 0; column < columns; column += 1) {
        samples[offset + column * stride] = (values[column] as number) << shift;
      }
    });
    [above, line] = [line, above];
  }
}

/** One line of all components of the scan, interleaved by sample; section H.1.2.1 for the edges. */
function decodeLine(
  reader: BitReader,
  tables: HuffmanTable[],
  line: Int32Array[],
  above: Int32Array[],
  first: boolean,
  predictor: number,
  initial: number,
): void {
  const columns = line[0]?.length ?? 0;
  const count = tables.length;
  for (let column = 0; column < columns; column += 1) {
    for (let n = 0; n < count; n += 1) {
      const current = line[n] as Int32Array;
      const upper = above[n] as Int32Array;
      let prediction: number;
      if (column === 0) prediction = first ? initial : (upper[0] as number);
      else if (first) prediction = current[column - 1] as number;
      else {
        prediction = predict(
          predictor,
          current[column - 1] as number,
          upper[column] as number,
          upper[column - 1] as number,
        );
      }
      const category = decodeHuffman(reader, tables[n] as HuffmanTable);
      // Category 16 is the one difference 32768, without further bits.
      const difference = category === 16 ? 32768 : reader.takeSigned(category & 15);
      current[column] = (prediction + difference) & 0xffff;
    }
  }
}

/** Table H.1, of the samples to the left (a), above (b) and above to the left (c). */
function predict(predictor: number, a: number, b: number, c: number): number {
  switch (predictor) {
    case 1:
      return a;
    case 2:
      return b;
    case 3:
      return c;
    case 4:
      return a + b - c;
    case 5:
      return a + ((b - c) >> 1);
    case 6:
      return b + ((a - c) >> 1);
    default:
      return (a + b) >> 1;
  }
}
