import type { PictureKind } from '../../server/contract/picture-kinds.ts';
import type { useTexts } from '../i18n/use-texts.ts';
import type { GroupLabel } from './job.ts';

type T = ReturnType<typeof useTexts>;

export function studyName(t: T, description: string): string {
  return description || t('uploads:found.studyUnnamed');
}

export function groupName(t: T, label: GroupLabel): string {
  if (label.form !== 'series') return label.fileName;
  const { seriesDescription, seriesNumber: number } = label;
  if (seriesDescription) return seriesDescription;
  return number === null ? t('uploads:found.seriesUnnumbered') : t('uploads:found.seriesUnnamed', { number });
}

export function kindOfLabel(label: GroupLabel): PictureKind {
  if (label.form === 'series') return label.pictureKind;
  return label.form === 'slide-file' ? 'pathology' : 'documents';
}
