/** China has one zone, UTC+8 all year. */
export const CHINA_OFFSET_MINUTES = 8 * 60;

/** The calendar day in China, `YYYY-MM-DD`, whatever zone the computer is set to. */
export function chinaDay(at: Date): string {
  return new Date(at.getTime() + CHINA_OFFSET_MINUTES * 60_000).toISOString().slice(0, 10);
}
