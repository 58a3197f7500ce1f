import { EntitySchema } from 'typeorm';
import type { PatientEntry } from '../../patients/store.ts';
import { idColumn, instantColumn, primary } from '../columns.ts';

export const PatientRow = new EntitySchema<PatientEntry>({
  name: 'patient',
  columns: {
    patientId: primary(idColumn),
    facilityId: idColumn,
    idNumberIndex: { type: 'varchar', length: 64 },
    createdAt: instantColumn,
  },
});
