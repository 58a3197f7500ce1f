import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import type { Stores, Work } from '../stores.ts';
import type { FileStore, StagedFile } from './file-store.ts';
import type { Inspection } from './inspection.ts';
import { instanceDiffers } from './materials.ts';
import type { Instance } from './study.ts';

export interface Archive {
  /**
   * Checks a received file, keeps it and registers it in the archive of the caller's facility. The staged
   * name is left to the caller to discard. The same bytes again change nothing.
   * @throws Failure not-dicom, file-empty, file-truncated, file-damaged; conflict/instance-differs where the archive has
   * other bytes under the same SOP Instance UID; unavailable/storage-full.
   */
  store(file: StagedFile, asked: Asked, options?: StoreOptions): Promise<Instance>;
}

export interface StoreOptions {
  /** Called once the file is known to be DICOM and before it is kept; may throw. */
  accept?: (inspection: Inspection) => void;
  /** Part of the transaction that registers the instance. */
  also?: (stores: Stores, instance: Instance) => Promise<void>;
}

export interface ArchiveParts {
  work: Work;
  files: FileStore;
  inspect(path: string, sizeBytes: number): Promise<Inspection>;
}

export function createArchive({ work, files, inspect }: ArchiveParts): Archive {
  return {
    async store(file, asked, { accept, also } = {}) {
      const inspection = await inspect(file.path, file.sizeBytes);
      accept?.(inspection);
      // First the bytes, then the row: a row never names a file that is not there.
      await files.keep(file);
      return work.write(async (stores) => {
        const instance = await register(stores, asked, file, inspection);
        await also?.(stores, instance);
        return instance;
      });
    },
  };
}

async function register(stores: Stores, asked: Asked, file: StagedFile, inspection: Inspection): Promise<Instance> {
  const { facilityId, accountId } = asked.caller;
  const storedAt = asked.at.toISOString();
  const { sha256, sizeBytes } = file;
  const known = await stores.studies.findInstanceByHash(facilityId, sha256);
  if (known) return known;
  const given: Instance = { ...inspection.instance, facilityId, sha256, sizeBytes, storedAt, storedBy: accountId };
  const stored = await stores.studies.insertInstance(
    { ...inspection.study, facilityId, storedAt },
    { ...inspection.series, facilityId },
    given,
    inspection.metadata,
  );
  if (stored.sha256 !== sha256) throw instanceDiffers();
  await recordAct(stores.audit, asked, {
    action: 'instance:store',
    subjectKind: 'instance',
    subjectId: stored.sopInstanceUid,
    detail: { studyInstanceUid: stored.studyInstanceUid, sha256, sizeBytes },
  });
  return stored;
}
