import { type EntityManager, In } from 'typeorm';
import type { PatientStore } from '../../patients/store.ts';
import { insertIfNew } from '../insert-row.ts';
import { insertNew } from '../update-row.ts';
import { createMergeStore } from './merge-store.ts';
import { PatientGuardianRow, PatientIdentifierRow, PatientRow } from './rows.ts';
import { createPatientSearch } from './search.ts';

export function createPatientStore(manager: EntityManager): PatientStore {
  return {
    ...createPatientSearch(manager),
    ...createMergeStore(manager),

    async register(entry, identifiers) {
      const { facilityId, idNumberIndex } = entry;
      const isNew = await insertNew(manager, PatientRow, entry);
      const { patientId } = await manager.findOneByOrFail(PatientRow, { facilityId, idNumberIndex });
      if (!isNew) {
        const { patientId: _p, facilityId: _f, idNumberIndex: _i, createdAt: _c, ...latest } = entry;
        await manager.update(PatientRow, { patientId }, latest);
      }
      for (const one of identifiers(patientId)) await insertIfNew(manager, PatientIdentifierRow, one);
      return patientId;
    },

    addIdentifier: (identifier) => insertIfNew(manager, PatientIdentifierRow, identifier),

    async putGuardian(guardian) {
      await manager.save(PatientGuardianRow, guardian);
    },

    listGuardians: async (patientIds) =>
      patientIds.length === 0
        ? []
        : manager.find(PatientGuardianRow, {
            where: { patientId: In(patientIds) },
            order: { changedAt: 'DESC', patientId: 'ASC' },
          }),

    async describe(patientId, known) {
      await manager.update(PatientRow, { patientId }, known);
    },

    find: async (patientId) => (await manager.findOneBy(PatientRow, { patientId })) ?? undefined,

    findMany: async (patientIds) =>
      patientIds.length === 0 ? [] : manager.findBy(PatientRow, { patientId: In(patientIds) }),

    listIdentifiers: async (patientIds) =>
      patientIds.length === 0
        ? []
        : manager.find(PatientIdentifierRow, {
            where: { patientId: In(patientIds) },
            order: { addedAt: 'ASC', kind: 'ASC', identifierId: 'ASC' },
          }),
  };
}
