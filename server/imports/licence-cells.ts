import {
  findLicenceNumberFault,
  type ImportColumn,
  type PractitionerData,
  type TableLanguage,
} from '../contract/index.ts';
import { checkedPractitioner, NOTHING_RECORDED } from '../practitioners/practitioner.ts';
import { checkRule, type ReadRow } from './read-row.ts';
import { LICENCE_CATEGORY_WORDS, LICENCE_GRADE_WORDS, wordOf } from './words.ts';

/** The columns of people that say something of a licence; a file may have none of them. */
export const LICENCE_COLUMNS = [
  'licenceNumber',
  'licenceCategory',
  'licenceGrade',
  'licenceFrom',
  'licenceTo',
  'independentSince',
] as const;

/** A licence as cells of a person's row. */
export function licenceCells(practitioner: PractitionerData | undefined, language: TableLanguage) {
  const { licenceNumber, category, grade, validFrom, validTo, independentSince } = practitioner ?? NOTHING_RECORDED;
  return {
    licenceNumber: licenceNumber ?? '',
    licenceCategory: wordOf(LICENCE_CATEGORY_WORDS, category, language),
    licenceGrade: wordOf(LICENCE_GRADE_WORDS, grade, language),
    licenceFrom: validFrom ?? '',
    licenceTo: validTo ?? '',
    independentSince: independentSince ?? '',
  };
}

/**
 * What a row says of a licence, over what is on file.
 * @returns undefined where the file has no such column.
 */
export function readLicence(
  row: ReadRow,
  stored: PractitionerData | undefined,
  at: Date,
): PractitionerData | undefined {
  if (!LICENCE_COLUMNS.some((column) => row.text(column) !== undefined)) return undefined;
  const before = stored ?? NOTHING_RECORDED;
  const typed = {
    ...before,
    specialties: [...before.specialties],
    licenceNumber: readNumber(row, before.licenceNumber),
    category: orBefore(row.value('licenceCategory', LICENCE_CATEGORY_WORDS, 'category-unknown'), before.category),
    grade: orBefore(row.value('licenceGrade', LICENCE_GRADE_WORDS, 'licence-grade-unknown'), before.grade),
    validFrom: readDay(row, 'licenceFrom', before.validFrom),
    validTo: readDay(row, 'licenceTo', before.validTo),
    independentSince: readDay(row, 'independentSince', before.independentSince),
  };
  if (row.faults.length > 0) return undefined;
  let checked: PractitionerData | undefined;
  checkRule(
    row,
    null,
    ({ reason }) => (reason === 'independent-in-future' ? 'day-to-come' : 'licence-dates'),
    () => {
      checked = checkedPractitioner(typed, at);
    },
  );
  return checked;
}

const orBefore = <V>(read: V | null | undefined, before: V | null): V | null => (read === undefined ? before : read);

function readNumber(row: ReadRow, before: string | null): string | null {
  const text = row.text('licenceNumber');
  if (text === undefined || text === '') return text === undefined ? before : null;
  const fault = findLicenceNumberFault(text);
  // It embeds the ID-card number: it is neither shown nor kept with the import.
  if (fault === 'licence-number-qualification') row.hide('licenceNumber');
  if (fault) row.fault('licenceNumber', fault);
  return fault ? before : text;
}

/** null where the cell is empty; what stands there now where the file has no such column, or says no day. */
export function readDay(row: ReadRow, column: ImportColumn, before: string | null): string | null {
  const text = row.text(column);
  if (text === undefined || text === '') return text === undefined ? before : null;
  const day = findDay(text);
  if (day === undefined) row.fault(column, 'day-wrong');
  return day ?? before;
}

/** A day as people write it: 2027-01-31, 2027/1/31, 2027.1.31, 2027年1月31日, 20270131. @returns undefined where it is none. */
export function findDay(text: string): string | undefined {
  const [, year, month = '', day = ''] =
    /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/
      .exec(text.normalize('NFKC').replace(/\s/g, ''))
      ?.filter((part) => part !== undefined) ?? [];
  if (year === undefined) return undefined;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${written}T00:00:00.000Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(written) ? written : undefined;
}
