import type { MaterialView, PictureKind } from '../contract/index.ts';
import { toEcgMaterial } from './ecg-material.ts';
import { toImagingMaterial } from './imaging-material.ts';
import { toPathologyMaterial } from './pathology-material.ts';
import type { Instance, PictureFile, Series } from './study.ts';

/** Everything of one kind of one study (or one file) that is attached to a case. */
export interface MaterialContent {
  common: Pick<MaterialView, 'materialId' | 'description' | 'studyDate' | 'patientName' | 'addedAt'>;
  /** '': a file. */
  studyInstanceUid: string;
  /** Those that have instances here. */
  series: Series[];
  /** In order of instance number. */
  instances: Instance[];
  /** null: a study. */
  file: PictureFile | null;
}

/** How each kind lists what is attached: a further kind is one line here. */
export const materialViews: Record<PictureKind, (content: MaterialContent) => MaterialView> = {
  imaging: toImagingMaterial,
  ecg: toEcgMaterial,
  pathology: toPathologyMaterial,
};
