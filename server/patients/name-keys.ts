import { pinyin } from 'pinyin-pro';

/** By what a name is found: as it is written, as it sounds, and the first letters of its sounds. */
export interface NameKeys {
  nameKey: string;
  /** ASCII alone, so that both databases sort alike. Empty where the name has no sound that is known. */
  pinyin: string;
  initials: string;
}

/** As long as the columns. */
const MAX_LENGTH = 64;
const MAX_PINYIN = 255;

/**
 * Names are compared without what people write differently or leave out: spaces, the dot between the parts of Uyghur and other
 * names (· • ‧), hyphens, capitals, the narrow forms of letters, and the invisible marks of Mongolian script.
 */
export function nameKeyOf(name: string): string {
  return [...foldName(name)].slice(0, MAX_LENGTH).join('');
}

/** As {@link nameKeyOf}, of a text of any length. */
export function foldName(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}

export function nameKeysOf(name: string): NameKeys {
  const syllables = pinyinSyllables(name);
  return {
    nameKey: nameKeyOf(name),
    pinyin: syllables.join('').slice(0, MAX_PINYIN),
    initials: syllables
      .map((one) => one.charAt(0))
      .join('')
      .slice(0, MAX_LENGTH),
  };
}

/** `li, chun, mei`: a surname's own reading first (曾 is zeng), lower-case ASCII, ü as v. */
export function pinyinSyllables(name: string): string[] {
  return pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', surname: 'head' })
    .map((one) => toAscii(one))
    .filter((one) => one !== '');
}

function toAscii(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ü', 'v')
    .normalize('NFD')
    .replace(/[^\x21-\x7e]/g, '');
}
