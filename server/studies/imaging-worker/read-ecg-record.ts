import { readFile } from 'node:fs/promises';
import { readEcg } from '../../ecg/read-ecg.ts';
import { encodeEcg } from '../../ecg/wire.ts';
import { readDicomFile } from '../../imaging/dicom-file.ts';
import type { LocalFile } from './tasks.ts';

/** An ECG in the form that goes to the browser. @throws Failure as `readEcg`. */
export async function readEcgRecord({ path }: LocalFile): Promise<Uint8Array> {
  return encodeEcg(readEcg(readDicomFile(new Uint8Array(await readFile(path)))));
}
