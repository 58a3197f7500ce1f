import { pinyin } from 'pinyin-pro';
import type { PatientComparison } from '../contract/patient.ts';
import { isRegularPinyin, pinyinOf, pinyinParses } from './pinyin-syllables.ts';
import { couldSound } from './romanization-initials.ts';

type Comparison = PatientComparison['verdict'];

/** One syllable, with its tone (1 to 4) where it is known. */
interface Sound {
  syllable: string;
  tone: number | undefined;
}

/** A run of letters of a name, as written: `JIANGUO` in `WANG^JIANGUO`. */
interface Word {
  letters: string;
  tone: number | undefined;
}

const COMPOUND_SURNAMES = new Set(
  '欧阳 上官 司马 诸葛 司徒 皇甫 尉迟 公孙 东方 独孤 南宫 慕容 令狐 夏侯 长孙 宇文 轩辕 端木 百里 呼延 东郭 西门 澹台 濮阳 淳于 单于 申屠 闻人 钟离 万俟 赫连 鲜于 拓跋 第五'.split(
    ' ',
  ),
);
/** Readings that families bear beside the one that the dictionary has. */
const OTHER_SURNAME_READINGS: Record<string, Sound[]> = {
  乐: [{ syllable: 'le', tone: 4 }],
  覃: [{ syllable: 'tan', tone: 2 }],
  翟: [{ syllable: 'di', tone: 2 }],
  盖: [{ syllable: 'gai', tone: 4 }],
  牟: [{ syllable: 'mu', tone: 4 }],
  种: [{ syllable: 'chong', tone: 2 }],
};
/** Four syllables are 24 letters; the readings of much longer ones, which a file may hold, would be countless. */
const MOST_LETTERS = 36;
const HAN_NAME = /^\p{Script=Han}{2,4}$/u;

/**
 * A name in characters against one in Latin letters, one component group of a file (PS3.5 section 6.2.1).
 *
 * `same`: the letters are the name's pinyin. `differs`: they are pinyin, and no other romanisation, reading, order, slip or
 * shortening of a name in use makes them of it. Everything else is `unknown`: other spellings of China's names are too many.
 */
export function compareRomanizedName(characters: string, latin: string): Comparison {
  const name = characters.normalize('NFKC').replace(/\s/g, '');
  const components = latin.length > 2 * MOST_LETTERS ? undefined : wordsOf(latin);
  if (!HAN_NAME.test(name) || !components) return 'unknown';
  if (familyLengths(name).some((length) => spells(components, expectedSounds(name, length), length))) return 'same';
  return differsClearly(components.flat(), name) ? 'differs' : 'unknown';
}

