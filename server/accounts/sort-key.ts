import { pinyinSyllables } from '../patients/name-keys.ts';

/** As long as the column. */
const MAX_LENGTH = 255;

/** Under which a name is sorted and found: `lichunmei lcm` for 李春梅. ASCII alone, so that both databases sort alike. */
export function sortKeyOf(name: string): string {
  const syllables = pinyinSyllables(name);
  const initials = syllables.map((one) => one.charAt(0)).join('');
  return `${syllables.join('')} ${initials}`.slice(0, MAX_LENGTH);
}
