import { EntitySchema } from 'typeorm';
import type { ChainedEntry, ChainHead } from '../audit/chain.ts';
import type { AccessEntry } from '../audit/store.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from './columns.ts';

export const AuditRow = new EntitySchema<ChainedEntry>({
  name: 'audit_entry',
  columns: {
    sequence: primary(integerColumn),
    at: instantColumn,
    actorId: nullable(idColumn),
    facilityId: nullable(idColumn),
    action: { type: 'varchar', length: 64 },
    subjectKind: { type: 'varchar', length: 32 },
    subjectId: { type: 'varchar', length: 128 },
    consultationId: nullable(idColumn),
    detail: jsonColumn,
    requestId: { type: 'varchar', length: 64 },
    previousHash: { type: 'varchar', length: 64 },
    hash: { type: 'varchar', length: 64 },
  },
});

/** One row; locking it puts the writers of the chain in line. */
export const AuditHeadRow = new EntitySchema<ChainHead & { headId: number }>({
  name: 'audit_head',
  columns: { headId: primary(integerColumn), sequence: integerColumn, hash: { type: 'varchar', length: 64 } },
});

export const AccessRow = new EntitySchema<AccessEntry & { position: number }>({
  name: 'access_entry',
  columns: {
    position: { ...integerColumn, primary: true, generated: 'increment' },
    accessId: idColumn,
    at: instantColumn,
    actorId: idColumn,
    facilityId: idColumn,
    basis: { type: 'varchar', length: 32 },
    subjectKind: { type: 'varchar', length: 32 },
    subjectId: { type: 'varchar', length: 128 },
    consultationId: nullable(idColumn),
  },
});
