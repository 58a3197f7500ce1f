import type { FacilityDraft, ImportColumn, TableLanguage } from '../contract/index.ts';
import { GRADE_WORDS, LEVEL_WORDS, TIER_WORDS, wordOf } from './words.ts';

type Cells = Partial<Record<ImportColumn, string>>;

/** A facility as a row of a table, but for the place above it. */
export function facilityCells(draft: FacilityDraft, language: TableLanguage): Cells {
  const { name, shortName, tier, region6, orgCode22, uscc18, level, grade } = draft;
  return {
    name,
    shortName,
    tier: wordOf(TIER_WORDS, tier, language),
    region6,
    orgCode22,
    uscc18,
    level: wordOf(LEVEL_WORDS, level === null ? null : (String(level) as '1' | '2' | '3'), language),
    grade: wordOf(GRADE_WORDS, grade, language),
  };
}
