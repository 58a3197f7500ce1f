import { z } from 'zod';
import { MadeLink } from './one-time-link.ts';
import { Id, Instant } from './primitives.ts';

/** What a table is of. Departments are rows of their own: a facility has many. */
export const ImportKind = z.enum(['facilities', 'departments', 'people']);
export type ImportKind = z.infer<typeof ImportKind>;

export const TableFormat = z.enum(['xlsx', 'csv', 'csv-gb18030']);
export type TableFormat = z.infer<typeof TableFormat>;

export const TableLanguage = z.enum(['zh-CN', 'en']);
export type TableLanguage = z.infer<typeof TableLanguage>;

/** Columns by the field that they fill; a file names them in either language. */
export const ImportColumn = z.enum([
  'name',
  'shortName',
  'tier',
  'region6',
  'parent',
  'orgCode22',
  'uscc18',
  'level',
  'grade',
  'facility',
  'department',
  'code',
  'answers',
  'login',
  'title',
  'role',
  'specialty',
  'licenceNumber',
  'licenceCategory',
  'licenceGrade',
  'licenceFrom',
  'licenceTo',
  'independentSince',
  'appointment',
  'fromDay',
  'toDay',
]);
export type ImportColumn = z.infer<typeof ImportColumn>;

export const ImportRowState = z.enum(['new', 'changed', 'unchanged', 'faulty']);
export type ImportRowState = z.infer<typeof ImportRowState>;

/** Why a row cannot be imported. Closed: each has a sentence in each language of the client. */
export const ImportFault = z.enum([
  // how the cell came out of the file
  'cell-formula',
  'cell-merged',
  'cell-date',
  'cell-error',
  'digits-lost',
  // what it says
  'missing',
  'too-long',
  'not-a-word',
  'tier-unknown',
  'role-unknown',
  'grade-unknown',
  'level-unknown',
  'region-wrong',
  'org-code-wrong',
  'uscc-wrong',
  'login-wrong',
  'specialty-code-unknown',
  'licence-number-length',
  'licence-number-qualification',
  'category-unknown',
  'licence-grade-unknown',
  'day-wrong',
  'day-to-come',
  'licence-dates',
  'appointment-unknown',
  'period-order',
  'department-unknown',
  // how it fits the others
  'duplicate-row',
  'facility-unknown',
  'facility-ambiguous',
  'parent-faulty',
  'circular',
  'code-taken',
  'login-taken',
  'person-unknown',
  'other-name',
  'main-row-faulty',
  'of-main-row',
  'appointment-ended',
  // whether it is the caller's to do
  'outside-remit',
  'role-not-given',
  'roles-not-apart',
  'not-yours',
  'facility-not-active',
  'demo-account',
  'last-administrator',
]);
export type ImportFault = z.infer<typeof ImportFault>;

export const ImportRow = z.object({
  /** In the file, from 1. */
  line: z.int(),
  state: ImportRowState,
  /** As the file says, in the order of the import's `columns`. */
  cells: z.array(z.string()),
  faults: z.array(
    z.object({
      /** null: the row as a whole. */
      column: ImportColumn.nullable(),
      reason: ImportFault,
      /** The other row at fault, where there is one. */
      line: z.int().nullable(),
    }),
  ),
  /** What stands there now, of each column that the row changes. */
  changes: z.array(z.object({ column: ImportColumn, before: z.string() })),
});
export type ImportRow = z.infer<typeof ImportRow>;

/** What importing a file would do; nothing has been done. */
export const ImportView = z.object({
  importId: Id,
  kind: ImportKind,
  fileName: z.string(),
  columns: z.array(ImportColumn),
  /** Headings that say nothing here; their columns are not read. */
  ignoredColumns: z.array(z.string()),
  counts: z.record(ImportRowState, z.int()),
  rows: z.array(ImportRow),
  /** Importing is done in so many steps. */
  steps: z.int(),
  /** Whom the same file added a short while ago, before it was broken off, and who have no password yet: they get links with the others. */
  invitedAgain: z.int(),
  expiresAt: Instant,
});
export type ImportView = z.infer<typeof ImportView>;

export const ImportApplyInput = z.object({
  /** How many steps are known to be done: 0 at first, then as the answer before said. */
  from: z.int().min(0),
  /** Rows without a fault are imported although others have one. */
  skipFaulty: z.boolean(),
});
export type ImportApplyInput = z.infer<typeof ImportApplyInput>;

/** A person who was imported, and the link that was made for them. It is not told again. */
export const ImportedPerson = z.object({
  person: z.object({ login: z.string(), name: z.string(), facilityName: z.string() }),
  link: MadeLink,
});
export type ImportedPerson = z.infer<typeof ImportedPerson>;

export const ImportProgress = z.object({ done: z.int(), steps: z.int(), people: z.array(ImportedPerson) });
export type ImportProgress = z.infer<typeof ImportProgress>;
