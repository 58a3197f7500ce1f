const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The calendar day in China (UTC+8 all year), `YYYY-MM-DD`. */
export function chinaDate(at: Date): string {
  return new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}

/** Day and minute in China, `YYYY-MM-DD HH:mm`. */
export function chinaMinute(at: Date): string {
  return new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** Midnight at which a day (`YYYY-MM-DD`) begins in China. */
export function startOfChinaDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - CHINA_OFFSET_MS);
}

export function endOfChinaDay(day: string): Date {
  return new Date(startOfChinaDay(day).getTime() + 24 * 3_600_000);
}
