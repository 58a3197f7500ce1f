import { readFile } from 'node:fs/promises';
import { readDicomFile } from '../../formats/dicom/dicom-file.ts';
import { encodeEcg } from '../../formats/ecg/encode-wire.ts';
import { readEcg } from '../../formats/ecg/read-ecg.ts';
import type { LocalFile } from '../thread/tasks.ts';

export const ecgTasks = {
  /** An ECG in the form that goes to the browser. @throws Failure as `readEcg`. */
  'ecg:record': async ({ path }: LocalFile): Promise<Uint8Array> =>
    encodeEcg(readEcg(readDicomFile(new Uint8Array(await readFile(path))))),
};
