import type { DiagnosisTerm } from '../contract/index.ts';
import { aliases } from './aliases.ts';
import { createPinyin, type Pinyin } from './pinyin.ts';
import { spoken } from './spoken.ts';
import { birthOrigin } from './terms/birth-origin.ts';
import { bloodMetabolismMind } from './terms/blood-metabolism-mind.ts';
import { circulation } from './terms/circulation.ts';
import { digestion } from './terms/digestion.ts';
import { everyday } from './terms/everyday.ts';
import { infections } from './terms/infections.ts';
import { neoplasms } from './terms/neoplasms.ts';
import { nervesSenses } from './terms/nerves-senses.ts';
import { respiration } from './terms/respiration.ts';
import { signsInjuries } from './terms/signs-injuries.ts';
import { skinMotionKidney } from './terms/skin-motion-kidney.ts';

/**
 * The codes that consultations most often need: WHO ICD-10 (2019) three- and four-character codes, the Chinese names as
 * GB/T 14396-2016 and everyday use have them. Not the whole classification; a code that is not here may still be typed.
 */
export const diagnosisTerms: readonly DiagnosisTerm[] = [
  infections,
  neoplasms,
  bloodMetabolismMind,
  nervesSenses,
  circulation,
  respiration,
  digestion,
  skinMotionKidney,
  birthOrigin,
  signsInjuries,
  everyday,
].flatMap((chapter) => linesOf(chapter).map(([code = '', zh = '', en = '']) => ({ code, zh, en })));

function linesOf(text: string): string[][] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.split('|'));
}

const LIMIT = 20;
const HAN = /\p{Script=Han}/u;
const aliasSounds = aliases.map(([alias, code]) => ({ sound: createPinyin(alias), code }));

interface Entry {
  term: DiagnosisTerm;
  /** Without the dot, in small letters; '' for text alone. */
  plainCode: string;
  zh: string;
  /** "Unspecified" is the classification's word for the disease itself. */
  name: string;
  words: string[];
  /** Abbreviations and short forms, in small letters. */
  spoken: string[];
  /** Of the name, and of the short forms in Chinese. */
  pinyin: Pinyin[];
}

/** Made once, when the server starts: thousands of readings are not looked up for every letter typed. */
const entries: Entry[] = createEntries();

function createEntries(): Entry[] {
  const shortForms = new Map(linesOf(spoken).map(([zh = '', words = '']) => [zh, words]));
  for (const [, zh = '', , words = ''] of linesOf(everyday)) shortForms.set(zh, words);
  return diagnosisTerms.map((term) => {
    const spokenFor = (shortForms.get(term.zh) ?? '').toLowerCase().split(' ').filter(Boolean);
    const name = term.en.toLowerCase().replace(/, unspecified$/, '');
    return {
      term,
      plainCode: term.code.toLowerCase().replace('.', ''),
      zh: term.zh.toLowerCase(),
      name,
      words: name.split(/[^a-z0-9]+/),
      spoken: spokenFor,
      pinyin: [term.zh, ...spokenFor.filter((word) => HAN.test(word))].map(createPinyin),
    };
  });
}

/**
 * The terms that best match what was typed: a code or its beginning (with or without the dot), a piece of the Chinese name or of
 * what is said for it, its pinyin or initials, an abbreviation, or words of the English one in any order. A name that begins with
 * it comes before one that contains it.
 */
export function searchDiagnoses(typed: string): DiagnosisTerm[] {
  const query = typed.trim().toLowerCase();
  if (query === '') return [];
  const meant = [
    ...aliases.filter(([alias]) => query.length > 1 && alias.startsWith(query)).map(([, code]) => code),
    ...aliasSounds.filter(({ sound }) => sound.match(query) === 'beginning').map(({ code }) => code),
  ];
  return entries
    .map((entry) => ({ term: entry.term, rank: rankOf(entry, query, meant) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((one, other) => one.rank - other.rank || (one.term.code < other.term.code ? -1 : 1))
    .slice(0, LIMIT)
    .map(({ term }) => term);
}

const NO_MATCH = 11;

/** @param meant beginnings of the codes that an everyday name stands for. */
function rankOf(entry: Entry, query: string, meant: readonly string[]): number {
  const { term, plainCode, zh, name, words, pinyin } = entry;
  const plainQuery = query.replace('.', '');
  if (plainQuery !== '' && plainCode === plainQuery) return 0;
  if (plainQuery !== '' && plainCode.startsWith(plainQuery)) return 1;
  if (zh === query || name === query || entry.spoken.includes(query)) return 2;
  if (meant.some((beginning) => term.code.startsWith(beginning))) return 3;
  if (zh.startsWith(query)) return 4;
  if (zh.includes(query)) return 5;
  if (entry.spoken.some((word) => word.startsWith(query))) return 6;
  const sounds = pinyin.map((one) => one.match(query));
  if (sounds.includes('beginning')) return 7;
  if (name.startsWith(query)) return 8;
  if (query.split(/\s+/).every((part) => words.some((word) => word.startsWith(part)))) return 9;
  return sounds.includes('inside') ? 10 : NO_MATCH;
}
