import { type EntityManager, LessThan } from 'typeorm';
import type { UploadStore } from '../../archive/store.ts';
import type { Upload } from '../../archive/study.ts';
import type { FieldSeal } from '../../patients/seal.ts';
import { insertIfNew } from '../insert-row.ts';
import { uploadNameContext } from '../seal-contexts.ts';
import { UploadRow } from './rows.ts';

export function createUploadStore(manager: EntityManager, seal: FieldSeal): UploadStore {
  const opened = (row: Upload): Upload => ({ ...row, name: seal.open(row.name, uploadNameContext(row)) });
  return {
    async announce(upload) {
      const { consultationId, accountId, sha256, sizeBytes, announcedAt } = upload;
      const same = { consultationId, accountId, sha256 };
      await insertIfNew(manager, UploadRow, { ...upload, name: '' });
      // An upload that is taken up keeps its id, to which the name is bound.
      const row = await manager.findOneByOrFail(UploadRow, same);
      const name = seal.seal(upload.name, uploadNameContext(row));
      const { facilityId } = upload;
      await manager.update(UploadRow, same, { facilityId, name, sizeBytes, state: 'receiving', announcedAt });
      return opened(await manager.findOneByOrFail(UploadRow, same));
    },
    async find(uploadId) {
      const row = await manager.findOneBy(UploadRow, { uploadId });
      return row ? opened(row) : undefined;
    },
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
    listAnnouncedBefore: async (instant) =>
      (await manager.findBy(UploadRow, { announcedAt: LessThan(instant) })).map(opened),
    async delete(uploadId) {
      await manager.delete(UploadRow, { uploadId });
    },
  };
}
