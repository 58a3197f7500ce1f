import { CalendarDate } from '../../server/contract/primitives.ts';
import { chinaDay } from '../i18n/china-day.ts';

/**
 * A date as people type it, `YYYY-MM-DD`: `19560312`, `1956-3-12`, `1956.03.12`, `1956/3/12`, `1956年3月12日`.
 * undefined where it is none, the 30th of February included.
 */
export function parseBirthDate(text: string): string | undefined {
  const typed = text.normalize('NFKC').trim();
  const parts =
    /^(\d{4})(\d{2})(\d{2})$/.exec(typed) ?? /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$/.exec(typed);
  if (!parts) return undefined;
  const [, year = '', month = '', day = ''] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return CalendarDate.safeParse(date).success ? date : undefined;
}

/** Today in China, whatever zone the computer is set to: the calendar of births and of the server's check. */
export function todayInChina(now = new Date()): string {
  return chinaDay(now);
}
