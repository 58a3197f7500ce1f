import { pinyin } from 'pinyin-pro';

/** As long as the column. */
const MAX_LENGTH = 255;

/** Under which a name is sorted and found: `lichunmei lcm` for 李春梅. ASCII alone, so that both databases sort alike. */
export function sortKeyOf(name: string): string {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', surname: 'head' })
    .map((one) => toAscii(one))
    .filter((one) => one !== '');
  const initials = syllables.map((one) => one.charAt(0)).join('');
  return `${syllables.join('')} ${initials}`.slice(0, MAX_LENGTH);
}

function toAscii(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ü', 'v')
    .normalize('NFD')
    .replace(/[^\x21-\x7e]/g, '');
}
