import { CHINA_OFFSET_MINUTES, chinaDay } from '../i18n/china-day.ts';

/** Day and clock of an instant in China, as the browser's own fields take them; empty where there is none. */
export function dayAndClock(instant: string | null): { day: string; clock: string } {
  if (instant === null) return { day: '', clock: '' };
  const at = new Date(instant);
  const inChina = new Date(at.getTime() + CHINA_OFFSET_MINUTES * 60_000);
  return { day: chinaDay(at), clock: inChina.toISOString().slice(11, 16) };
}

/** The instant of a day and clock in China; null where one of them is none yet. */
export function instantOf(day: string, clock: string): string | null {
  const atMs = Date.parse(`${day}T${clock}:00.000Z`) - CHINA_OFFSET_MINUTES * 60_000;
  return Number.isNaN(atMs) ? null : new Date(atMs).toISOString();
}
