import { type EntityManager, LessThan } from 'typeorm';
import type { UploadStore } from '../studies/store.ts';
import { UploadRow } from './study-rows.ts';
import { insertIfNew } from './study-store.ts';

export function createUploadStore(manager: EntityManager): UploadStore {
  return {
    async announce(upload) {
      const { consultationId, accountId, sha256, sizeBytes, announcedAt } = upload;
      await insertIfNew(manager, UploadRow, upload);
      await manager.update(
        UploadRow,
        { consultationId, accountId, sha256 },
        { facilityId: upload.facilityId, name: upload.name, sizeBytes, state: 'receiving', announcedAt },
      );
      return manager.findOneByOrFail(UploadRow, { consultationId, accountId, sha256 });
    },
    find: async (uploadId) => (await manager.findOneBy(UploadRow, { uploadId })) ?? undefined,
    async setState(uploadId, state) {
      await manager.update(UploadRow, { uploadId }, { state });
    },
    async sumUnfinished(accountId) {
      const where = { accountId, state: 'receiving' as const };
      const [count, sizeBytes] = [
        await manager.countBy(UploadRow, where),
        await manager.sum(UploadRow, 'sizeBytes', where),
      ];
      return { count, sizeBytes: Number(sizeBytes ?? 0) };
    },
    listAnnouncedBefore: (instant) => manager.findBy(UploadRow, { announcedAt: LessThan(instant) }),
    async delete(uploadId) {
      await manager.delete(UploadRow, { uploadId });
    },
  };
}
