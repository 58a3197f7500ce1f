import { type EntityManager, In, Like } from 'typeorm';
import type { FacilityNode } from '../../access/administered-facilities.ts';
import type { Facility } from '../../facilities/facility.ts';
import { founded } from '../../facilities/facility.ts';
import type { FacilityStore } from '../../facilities/store.ts';
import { insertRow } from '../insert-row.ts';
import { updateRow } from '../update-row.ts';
import { createAgreementStore } from './agreement-store.ts';
import { createAllianceStore } from './alliance-store.ts';
import { FacilityRow } from './rows.ts';

export function createFacilityStore(manager: EntityManager): FacilityStore {
  const isMysql = manager.connection.options.type === 'mysql';
  return {
    insert: (facility) => insertRow(manager, FacilityRow, founded(facility)),
    find: async (facilityId) => (await manager.findOneBy(FacilityRow, { facilityId })) ?? undefined,
    findMany: (facilityIds) =>
      facilityIds.length === 0 ? Promise.resolve([]) : manager.findBy(FacilityRow, { facilityId: In(facilityIds) }),
    findByUscc: async (uscc18) => (await manager.findOneBy(FacilityRow, { uscc18 })) ?? undefined,
    // Of every facility, for nearly every act of administration: as they come, without an object of TypeORM's for each.
    listNodes: () =>
      manager
        .createQueryBuilder(FacilityRow, 'f')
        .select('f.facilityId', 'facilityId')
        .addSelect('f.parentId', 'parentId')
        .getRawMany<FacilityNode>(),
    // SQLite has one writer at a time anyway; MySQL locks the rows in the order of their keys, so that nobody waits crosswise.
    listNodesForUpdate: () =>
      manager.find(FacilityRow, {
        select: { facilityId: true, parentId: true },
        order: { facilityId: 'ASC' },
        ...(isMysql ? { lock: { mode: 'pessimistic_write' as const } } : {}),
      }),
    listAll: () => manager.find(FacilityRow, { order: { region6: 'ASC', name: 'ASC' } }),
    search(text, limit) {
      const pattern = Like(`%${text.replace(/[\\%_]/g, '\\$&')}%`);
      return manager.find(FacilityRow, {
        where: [
          { status: 'active', name: pattern },
          { status: 'active', shortName: pattern },
        ],
        order: { name: 'ASC' },
        take: limit,
      });
    },
    replace: (facility, version) =>
      updateRow<Facility>(manager, FacilityRow, { facilityId: facility.facilityId, version }, facility),
    ...createAgreementStore(manager),
    ...createAllianceStore(manager),
  };
}
