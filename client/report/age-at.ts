import type { ReportContent } from '../../server/contract/report.ts';
import { chinaDay } from '../i18n/china-day.ts';
import type { useTexts } from '../i18n/use-texts.ts';

/** The patient's age when the report was signed, named as estimated where nobody knows the birth date; '' where nothing is known. */
export function reportAge(
  t: ReturnType<typeof useTexts>,
  { patient, signedAt }: Pick<ReportContent, 'patient' | 'signedAt'>,
): string {
  const years = ageAt(patient.birthDate, signedAt);
  if (years !== undefined) return t('terms:age', { years });
  const { estimatedAgeYears } = patient;
  return estimatedAgeYears === undefined ? '' : t('report:ageEstimated', { years: estimatedAgeYears });
}

/** Full years at an instant, by the calendar in China; undefined where the birth date is none. */
export function ageAt(birthDate: string, instant: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return undefined;
  const day = chinaDay(new Date(instant));
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
