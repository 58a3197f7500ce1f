import { EntitySchema } from 'typeorm';
import type { ChainedAccess, ChainedEntry, ChainHead } from '../../audit/chain.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from '../columns.ts';

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
    actorRole: { type: 'varchar', length: 32, nullable: true },
  },
});

/** One row a chain, acts and reads; locking both puts the writers in line. */
export const AuditHeadRow = new EntitySchema<ChainHead & { headId: number }>({
  name: 'audit_head',
  columns: { headId: primary(integerColumn), sequence: integerColumn, hash: { type: 'varchar', length: 64 } },
});

export const AccessRow = new EntitySchema<ChainedAccess>({
  name: 'access_entry',
  columns: {
    position: primary(integerColumn),
    accessId: idColumn,
    at: instantColumn,
    actorId: idColumn,
    facilityId: idColumn,
    basis: { type: 'varchar', length: 32 },
    subjectKind: { type: 'varchar', length: 32 },
    subjectId: { type: 'varchar', length: 128 },
    consultationId: nullable(idColumn),
    previousHash: { type: 'varchar', length: 64 },
    hash: { type: 'varchar', length: 64 },
  },
});
