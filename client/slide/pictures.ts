import i18next from 'i18next';
import type { PathologyMaterial } from '../../server/contract/pathology.ts';
import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import { createFormats } from '../i18n/formats.ts';
import type { Picture } from '../viewer/viewer.ts';

/** The slides of a material. */
export function picturesOf(material: MaterialView): Picture[] {
  if (material.kind !== 'pathology') return [];
  // The same figure as on the case's page.
  const formats = createFormats(i18next.language === 'en' ? 'en' : 'zh-CN');
  return material.slides.map(({ slideId, description, sizeBytes }, index) => ({
    pictureId: slideId,
    materialId: material.materialId,
    title: description || titleOfUnnamed(material, index),
    detail: i18next.t('pathology:slideDetail', { size: formats.bytes(sizeBytes) }),
  }));
}

function titleOfUnnamed({ description, slides }: PathologyMaterial, index: number): string {
  if (description && slides.length === 1) return description;
  return i18next.t('pathology:slideNumber', { number: index + 1 });
}
