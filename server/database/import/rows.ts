import { EntitySchema } from 'typeorm';
import type { ImportRow } from '../../contract/index.ts';
import type { KeptImport } from '../../imports/store.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, primary } from '../columns.ts';

/** Rows are read by themselves: each step of importing reads the rest. */
export const KeptImportRow = new EntitySchema<KeptImport & { rows: ImportRow[] }>({
  name: 'kept_import',
  columns: {
    importId: primary(idColumn),
    accountId: idColumn,
    kind: { type: 'varchar', length: 16 },
    fileName: { type: 'varchar', length: 255 },
    sha256: { type: 'varchar', length: 64 },
    columns: jsonColumn,
    ignoredColumns: jsonColumn,
    counts: jsonColumn,
    rows: { ...jsonColumn, select: false },
    steps: jsonColumn,
    doneSteps: integerColumn,
    createdAt: instantColumn,
    expiresAt: instantColumn,
  },
});
