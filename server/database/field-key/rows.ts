import { EntitySchema } from 'typeorm';
import { instantColumn, integerColumn, nullable, primary } from '../columns.ts';

/** One row. It names keys and holds none. */
export interface FieldKey {
  rowId: number;
  /** {@link FieldSeal.keyId} under which the database was filled. */
  keyId: string;
  /** Set while the key is changed: some values open under this one already. */
  nextKeyId: string | null;
  changedAt: string;
}

export const FIELD_KEY_ROW = 1;
const keyIdColumn = { type: 'varchar', length: 16 } as const;

export const FieldKeyRow = new EntitySchema<FieldKey>({
  name: 'field_key',
  columns: {
    rowId: primary(integerColumn),
    keyId: keyIdColumn,
    nextKeyId: nullable(keyIdColumn),
    changedAt: instantColumn,
  },
});
