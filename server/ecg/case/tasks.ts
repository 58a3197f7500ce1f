import { readFile } from 'node:fs/promises';
import { readDicomFile } from '../../imaging/dicom-file.ts';
import type { LocalFile } from '../../studies/imaging-worker/tasks.ts';
import { readEcg } from '../read-ecg.ts';
import { encodeEcg } from '../wire.ts';

export const ecgTasks = {
  /** An ECG in the form that goes to the browser. @throws Failure as `readEcg`. */
  'ecg:record': async ({ path }: LocalFile): Promise<Uint8Array> =>
    encodeEcg(readEcg(readDicomFile(new Uint8Array(await readFile(path))))),
};
