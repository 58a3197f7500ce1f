import { type EntityManager, LessThanOrEqual } from 'typeorm';
import type { ImportStore } from '../../imports/store.ts';
import { insertRow } from '../insert-row.ts';
import { updateRow } from '../update-row.ts';
import { KeptImportRow } from './rows.ts';

export function createImportStore(manager: EntityManager): ImportStore {
  return {
    insert: (kept) => insertRow(manager, KeptImportRow, kept),
    find: async (importId) => (await manager.findOneBy(KeptImportRow, { importId })) ?? undefined,
    findOf: async (accountId) =>
      (await manager.findOne(KeptImportRow, { where: { accountId }, order: { createdAt: 'DESC' } })) ?? undefined,
    async findRows(importId) {
      const found = await manager.findOne(KeptImportRow, {
        where: { importId },
        select: { importId: true, rows: true },
      });
      return found?.rows ?? [];
    },
    advance: (importId, from, to) =>
      updateRow(manager, KeptImportRow, { importId, doneSteps: from }, { doneSteps: to }),
    async forget(accountId, at) {
      await manager.delete(KeptImportRow, { accountId });
      await manager.delete(KeptImportRow, { expiresAt: LessThanOrEqual(at) });
    },
  };
}
