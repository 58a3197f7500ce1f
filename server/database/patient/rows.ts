import { EntitySchema } from 'typeorm';
import type { PatientIdentifier } from '../../patients/identifiers.ts';
import type { PatientMerge } from '../../patients/merge.ts';
import type { PatientEntry, PatientGuardian } from '../../patients/store.ts';
import { idColumn, instantColumn, integerColumn, nullable, primary } from '../columns.ts';

export const PatientRow = new EntitySchema<PatientEntry>({
  name: 'patient',
  columns: {
    patientId: primary(idColumn),
    facilityId: idColumn,
    idNumberIndex: { type: 'varchar', length: 64 },
    name: { type: 'varchar', length: 64 },
    nameKey: { type: 'varchar', length: 64 },
    pinyin: { type: 'varchar', length: 255 },
    initials: { type: 'varchar', length: 64 },
    sex: nullable({ type: 'varchar', length: 8 }),
    birthDate: { type: 'varchar', length: 10 },
    estimatedAgeYears: nullable(integerColumn),
    createdAt: instantColumn,
    changedAt: instantColumn,
  },
});

export const PatientIdentifierRow = new EntitySchema<PatientIdentifier>({
  name: 'patient_identifier',
  columns: {
    identifierId: primary(idColumn),
    patientId: idColumn,
    kind: { type: 'varchar', length: 32 },
    numberIndex: { type: 'varchar', length: 64 },
    sealed: { type: 'varchar', length: 255 },
    masked: { type: 'varchar', length: 64 },
    addedAt: instantColumn,
  },
});

export const PatientGuardianRow = new EntitySchema<PatientGuardian>({
  name: 'patient_guardian',
  columns: {
    patientId: primary(idColumn),
    name: { type: 'varchar', length: 64 },
    relation: nullable({ type: 'varchar', length: 16 }),
    sealedPhone: { type: 'varchar', length: 255 },
    maskedPhone: { type: 'varchar', length: 20 },
    changedAt: instantColumn,
  },
});

export const PatientMergeRow = new EntitySchema<PatientMerge>({
  name: 'patient_merge',
  columns: {
    mergeId: primary(idColumn),
    keptId: idColumn,
    mergedId: idColumn,
    activeMergedId: nullable(idColumn),
    reason: { type: 'text' },
    mergedAt: instantColumn,
    mergedBy: idColumn,
    undoneAt: nullable(instantColumn),
    undoneBy: nullable(idColumn),
  },
});
