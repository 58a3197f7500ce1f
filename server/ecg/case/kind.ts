import { open } from 'node:fs/promises';
import { Failure } from '../../contract/index.ts';
import type { PictureKindModule } from '../../pictures/kind.ts';
import { readFully } from '../../studies/durable.ts';
import { FOREIGN_ECG_HEAD_BYTES, foreignEcgFormatOf } from '../foreign-format.ts';
import { readEcg } from '../read-ecg.ts';
import { toEcgMaterial } from './material.ts';
import { mountEcgs } from './routes.ts';
import { ecgTasks } from './tasks.ts';

export const ecg: PictureKindModule = {
  toMaterial: toEcgMaterial,
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
  mount: mountEcgs,
};
