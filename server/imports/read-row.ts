import type { z } from 'zod';
import { Failure, type ImportColumn, type ImportFault, type ImportRow } from '../contract/index.ts';
import { isDayColumn } from './shapes.ts';
import type { Cell, TableRow } from './table/table.ts';
import { findValue, type Words } from './words.ts';

/** A row of a file while it is looked at: what it says, and what is found wrong with it. */
export interface ReadRow {
  line: number;
  faults: ImportRow['faults'];
  changes: ImportRow['changes'];
  /** undefined: the file has no such column. */
  text(column: ImportColumn): string | undefined;
  /** null where the cell is empty; a word that is none of these is a fault. undefined: the file has no such column. */
  value<Value extends string>(column: ImportColumn, words: Words<Value>, reason: ImportFault): Value | null | undefined;
  fault(column: ImportColumn | null, reason: ImportFault, line?: number): void;
  /** What the file says there is shown to nobody and kept nowhere. */
  hide(column: ImportColumn): void;
  isHidden(column: ImportColumn): boolean;
}

export function readRow({ line, cells }: TableRow): ReadRow {
  const faults: ImportRow['faults'] = Object.entries(cells).flatMap(([column, { fault }]) =>
    fault === undefined || (fault === 'cell-date' && isDayColumn(column))
      ? []
      : [{ column: column as ImportColumn, reason: fault, line: null }],
  );
  const text = (column: ImportColumn) => (cells as Partial<Record<ImportColumn, Cell>>)[column]?.text;
  const fault: ReadRow['fault'] = (column, reason, other) => {
    // The first thing that is wrong with a cell is what has to be mended.
    if (column === null || !faults.some((one) => one.column === column))
      faults.push({ column, reason, line: other ?? null });
  };
  const hidden = new Set<ImportColumn>();
  return {
    line,
    faults,
    changes: [],
    text,
    fault,
    hide: (column) => void hidden.add(column),
    isHidden: (column) => hidden.has(column),
    value(column, words, reason) {
      const typed = text(column);
      if (typed === undefined || typed === '') return typed === undefined ? undefined : null;
      const found = findValue(words, typed);
      if (found === undefined) fault(column, reason);
      return found ?? null;
    },
  };
}

/** Where a field stands in a table, and what is wrong where it is not as the contract's schema says. */
export type FieldFaults = Partial<Record<string, { column: ImportColumn; reason: ImportFault }>>;

/** Looks at what a row says by the schema of the page's form. */
export function checkSchema<T>(row: ReadRow, schema: z.ZodType<T>, value: unknown, fields: FieldFaults): T | undefined {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const { column = null, reason = 'not-a-word' } = fields[String(issue.path[0])] ?? {};
    const isEmpty = column !== null && (row.text(column) ?? '') === '';
    row.fault(column, isEmpty ? 'missing' : issue.code === 'too_big' ? 'too-long' : reason);
  }
  return undefined;
}

/** Asks a rule of the pages; what it refuses is a fault of the row. */
export function checkRule(
  row: ReadRow,
  column: ImportColumn | null,
  reasonOf: (failure: Failure) => ImportFault,
  rule: () => void,
): void {
  try {
    rule();
  } catch (err) {
    if (!(err instanceof Failure)) throw err;
    row.fault(column, reasonOf(err));
  }
}

/** A row as it is shown. @param isNew whether what it speaks of is not there yet. */
export function toImportRow(
  { line, faults, changes, text, isHidden }: ReadRow,
  columns: readonly ImportColumn[],
  isNew: boolean,
): ImportRow {
  const isFaulty = faults.length > 0;
  const state = isFaulty ? 'faulty' : isNew ? 'new' : changes.length > 0 ? 'changed' : 'unchanged';
  return {
    line,
    state,
    cells: columns.map((column) => (isHidden(column) ? '***' : (text(column) ?? ''))),
    faults,
    changes: isFaulty ? [] : changes,
  };
}

/** What differs in the columns that the file has. */
export function changesIn(
  row: ReadRow,
  before: Partial<Record<ImportColumn, string>>,
  after: Partial<Record<ImportColumn, string>>,
): ImportRow['changes'] {
  return (Object.keys(after) as ImportColumn[]).flatMap((column) =>
    row.text(column) !== undefined && before[column] !== after[column]
      ? [{ column, before: before[column] ?? '' }]
      : [],
  );
}
