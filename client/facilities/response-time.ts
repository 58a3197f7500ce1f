const UNITS_MIN: readonly (readonly [RegExp, number])[] = [
  [/^(分|分钟|m|min|mins|minute|minutes)?$/, 1],
  [/^(时|小时|个小时|h|hr|hrs|hour|hours)$/, 60],
  [/^(天|日|d|day|days)$/, 24 * 60],
];
/** As the contract has it: 60 days. */
const LONGEST_MIN = 60 * 24 * 60;

/** A time as people write it in either language: `30`, `90 分钟`, `2 h`, `9天`; without a unit minutes. '' is null; undefined: it is none. */
export function minutesOf(text: string): number | null | undefined {
  const trimmed = text.normalize('NFKC').trim().toLowerCase();
  if (trimmed === '') return null;
  const [, count, unit = ''] = /^(\d{1,5})\s*(\D*)$/.exec(trimmed) ?? [];
  const [, unitMin] = UNITS_MIN.find(([words]) => words.test(unit)) ?? [];
  if (count === undefined || unitMin === undefined) return undefined;
  const minutes = Number(count) * unitMin;
  return minutes >= 1 && minutes <= LONGEST_MIN ? minutes : undefined;
}
