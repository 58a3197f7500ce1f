import { z } from 'zod';

/**
 * What somebody is to the patient. `committee`: a residents' or villagers' committee or the civil affairs department, where nobody of the family can
 * be guardian (Civil Code of the PRC, articles 27, 28 and 32).
 */
export const Relation = z.enum(['parent', 'spouse', 'child', 'grandparent', 'sibling', 'other-relative', 'committee']);
export type Relation = z.infer<typeof Relation>;

/** Who decides for a minor, or for somebody who cannot decide; as it is being typed. */
export const Guardian = z.object({
  name: z.string().max(64),
  relation: Relation.nullable(),
  phone: z.string().max(20),
});
export type Guardian = z.infer<typeof Guardian>;

/** Civil Code of the PRC, article 17. */
const OF_AGE_YEARS = 18;
/** From here on who lives by their own work decides alone (Civil Code of the PRC, article 18). */
const MAY_SIGN_YEARS = 16;

/** Whole years on a day, both `YYYY-MM-DD`; undefined where the birth date is none or lies after the day. */
function yearsAt(birthDate: string, today: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate) || birthDate > today) return undefined;
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return birthDate.slice(5) > today.slice(5) ? years - 1 : years;
}

/** Under 18: somebody has to be named who decides for the patient. Whose age nobody knows counts as grown. */
export function isMinor(birthDate: string, today: string): boolean {
  return (yearsAt(birthDate, today) ?? OF_AGE_YEARS) < OF_AGE_YEARS;
}

/** Whether the patient may sign for themselves, as far as age decides. */
export function maySignAlone(birthDate: string, today: string): boolean {
  return (yearsAt(birthDate, today) ?? OF_AGE_YEARS) >= MAY_SIGN_YEARS;
}
