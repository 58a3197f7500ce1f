import { open } from 'node:fs/promises';
import { readFully } from '../../archive/durable.ts';
import { Failure } from '../../contract/failure.ts';
import { FOREIGN_ECG_HEAD_BYTES, foreignEcgFormatOf } from '../../formats/ecg/foreign-format.ts';
import { readEcg } from '../../formats/ecg/read-ecg.ts';
import type { PictureReader } from '../reader.ts';
import { ecgTasks } from './tasks.ts';

export const ecg: PictureReader = {
  async recogniseFile({ path, sizeBytes }) {
    const handle = await open(path, 'r');
    try {
      const head = await readFully(handle, 0, Math.min(sizeBytes, FOREIGN_ECG_HEAD_BYTES));
      const format = foreignEcgFormatOf(head);
      if (format === undefined) return undefined;
      throw new Failure('invalid-message', `${format} is not read yet`, { reason: 'ecg-format-unsupported' });
    } finally {
      await handle.close();
    }
  },
  async inspectInstance(_, dicom) {
    try {
      readEcg(dicom);
      return { refusal: null, showsLabel: false };
    } catch (err) {
      // Anything but a failure with a reason is a fault of ours, not of the file.
      if (!(err instanceof Failure) || err.reason === undefined) throw err;
      return { refusal: { reason: err.reason, message: err.message }, showsLabel: false };
    }
  },
  tasks: ecgTasks,
};
