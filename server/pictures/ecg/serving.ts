import type { PictureServing } from '../serving.ts';
import { toEcgMaterial } from './material.ts';
import { mountEcgs } from './routes.ts';

export const ecg: PictureServing = {
  toMaterial: toEcgMaterial,
  mount: mountEcgs,
};
