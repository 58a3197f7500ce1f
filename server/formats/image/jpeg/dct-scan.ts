import type { BitReader } from './bit-reader.ts';
import { decodeHuffman, type HuffmanTable } from './huffman.ts';
import { damagedJpeg, type JpegComponent, type JpegFrame } from './markers.ts';
import type { JpegScan, ScanComponent } from './scans.ts';

/** The coefficients of one component: whole blocks, padded to whole MCUs, 64 each in zigzag order. */
export interface Plane {
  blocksAcross: number;
  blocksDown: number;
  /** Blocks that hold samples; a scan of this component alone has only these, ISO/IEC 10918-1 section A.2.2. */
  ownAcross: number;
  ownDown: number;
  horizontalScale: number;
  verticalScale: number;
  coefficients: Int32Array;
}

interface Mcus {
  across: number;
  down: number;
}

function mcusOf(frame: JpegFrame): Mcus {
  const horizontal = Math.max(...frame.components.map((component) => component.horizontal));
  const vertical = Math.max(...frame.components.map((component) => component.vertical));
  return { across: Math.ceil(frame.columns / (8 * horizontal)), down: Math.ceil(frame.rows / (8 * vertical)) };
}

export function createPlane(component: JpegComponent, frame: JpegFrame): Plane {
  const mcus = mcusOf(frame);
  const horizontalScale = component.horizontal / Math.max(...frame.components.map(({ horizontal }) => horizontal));
  const verticalScale = component.vertical / Math.max(...frame.components.map(({ vertical }) => vertical));
  const blocksAcross = mcus.across * component.horizontal;
  const blocksDown = mcus.down * component.vertical;
  return {
    blocksAcross,
    blocksDown,
    ownAcross: Math.ceil(Math.ceil(frame.columns * horizontalScale) / 8),
    ownDown: Math.ceil(Math.ceil(frame.rows * verticalScale) / 8),
    horizontalScale,
    verticalScale,
    coefficients: new Int32Array(blocksAcross * blocksDown * 64),
  };
}

/** Adds what one scan holds to the planes of the frame, sections F.2 (sequential) and G.2 (progressive). */
export function decodeDctScan(scan: JpegScan, planes: Plane[]): void {
  const { components, restartInterval, reader } = scan;
  const decoder = new BlockDecoder(scan);
  const alone = components.length === 1;
  const plane = planes[components[0]?.index ?? 0];
  if (plane === undefined) throw damagedJpeg('a scan without a component');
  const mcus = alone ? { across: plane.ownAcross, down: plane.ownDown } : mcusOf(scan.frame);
  for (let mcu = 0; mcu < mcus.across * mcus.down; mcu += 1) {
    if (restartInterval > 0 && mcu > 0 && mcu % restartInterval === 0) {
      reader.restart();
      decoder.reset();
    }
    const column = mcu % mcus.across;
    const row = Math.floor(mcu / mcus.across);
    if (alone) decoder.decode(0, plane.coefficients, (row * plane.blocksAcross + column) * 64);
    else decodeMcu(decoder, components, planes, row, column);
  }
}

function decodeMcu(decoder: BlockDecoder, components: ScanComponent[], planes: Plane[], row: number, column: number) {
  components.forEach(({ index, component }, n) => {
    const plane = planes[index] as Plane;
    for (let v = 0; v < component.vertical; v += 1) {
      for (let h = 0; h < component.horizontal; h += 1) {
        const block = (row * component.vertical + v) * plane.blocksAcross + column * component.horizontal + h;
        decoder.decode(n, plane.coefficients, block * 64);
      }
    }
  });
}

/** Decodes block after block of one scan; remembers the DC predictions and the run of empty blocks between them. */
class BlockDecoder {
  private readonly scan: JpegScan;
  private readonly reader: BitReader;
  private readonly progressive: boolean;
  private readonly predictions: Int32Array;
  private endOfBandRun = 0;

  constructor(scan: JpegScan) {
    const { frame, spectralStart, spectralEnd, components } = scan;
    this.scan = scan;
    this.reader = scan.reader;
    this.progressive = frame.process === 2;
    this.predictions = new Int32Array(components.length);
    const band = spectralStart <= spectralEnd && spectralEnd <= 63 && (spectralStart > 0 || spectralEnd === 0);
    if (this.progressive && (!band || (spectralStart > 0 && components.length > 1))) {
      throw damagedJpeg('a progressive scan is malformed');
    }
  }

  reset(): void {
    this.predictions.fill(0);
    this.endOfBandRun = 0;
  }

