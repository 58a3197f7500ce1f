import { type EntityManager, In, IsNull } from 'typeorm';
import type { MachineStore } from '../../machines/store.ts';
import { insertRow } from '../insert-row.ts';
import { updateRow } from '../update-row.ts';
import { MachineRow } from './rows.ts';

export function createMachineStore(manager: EntityManager): MachineStore {
  const newest = { madeAt: 'DESC', machineId: 'ASC' } as const;
  return {
    insert: (machine) => insertRow(manager, MachineRow, machine),
    find: async (machineId) => (await manager.findOneBy(MachineRow, { machineId })) ?? undefined,
    findMany: async (machineIds) =>
      machineIds.length === 0 ? [] : manager.findBy(MachineRow, { machineId: In([...machineIds]) }),
    findByHash: async (secretHash) => (await manager.findOneBy(MachineRow, { secretHash })) ?? undefined,
    async list(facilityIds) {
      if (facilityIds === 'all') return manager.find(MachineRow, { order: newest });
      if (facilityIds.length === 0) return [];
      return manager.find(MachineRow, { where: { facilityId: In([...facilityIds]) }, order: newest });
    },
    async noteUse(machineId, usedAt) {
      await manager.update(MachineRow, { machineId }, { usedAt });
    },
    confirm: (machineId, by) => updateRow(manager, MachineRow, { machineId, confirmedAt: IsNull() }, by),
    revoke: (machineId, by) => updateRow(manager, MachineRow, { machineId, revokedAt: IsNull() }, by),
  };
}
