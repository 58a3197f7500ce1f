import { EntitySchema } from 'typeorm';
import { idColumn, instantColumn, integerColumn, nullable, primary } from '../columns.ts';

export interface AttemptRecord {
  attemptKey: string;
  attempts: number;
  attemptedAt: string;
  lockedUntil: string | null;
  loginKey: string | null;
  accountId: string | null;
}

export const AttemptRow = new EntitySchema<AttemptRecord>({
  name: 'sign_in_attempt',
  columns: {
    attemptKey: primary({ type: 'varchar', length: 64 }),
    attempts: integerColumn,
    attemptedAt: instantColumn,
    lockedUntil: nullable(instantColumn),
    loginKey: { type: 'varchar', length: 64, nullable: true },
    accountId: nullable(idColumn),
  },
});

export const KnownOriginRow = new EntitySchema<{ originKey: string; usedAt: string }>({
  name: 'known_origin',
  columns: { originKey: primary({ type: 'varchar', length: 64 }), usedAt: instantColumn },
});
