import assert from 'node:assert/strict';
import { en } from '../../../client/i18n/en.ts';
import { zhCn } from '../../../client/i18n/zh-CN.ts';
import { ImportKind } from '../../../server/contract/index.ts';
import { columnsOf, sheetNameOf } from '../../../server/imports/shapes.ts';
import {
  GRADE_WORDS,
  LEVEL_WORDS,
  LICENCE_CATEGORY_WORDS,
  LICENCE_GRADE_WORDS,
  ROLE_WORDS,
  TIER_WORDS,
  type Words,
} from '../../../server/imports/words.ts';

describe('the words of tables', () => {
  it('head the columns as the page shows them', () => {
    for (const kind of ImportKind.options)
      for (const [language, texts] of [
        ['zh-CN', zhCn],
        ['en', en],
      ] as const) {
        const headed = columnsOf(kind).map(([column, heading]) => [column, heading[language]]);
        assert.deepEqual(Object.fromEntries(headed), texts.imports.columns[kind]);
        assert.equal(sheetNameOf(kind, language), texts.imports.kinds[kind]);
      }
  });

  const wordsOf = <Value extends string>(words: Words<Value>, language: 'zh-CN' | 'en') =>
    Object.fromEntries((Object.keys(words) as Value[]).map((value) => [value, words[value][language]]));

  it('are those that the pages use for the same', () => {
    for (const [language, texts] of [
      ['zh-CN', zhCn],
      ['en', en],
    ] as const) {
      const { grades, levels } = texts.administration.facility;
      const { none: _, ...given } = grades;
      assert.deepEqual(wordsOf(TIER_WORDS, language), texts.terms.tier);
      assert.deepEqual(wordsOf(ROLE_WORDS, language), texts.terms.role);
      assert.deepEqual(wordsOf(GRADE_WORDS, language), given);
      assert.deepEqual(wordsOf(LICENCE_CATEGORY_WORDS, language), texts.accounts.licence.categories);
      assert.deepEqual(wordsOf(LICENCE_GRADE_WORDS, language), texts.accounts.licence.grades);
      assert.deepEqual(wordsOf(LEVEL_WORDS, language), { 1: levels.one, 2: levels.two, 3: levels.three });
    }
  });
});
