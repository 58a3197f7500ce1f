import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Sample DICOM, ECG and slides with reference values; lies beside the checkout, not in it. */
const DATA_FOLDER = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** The full path of a sample, e.g. `dicom/series/ct-chest-lidc0314`. @throws Error where the samples are not there. */
export function dataPath(path: string): string {
  const full = DATA_FOLDER + path;
  if (!existsSync(full)) throw new Error(`the test data are missing: ${path}`);
  return full;
}

export async function readData(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(dataPath(path)));
}
