import { chinaDay } from '../i18n/china-day.ts';

/** Full years at an instant, by the calendar in China; undefined where the birth date is none. */
export function ageAt(birthDate: string, instant: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return undefined;
  const day = chinaDay(new Date(instant));
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
