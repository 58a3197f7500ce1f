import type { PictureKindModule } from '../../pictures/kind.ts';
import { toImagingMaterial } from './material.ts';

/** Images are handed out by DICOMweb. */
export const imaging: PictureKindModule = { toMaterial: toImagingMaterial };
