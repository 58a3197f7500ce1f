import { createPlane, decodeDctScan, type Plane } from './dct-scan.ts';
import { inverseDct, ZIGZAG } from './idct.ts';
import { damagedJpeg, type JpegFrame } from './markers.ts';
import { readScans } from './scans.ts';

/**
 * Decodes the DCT processes with Huffman coding (SOF0, SOF1, SOF2), sequential and progressive, of 8 or 12 bits: what
 * libjpeg-turbo built for 8 bits leaves out. Gives samples interleaved by pixel as they are in the stream (no colour
 * conversion), components of smaller size repeated. Throws `file-damaged`.
 */
export function decodeDctJpeg(bytes: Uint8Array): Uint8Array | Uint16Array {
  let planes: Plane[] | undefined;
  let frame: JpegFrame | undefined;
  const quantization: (Uint16Array | undefined)[] = [];
  for (const scan of readScans(bytes)) {
    frame = scan.frame;
    if (frame.process > 2) throw damagedJpeg('not a DCT process');
    planes ??= frame.components.map((component) => createPlane(component, scan.frame));
    decodeDctScan(scan, planes);
    // A table may be replaced after the scan it was for.
    for (const { index, component } of scan.components) {
      quantization[index] ??= scan.quantizationTables.get(component.quantizationTable);
    }
  }
  if (planes === undefined || frame === undefined) throw damagedJpeg('no scan');
  const { rows, columns, precision, components } = frame;
  const samples =
    precision > 8
      ? new Uint16Array(rows * columns * components.length)
      : new Uint8Array(rows * columns * components.length);
  planes.forEach((plane, index) => {
    const table = quantization[index];
    if (table === undefined) throw damagedJpeg('a quantization table is missing');
    writePlane(samples, index, planeSamples(plane, table, precision), plane, frame);
  });
  return samples;
}

/** Dequantizes and transforms all blocks of a component, section A.3. */
function planeSamples(plane: Plane, table: Uint16Array, precision: number): Uint16Array {
  const { blocksAcross, blocksDown, coefficients } = plane;
  const width = blocksAcross * 8;
  const samples = new Uint16Array(width * blocksDown * 8);
  const block = new Float64Array(64);
  const result = new Float64Array(64);
  const level = 1 << (precision - 1);
  const highest = (1 << precision) - 1;
  for (let index = 0; index < blocksAcross * blocksDown; index += 1) {
    for (let k = 0; k < 64; k += 1) {
      block[ZIGZAG[k] as number] = (coefficients[index * 64 + k] as number) * (table[k] as number);
    }
    inverseDct(block, result);
    const origin = Math.floor(index / blocksAcross) * 8 * width + (index % blocksAcross) * 8;
    for (let k = 0; k < 64; k += 1) {
      const value = Math.round(result[k] as number) + level;
      samples[origin + (k >> 3) * width + (k & 7)] = value < 0 ? 0 : Math.min(value, highest);
    }
  }
  return samples;
}

function writePlane(
  samples: Uint8Array | Uint16Array,
  index: number,
  from: Uint16Array,
  plane: Plane,
  frame: JpegFrame,
): void {
  const { rows, columns, components } = frame;
  const width = plane.blocksAcross * 8;
  const stride = components.length;
  for (let row = 0; row < rows; row += 1) {
    const line = Math.floor(row * plane.verticalScale) * width;
    for (let column = 0; column < columns; column += 1) {
      samples[(row * columns + column) * stride + index] = from[
        line + Math.floor(column * plane.horizontalScale)
      ] as number;
    }
  }
}
