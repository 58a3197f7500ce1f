import { chinaDay } from '../i18n/china-day.ts';

type Age =
  | { key: 'age'; count: { years: number } }
  | { key: 'ageMonths'; count: { months: number } }
  | { key: 'ageDays'; count: { days: number } };

const DAY_MS = 24 * 3600_000;

/** Age as paediatrics writes it: days up to a month, months up to three years, years from there; by today's calendar in China. Undefined where the date is none or lies ahead. */
export function ageOf(birthDate: string, today: Date): Age | undefined {
  const [year, month, day] = birthDate.split('-').map(Number);
  if (!year || !month || !day) return undefined;
  const [thisYear = 0, thisMonth = 0, thisDay = 0] = chinaDay(today).split('-').map(Number);
  const months = (thisYear - year) * 12 + thisMonth - month - (thisDay < day ? 1 : 0);
  if (months >= 36) return { key: 'age', count: { years: Math.floor(months / 12) } };
  if (months >= 1) return { key: 'ageMonths', count: { months } };
  const days = Math.round((Date.UTC(thisYear, thisMonth - 1, thisDay) - Date.UTC(year, month - 1, day)) / DAY_MS);
  return days >= 0 ? { key: 'ageDays', count: { days } } : undefined;
}
