import { Failure } from '../../contract/index.ts';
import type { PictureKindModule } from '../../pictures/kind.ts';
import { readEcg } from '../read-ecg.ts';
import { toEcgMaterial } from './material.ts';
import { mountEcgs } from './routes.ts';
import { ecgTasks } from './tasks.ts';

export const ecg: PictureKindModule = {
  toMaterial: toEcgMaterial,
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
