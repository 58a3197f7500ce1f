import { pinyinParses } from '../patients/pinyin-syllables.ts';

/** What fingers and minds walk along. A row goes either way, from any key on. */
const ROWS = [
  '01234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik',
  '一二三四五六七八九十',
];
const NEIGHBOURS = new Set(
  ROWS.flatMap((row) => [...row].slice(1).flatMap((letter, index) => [row[index] + letter, letter + row[index]])),
);

/** In how many straight pieces a text falls: `aaaa1234` in two. */
function countRuns(text: string): number {
  const letters = [...text];
  return letters.filter((letter, index) => {
    const before = letters[index - 1];
    return before === undefined || (before !== letter && !NEIGHBOURS.has(before + letter));
  }).length;
}

/** Few different characters, a piece over and over, or one or two rows of keys. @param text of ten characters or more */
export function isRepetitive(text: string): boolean {
  return new Set(text).size <= 3 || /^(.{1,5})\1+$/u.test(text) || countRuns(text) <= 2;
}

const YEAR = '(?:19[3-9]\\d|20[0-4]\\d)';
const DAY = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const DATE = `(?:${YEAR}${DAY}|\\d\\d${DAY})`;
const PHONE = /^[a-z]{0,4}(?:86)?1[3-9]\d{9}[a-z]{0,4}$/;
const BIRTHDAY = new RegExp(`^[a-z]{0,4}${DATE}{1,2}[a-z]{0,4}$`);
/** Six digits of a region, a day of birth, and four more (GB 11643). */
const ID_NUMBER = new RegExp(`^[1-9]\\d{5}${YEAR}${DAY}\\d{3}[\\dx]$`);
/** Numbers that are said like words, as 520 (I love you) and 1314 (for ever). */
const SPOKEN = /^(?:520|521|1314|168|666|888|999)+$/;

export const isPhoneNumber = (text: string): boolean => PHONE.test(text);

export const isBirthday = (text: string): boolean => BIRTHDAY.test(text) || ID_NUMBER.test(text);

/** Digits that everybody puts behind a word. */
export function isUsualNumber(digits: string): boolean {
  return (
    digits.length <= 3 ||
    countRuns(digits) <= 2 ||
    SPOKEN.test(digits) ||
    new RegExp(`^(?:${YEAR}|${DATE})$`).test(digits)
  );
}

/** A word between numbers that everybody uses, without these; undefined where it is made otherwise. */
export function wordAmongUsualNumbers(text: string): string | undefined {
  const [, before = '', word, after = ''] = /^(\d*)(\D+)(\d*)$/.exec(text) ?? [];
  return isUsualNumber(before) && isUsualNumber(after) ? word : undefined;
}

/** A person's name has three syllables at the most, compound family names apart. */
const NAME_SYLLABLES = 3;
const LONGEST_SYLLABLE = 6;

export function isPinyinName(letters: string): boolean {
  if (!/^[a-z]+$/.test(letters) || letters.length > NAME_SYLLABLES * LONGEST_SYLLABLE) return false;
  return pinyinParses(letters).some((syllables) => syllables.length <= NAME_SYLLABLES);
}
