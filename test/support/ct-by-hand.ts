import { readFile } from 'node:fs/promises';
import type { Point } from '../../server/contract/index.ts';
import { dataPath, readReferences } from './data.ts';
import { CT_SERIES, listData } from './images.ts';

/*
 * The CT series read without any of the project's code: implicit little endian, 512 × 512 words at the very end of each file,
 * HU = stored − 1000 (references.json). What the product shows is held against this.
 */

const SIDE = 512;
const PIXEL_BYTES = SIDE * SIDE * 2;
const HU_OFFSET = 1000;
const SOP_INSTANCE_UID_TAG = Buffer.from([0x08, 0x00, 0x18, 0x00]);

export interface CtFile {
  path: string;
  sopInstanceUid: string;
  bytes: Buffer;
}

export async function readCtFiles(): Promise<CtFile[]> {
  const paths = (await listData(CT_SERIES)).filter((path) => path.endsWith('.dcm'));
  return Promise.all(
    paths.map(async (path) => {
      const bytes = await readFile(dataPath(path));
      const at = bytes.indexOf(SOP_INSTANCE_UID_TAG, 132);
      const length = bytes.readUInt32LE(at + 4);
      const sopInstanceUid = bytes.toString('latin1', at + 8, at + 8 + length).replace(/[\0 ]+$/, '');
      return { path, sopInstanceUid, bytes };
    }),
  );
}

/** SHA-256 of the stored values, by path below the samples' folder. */
export function referenceHash(path: string): string {
  const reference = readReferences<{ dicom: Record<string, { pixels: { sha256: string } }> }>().dicom[path];
  if (reference === undefined) throw new Error(`no reference for ${path}`);
  return reference.pixels.sha256;
}

/** Mean, standard deviation (of the population), minimum and maximum in HU of the pixels whose centre lies in the ellipse. */
export function ellipseByHand({ bytes }: CtFile, start: Point, end: Point) {
  const words = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - PIXEL_BYTES, PIXEL_BYTES);
  const [cx, cy] = [(start.x + end.x) / 2, (start.y + end.y) / 2];
  const [rx, ry] = [Math.abs(end.x - start.x) / 2, Math.abs(end.y - start.y) / 2];
  const values: number[] = [];
  for (let row = 0; row < SIDE; row += 1) {
    for (let column = 0; column < SIDE; column += 1) {
      if (((column + 0.5 - cx) / rx) ** 2 + ((row + 0.5 - cy) / ry) ** 2 > 1) continue;
      values.push(words.getUint16((row * SIDE + column) * 2, true) - HU_OFFSET);
    }
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { count: values.length, mean, deviation, minimum: Math.min(...values), maximum: Math.max(...values) };
}