/** Family and given name as written, middle names among the latter. undefined: there is something else than letters. */
function wordsOf(latin: string): Word[][] | undefined {
  const [family = '', ...given] = latin.split('^').slice(0, 3);
  const components = [family, given.join(' ')].map((component) => {
    const spelled = component
      .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
      .normalize('NFD')
      .toLowerCase()
      .replace(/u(\u0308|:)/g, 'v')
      .replace(/\p{M}/gu, '')
      .replace(/(?<=[a-z])([0-5])/g, '$1 ');
    return spelled.split(/[\s'’‘`\-.,]+/).filter((word) => word !== '');
  });
  const all = components.flat();
  if (all.join('').length > MOST_LETTERS || !all.every((word) => /^[a-z]+[0-5]?$/.test(word))) return undefined;
  return components
    .map((words) => words.map((word) => ({ letters: word.replace(/\d/, ''), tone: toneIn(word) })))
    .filter((words) => words.length > 0);
}

/** 0 and 5 are the neutral tone, which says nothing about the character. */
function toneIn(word: string): number | undefined {
  const tone = Number(/[1-4]$/.exec(word)?.[0] ?? 0);
  return tone === 0 ? undefined : tone;
}

function familyLengths(name: string): number[] {
  const isCompound = name.length > 2 && COMPOUND_SURNAMES.has(name.slice(0, 2));
  return isCompound ? [2] : [1];
}

/** For each character all its readings; those of a family name only where it is one: 单 is shan there, never dan. */
function expectedSounds(name: string, familyLength: number): Sound[][] {
  const asSurname = pinyin(name, { surname: 'head', toneType: 'num', type: 'array', v: true }).map(soundOf);
  return [...name].map((character, index) => {
    const family = asSurname[index];
    if (index < familyLength && family) return [family, ...(OTHER_SURNAME_READINGS[character] ?? [])];
    return readingsOf(character);
  });
}

function readingsOf(character: string): Sound[] {
  return pinyin(character, { multiple: true, toneType: 'num', type: 'array', v: true }).map(soundOf);
}

function soundOf(reading: string): Sound {
  return { syllable: reading.replace(/\d/, ''), tone: toneIn(reading) };
}

function spells(components: Word[][], expected: Sound[][], familyLength: number): boolean {
  const [family = [], given = []] = components.map(soundsOf);
  const [familyName, givenName] = [expected.slice(0, familyLength), expected.slice(familyLength)];
  if (given.length === 0) {
    const words = components[0] ?? [];
    if (matches(family, expected)) return true;
    const last = soundsOf(words.slice(-1));
    return (
      isGivenName(words.slice(0, -1)) && matches(family, [...givenName, ...familyName]) && matches(last, familyName)
    );
  }
  if (matches(family, familyName) && matches(given, givenName)) return true;
  return isGivenName(components[0] ?? []) && matches(family, givenName) && matches(given, familyName);
}

/** Nobody's family name: one word of two syllables that is no compound surname. Only then may it stand first. */
function isGivenName([word, ...others]: Word[]): boolean {
  const syllables = word && others.length === 0 ? pinyinOf(word.letters) : undefined;
  return (
    syllables?.length === 2 &&
    ![...COMPOUND_SURNAMES].some((surname) => matches(toSounds(syllables), readings(surname)))
  );
}

const readings = (surname: string): Sound[][] => expectedSounds(surname, 2);

function soundsOf(words: Word[]): Sound[] {
  return words.flatMap(({ letters, tone }) => toSounds(pinyinOf(letters) ?? [letters], tone));
}

/** A digit behind several syllables is the last one's tone. */
function toSounds(syllables: string[], tone?: number): Sound[] {
  return syllables.map((syllable, index) => ({
    syllable,
    tone: index === syllables.length - 1 ? tone : undefined,
  }));
}

function matches(written: Sound[], expected: Sound[][]): boolean {
  return (
    written.length === expected.length &&
    written.every(({ syllable, tone }, index) =>
      expected[index]?.some(
        (reading) =>
          reading.syllable === syllable && (tone === undefined || reading.tone === undefined || reading.tone === tone),
      ),
    )
  );
}

function differsClearly(words: Word[], name: string): boolean {
  if (!words.every(({ letters }) => isRegularPinyin(letters))) return false;
  const parses = combinations(words.map(({ letters }) => pinyinParses(letters)));
  // One syllable is too little, and four characters without a compound surname may be no Chinese name at all.
  if (parses.length === 0 || parses.some(({ length }) => length < 2)) return false;
  if (name.length === 4 && familyLengths(name)[0] === 1) return false;
  const sounds = [...name].map((character) => readingsOf(character).map(({ syllable }) => syllable));
  const orders = parses.flatMap((parse) => parse.map((_, index) => [...parse.slice(index), ...parse.slice(0, index)]));
  return !orders.some((order) => couldBe(order, sounds));
}

/** Also what was cut off, or goes on after the name. */
function couldBe(order: string[], sounds: string[][]): boolean {
  const shared = Math.min(order.length, sounds.length);
  const heard = order.slice(0, shared);
  if (order.length === sounds.length)
    return heard.every((syllable, index) => sounds[index]?.some((sound) => couldSound(sound, syllable)));
  return heard.every((syllable, index) => sounds[index]?.some((sound) => sound.startsWith(syllable)));
}

function combinations(parts: string[][][]): string[][] {
  return parts.reduce<string[][]>((all, part) => all.flatMap((head) => part.map((tail) => [...head, ...tail])), [[]]);
}
