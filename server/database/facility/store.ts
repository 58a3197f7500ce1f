import { type EntityManager, In, LessThanOrEqual, MoreThan } from 'typeorm';
import type { FacilityStore } from '../../facilities/store.ts';
import { insertRow } from '../insert-row.ts';
import { AgreementRow, FacilityRow } from './rows.ts';

export function createFacilityStore(manager: EntityManager): FacilityStore {
  return {
    insert: (facility) => insertRow(manager, FacilityRow, facility),
    find: async (facilityId) => (await manager.findOneBy(FacilityRow, { facilityId })) ?? undefined,
    findMany: (facilityIds) =>
      facilityIds.length === 0 ? Promise.resolve([]) : manager.findBy(FacilityRow, { facilityId: In(facilityIds) }),
    insertAgreement: (agreement) => insertRow(manager, AgreementRow, agreement),
    listAgreements: (invitingFacilityId, at) =>
      manager.findBy(AgreementRow, {
        invitingFacilityId,
        validFrom: LessThanOrEqual(at.toISOString()),
        validTo: MoreThan(at.toISOString()),
      }),
  };
}
