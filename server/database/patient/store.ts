import type { EntityManager } from 'typeorm';
import type { PatientStore } from '../../patients/store.ts';
import { insertNew } from '../update-row.ts';
import { PatientRow } from './rows.ts';

export function createPatientStore(manager: EntityManager): PatientStore {
  return {
    async register(entry) {
      const { facilityId, idNumberIndex } = entry;
      await insertNew(manager, PatientRow, entry);
      return (await manager.findOneByOrFail(PatientRow, { facilityId, idNumberIndex })).patientId;
    },
  };
}
