import { EntitySchema } from 'typeorm';
import type { Grant } from '../../access/grant.ts';
import type { Consultation } from '../../cases/consultation.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from '../columns.ts';

export const ConsultationRow = new EntitySchema<Consultation>({
  name: 'consultation',
  columns: {
    consultationId: primary(idColumn),
    caseNumber: { type: 'varchar', length: 32 },
    kind: { type: 'varchar', length: 16 },
    state: { type: 'varchar', length: 32 },
    version: integerColumn,
    patientId: nullable(idColumn),
    patient: jsonColumn,
    question: { type: 'text' },
    historySummary: { type: 'text' },
    diagnosis: jsonColumn,
    invitedFacilityId: nullable(idColumn),
    wantedSpecialty: { type: 'varchar', length: 64 },
    kindChange: nullable(jsonColumn),
    handOver: nullable(jsonColumn),
    urgency: nullable({ type: 'varchar', length: 16 }),
    consent: nullable(jsonColumn),
    terms: nullable(jsonColumn),
    parties: nullable(jsonColumn),
    requesterId: idColumn,
    requesterFacilityId: idColumn,
    specialistId: nullable(idColumn),
    reason: { type: 'text' },
    createdAt: instantColumn,
    submittedAt: nullable(instantColumn),
    acceptedAt: nullable(instantColumn),
    metAt: nullable(instantColumn),
    issuedAt: nullable(instantColumn),
    amendment: nullable(jsonColumn),
    changedAt: instantColumn,
  },
});

export const GrantRow = new EntitySchema<Grant>({
  name: 'consultation_grant',
  columns: {
    grantId: primary(idColumn),
    consultationId: idColumn,
    accountId: idColumn,
    facilityId: idColumn,
    basis: { type: 'varchar', length: 32 },
    fromAt: instantColumn,
    endedAt: nullable(instantColumn),
    endedBy: nullable(idColumn),
    endReason: nullable({ type: 'text' }),
  },
});
