import type { DiagnosisTerm } from '../contract/index.ts';
import { aliases } from './aliases.ts';
import { birthOrigin } from './terms/birth-origin.ts';
import { bloodMetabolismMind } from './terms/blood-metabolism-mind.ts';
import { circulation } from './terms/circulation.ts';
import { digestion } from './terms/digestion.ts';
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
].flatMap((chapter) =>
  chapter
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', zh = '', en = ''] = line.split('|');
      return { code, zh, en };
    }),
);

const LIMIT = 20;

/**
 * The terms that best match what was typed: a code or its beginning (with or without the dot), a piece of the Chinese
 * name or of what is said for it, or words of the English one in any order. A name that begins with it comes before one that contains it.
 */
export function searchDiagnoses(typed: string): DiagnosisTerm[] {
  const query = typed.trim().toLowerCase();
  if (query === '') return [];
  const meant = aliases.filter(([alias]) => query.length > 1 && alias.startsWith(query)).map(([, code]) => code);
  return diagnosisTerms
    .map((term) => ({ term, rank: rankOf(term, query, meant) }))
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((one, other) => one.rank - other.rank || (one.term.code < other.term.code ? -1 : 1))
    .slice(0, LIMIT)
    .map(({ term }) => term);
}

const NO_MATCH = 9;

/** @param meant beginnings of the codes that an everyday name stands for. */
function rankOf({ code, zh, en }: DiagnosisTerm, query: string, meant: readonly string[]): number {
  const plainCode = code.toLowerCase().replace('.', '');
  const plainQuery = query.replace('.', '');
  if (plainCode === plainQuery) return 0;
  if (plainCode.startsWith(plainQuery)) return 1;
  // "Unspecified" is the classification's word for the disease itself.
  const name = en.toLowerCase().replace(/, unspecified$/, '');
  if (zh === query || name === query) return 2;
  if (meant.some((beginning) => code.startsWith(beginning))) return 3;
  if (zh.startsWith(query)) return 4;
  if (zh.includes(query)) return 5;
  if (name.startsWith(query)) return 6;
  const words = name.split(/[^a-z0-9]+/);
  return query.split(/\s+/).every((part) => words.some((word) => word.startsWith(part))) ? 7 : NO_MATCH;
}
