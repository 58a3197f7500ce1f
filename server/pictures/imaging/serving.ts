import type { PictureServing } from '../serving.ts';
import { toImagingMaterial } from './material.ts';

/** Images are handed out by DICOMweb. */
export const imaging: PictureServing = { toMaterial: toImagingMaterial };
