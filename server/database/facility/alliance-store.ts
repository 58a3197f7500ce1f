import type { EntityManager } from 'typeorm';
import type { Alliance } from '../../facilities/alliance.ts';
import type { FacilityStore } from '../../facilities/store.ts';
import { insertRow } from '../insert-row.ts';
import { updateRow } from '../update-row.ts';
import { AllianceRow } from './rows.ts';

type AllianceStore = Pick<FacilityStore, 'insertAlliance' | 'findAlliance' | 'listAlliances' | 'replaceAlliance'>;

/** A province has tens of alliances: whose they are is looked at in memory. */
export function createAllianceStore(manager: EntityManager): AllianceStore {
  return {
    insertAlliance: (alliance) => insertRow(manager, AllianceRow, alliance),
    findAlliance: async (allianceId) => (await manager.findOneBy(AllianceRow, { allianceId })) ?? undefined,
    listAlliances: () => manager.find(AllianceRow, { order: { name: 'ASC' } }),
    replaceAlliance: (alliance, version) =>
      updateRow<Alliance>(manager, AllianceRow, { allianceId: alliance.allianceId, version }, alliance),
  };
}
