import { And, type EntityManager, In, IsNull, LessThanOrEqual, MoreThanOrEqual, Not } from 'typeorm';
import type { FieldSeal } from '../../patients/seal.ts';
import type { PractitionerStore } from '../../practitioners/store.ts';
import { licenceDays } from '../account/licence-condition.ts';
import { AccountRow } from '../account/rows.ts';
import { insertRow } from '../insert-row.ts';
import { photoContext } from '../seal-contexts.ts';
import { insertNew, updateRow } from '../update-row.ts';
import { LicenceReminderRow, PractitionerPhotoRow, PractitionerRow } from './rows.ts';

export function createPractitionerStore(manager: EntityManager, seal: FieldSeal): PractitionerStore {
  return {
    find: async (accountId) => (await manager.findOneBy(PractitionerRow, { accountId })) ?? undefined,
    findMany: async (accountIds) =>
      accountIds.length === 0 ? [] : manager.findBy(PractitionerRow, { accountId: In([...new Set(accountIds)]) }),
    async put(practitioner) {
      const { accountId, revision } = practitioner;
      const isWritten =
        revision > 1
          ? await updateRow(manager, PractitionerRow, { accountId, revision: revision - 1 }, practitioner)
          : await insertNew(manager, PractitionerRow, practitioner);
      if (isWritten) await manager.update(AccountRow, { accountId }, licenceDays(practitioner));
      return isWritten;
    },
    listEnding: (fromDay, toDay) =>
      manager.findBy(PractitionerRow, {
        licenceNumber: Not(IsNull()),
        validTo: And(MoreThanOrEqual(fromDay), LessThanOrEqual(toDay)),
      }),
    noteReminder: (accountId, validTo, days, at) =>
      insertNew(manager, LicenceReminderRow, { accountId, validTo, days, at: at.toISOString() }),

    async findPhoto(accountId) {
      const row = await manager.findOneBy(PractitionerPhotoRow, { accountId });
      return row ? { ...row, data: seal.open(row.data, photoContext(row)) } : undefined;
    },
    async listPhotoHashes(accountIds) {
      if (accountIds.length === 0) return new Map();
      const found = await manager.find(PractitionerPhotoRow, {
        select: { accountId: true, sha256: true },
        where: { accountId: In([...accountIds]) },
      });
      return new Map(found.map(({ accountId, sha256 }) => [accountId, sha256]));
    },
    async putPhoto(photo) {
      await manager.delete(PractitionerPhotoRow, { accountId: photo.accountId });
      await insertRow(manager, PractitionerPhotoRow, { ...photo, data: seal.seal(photo.data, photoContext(photo)) });
    },
    removePhoto: async (accountId) => (await manager.delete(PractitionerPhotoRow, { accountId })).affected === 1,
  };
}