  decode(component: number, coefficients: Int32Array, offset: number): void {
    if (!this.progressive) this.sequential(component, coefficients, offset);
    else if (this.scan.spectralStart === 0) this.progressiveDc(component, coefficients, offset);
    else if (this.scan.approximationHigh === 0) this.firstAc(coefficients, offset);
    else this.refineAc(coefficients, offset);
  }

  private table(component: number, kind: 'dc' | 'ac'): HuffmanTable {
    const table = this.scan.components[component]?.[kind];
    if (table === undefined) throw damagedJpeg('a Huffman table is missing');
    return table;
  }

  private nextDc(component: number): number {
    const category = decodeHuffman(this.reader, this.table(component, 'dc'));
    if (category > 16) throw damagedJpeg('a DC category is out of range');
    const value = (this.predictions[component] as number) + this.reader.takeSigned(category);
    this.predictions[component] = value;
    return value;
  }

  private sequential(component: number, coefficients: Int32Array, offset: number): void {
    coefficients[offset] = this.nextDc(component);
    const table = this.table(component, 'ac');
    for (let k = 1; k < 64; k += 1) {
      const symbol = decodeHuffman(this.reader, table);
      const category = symbol & 15;
      const run = symbol >> 4;
      if (category === 0) {
        if (run !== 15) return;
        k += 15;
      } else {
        k += run;
        if (k > 63) throw damagedJpeg('a run leaves its block');
        coefficients[offset + k] = this.reader.takeSigned(category);
      }
    }
  }

  private progressiveDc(component: number, coefficients: Int32Array, offset: number): void {
    const { approximationHigh, approximationLow } = this.scan;
    if (approximationHigh === 0) coefficients[offset] = this.nextDc(component) << approximationLow;
    else if (this.reader.take(1) === 1)
      coefficients[offset] = (coefficients[offset] as number) | (1 << approximationLow);
  }

  /** Section G.1.2.2. */
  private firstAc(coefficients: Int32Array, offset: number): void {
    if (this.endOfBandRun > 0) {
      this.endOfBandRun -= 1;
      return;
    }
    const { spectralStart, spectralEnd, approximationLow } = this.scan;
    const table = this.table(0, 'ac');
    for (let k = spectralStart; k <= spectralEnd; k += 1) {
      const symbol = decodeHuffman(this.reader, table);
      const category = symbol & 15;
      const run = symbol >> 4;
      if (category === 0) {
        if (run < 15) {
          this.endOfBandRun = (1 << run) - 1 + this.reader.take(run);
          return;
        }
        k += 15;
      } else {
        k += run;
        if (k > 63) throw damagedJpeg('a run leaves its block');
        coefficients[offset + k] = this.reader.takeSigned(category) * (1 << approximationLow);
      }
    }
  }

  /** Section G.1.2.3: one more bit for coefficients that are not zero, new ones where a run of zeros ends. */
  private refineAc(coefficients: Int32Array, offset: number): void {
    const { spectralStart, spectralEnd, approximationLow } = this.scan;
    const step = 1 << approximationLow;
    let k = spectralStart;
    if (this.endOfBandRun === 0) {
      const table = this.table(0, 'ac');
      for (; k <= spectralEnd; k += 1) {
        const symbol = decodeHuffman(this.reader, table);
        const run = symbol >> 4;
        let value = 0;
        if ((symbol & 15) !== 0) value = this.reader.take(1) === 1 ? step : -step;
        else if (run < 15) {
          this.endOfBandRun = (1 << run) + this.reader.take(run);
          break;
        }
        k = this.refineUntil(coefficients, offset, k, run, step);
        if (value !== 0 && k <= spectralEnd) coefficients[offset + k] = value;
      }
    }
    if (this.endOfBandRun > 0) {
      this.refineUntil(coefficients, offset, k, 64, step);
      this.endOfBandRun -= 1;
    }
  }

  /** Refines from `k` on; returns where the zero after `zeros` others stands, or the end of the band. */
  private refineUntil(coefficients: Int32Array, offset: number, k: number, zeros: number, step: number): number {
    let left = zeros;
    let at = k;
    for (; at <= this.scan.spectralEnd; at += 1) {
      const value = coefficients[offset + at] as number;
      if (value === 0) {
        if (left === 0) break;
        left -= 1;
      } else if (this.reader.take(1) === 1 && (Math.abs(value) & step) === 0) {
        coefficients[offset + at] = value + (value > 0 ? step : -step);
      }
    }
    return at;
  }
}
