const CHINA_OFFSET_MS = 8 * 3_600_000;

/** The calendar day in China (UTC+8 all year), `YYYY-MM-DD`. */
export function chinaDate(at: Date): string {
  return new Date(at.getTime() + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}
