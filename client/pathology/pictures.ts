import i18next from 'i18next';
import type { PathologyMaterial } from '../../server/contract/pathology.ts';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import type { Picture } from '../review/viewer.ts';

/** The slides of a material. */
export function picturesOf(material: MaterialView): Picture[] {
  if (material.kind !== 'pathology') return [];
  return material.slides.map(({ slideId, description, sizeBytes }, index) => ({
    pictureId: slideId,
    materialId: material.materialId,
    title: description || titleOfUnnamed(material, index),
    detail: i18next.t('pathology:slideDetail', { size: sizeText(sizeBytes) }),
  }));
}

function titleOfUnnamed({ description, slides }: PathologyMaterial, index: number): string {
  if (description && slides.length === 1) return description;
  return i18next.t('pathology:slideNumber', { number: index + 1 });
}

function sizeText(sizeBytes: number): string {
  const megabytes = sizeBytes / 1024 ** 2;
  if (megabytes >= 1024) return `${(megabytes / 1024).toFixed(1)} GB`;
  return `${megabytes < 10 ? megabytes.toFixed(1) : Math.round(megabytes)} MB`;
}
