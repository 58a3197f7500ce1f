import type { ImportColumn, ImportKind } from '../../server/contract/imports.ts';
import type { Language } from '../i18n/i18n.ts';
import type { useTexts } from '../i18n/use-texts.ts';

/** What a column is called on the page, as in the file. */
export function columnName(t: ReturnType<typeof useTexts>, kind: ImportKind, column: ImportColumn | string): string {
  return t(`imports:columns.${kind}.${column}` as 'imports:columns.people.name');
}

/** Words one after the other, as the language does it. */
export function listText(language: Language, words: readonly string[]): string {
  return new Intl.ListFormat(language).format(words);
}
