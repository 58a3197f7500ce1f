import type { useTexts } from '../i18n/use-texts.ts';
import type { SeriesLabel } from './job.ts';

type T = ReturnType<typeof useTexts>;

export function studyName(t: T, description: string): string {
  return description || t('uploads:found.studyUnnamed');
}

export function seriesName(t: T, { seriesDescription, seriesNumber }: SeriesLabel): string {
  const number = seriesNumber ?? t('uploads:found.noNumber');
  return seriesDescription || t('uploads:found.seriesUnnamed', { number });
}
