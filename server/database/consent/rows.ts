import { EntitySchema } from 'typeorm';
import type { ConsentEvidence, StoredConsent, StoredWithdrawal } from '../../consents/store.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from '../columns.ts';

const hashColumn = { type: 'varchar', length: 64 } as const;

export const ConsentRow = new EntitySchema<StoredConsent>({
  name: 'consent',
  columns: {
    consentId: primary(idColumn),
    consultationId: idColumn,
    signer: { type: 'varchar', length: 16 },
    signerName: { type: 'varchar', length: 64 },
    relation: nullable({ type: 'varchar', length: 16 }),
    reason: { type: 'text' },
    scopes: jsonColumn,
    textVersion: { type: 'varchar', length: 16 },
    method: { type: 'varchar', length: 16 },
    evidenceSha256: nullable(hashColumn),
    givenAt: instantColumn,
    recordedBy: idColumn,
  },
});

export const ConsentWithdrawalRow = new EntitySchema<StoredWithdrawal>({
  name: 'consent_withdrawal',
  columns: {
    consentId: primary(idColumn),
    scope: primary({ type: 'varchar', length: 16 }),
    askedBy: { type: 'varchar', length: 16 },
    askedByName: { type: 'varchar', length: 64 },
    reason: { type: 'text' },
    byAccountId: idColumn,
    at: instantColumn,
  },
});

export const ConsentEvidenceRow = new EntitySchema<ConsentEvidence>({
  name: 'consent_evidence',
  columns: {
    consultationId: primary(idColumn),
    sha256: primary(hashColumn),
    mediaType: { type: 'varchar', length: 16 },
    sizeBytes: integerColumn,
    addedBy: idColumn,
    addedAt: instantColumn,
  },
});
