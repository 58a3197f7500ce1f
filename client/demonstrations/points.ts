const MAX_POINTS = 25;

/** Points with one decimal at most, as typed. @param least 0 where they may be taken away. @returns undefined: these are none. */
export function pointsOf(text: string, least: 0 | 0.1): number | undefined {
  const typed = text.trim();
  if (!/^\d{1,2}(\.\d)?$/.test(typed)) return undefined;
  const points = Number(typed);
  return points >= least && points <= MAX_POINTS ? points : undefined;
}
