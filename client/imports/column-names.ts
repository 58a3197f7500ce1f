import type { ImportColumn, ImportKind } from '../../server/contract/imports.ts';
import type { useTexts } from '../i18n/use-texts.ts';

/** What a column is called on the page, as in the file. */
export function columnName(t: ReturnType<typeof useTexts>, kind: ImportKind, column: ImportColumn | string): string {
  return t(`imports:columns.${kind}.${column}` as 'imports:columns.people.name');
}
