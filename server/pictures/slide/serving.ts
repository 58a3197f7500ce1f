import type { PictureServing } from '../serving.ts';
import { toPathologyMaterial } from './material.ts';
import { mountSlides } from './routes.ts';

export const pathology: PictureServing = {
  toMaterial: toPathologyMaterial,
  pictureIdOf: ({ seriesInstanceUid }) => seriesInstanceUid,
  mount: mountSlides,
};
