import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import type { Stores, Work } from '../store/stores.ts';
import type { FileStore, ReceivedFile } from './file-store.ts';
import type { FileInspection, Inspection, InstanceInspection } from './inspection.ts';
import { instanceDiffers } from './materials.ts';
import type { Instance, PictureFile, Stored } from './study.ts';

/** What a file touches that comes in, down to the case that it is attached to, or the demonstration that it is a still of. */
export type ArchiveWork = Work<
  'audit' | 'calls' | 'consultations' | 'demonstrations' | 'halls' | 'materials' | 'showings' | 'studies' | 'uploads'
>;

export interface Archive {
  /**
   * Checks a received file, keeps it and registers it in the archive of the caller's facility. The received
   * name is left to the caller to discard. The same bytes again change nothing.
   * @throws Failure not-dicom, file-empty, file-truncated, file-damaged, not-slide, slide-not-tiled, slide-encoding-unsupported;
   * conflict/instance-differs where the archive has other bytes under the same SOP Instance UID; unavailable/storage-full.
   */
  store(file: ReceivedFile, asked: Asked, options: StoreOptions): Promise<Stored>;
}

export interface StoreOptions {
  /** What the sender calls the file; only a file that is no DICOM object is called so. */
  name: string;
  /** Called once the file is known to be a picture and before it is kept; may throw. */
  accept?: (inspection: Inspection) => void;
  /** Part of the transaction that registers it. */
  also?: (stores: ArchiveWork['read'], stored: Stored) => Promise<void>;
}

export interface ArchiveParts {
  work: ArchiveWork;
  files: FileStore;
  /** @param owner the account for which it is done */
  inspect(path: string, sizeBytes: number, owner: string): Promise<Inspection>;
}

export function createArchive({ work, files, inspect }: ArchiveParts): Archive {
  return {
    async store(file, asked, { name, accept, also }) {
      const inspection = await inspect(file.path, file.sizeBytes, asked.caller.accountId);
      accept?.(inspection);
      // First the bytes, then the row: a row never names a file that is not there.
      await files.keep(file);
      return work.write(async (stores) => {
        const stored: Stored =
          inspection.form === 'instance'
            ? { form: 'instance', instance: await registerInstance(stores, asked, file, inspection) }
            : { form: 'file', file: await registerFile(stores, asked, file, name, inspection) };
        await also?.(stores, stored);
        return stored;
      });
    },
  };
}

/** What the archive of the facility has under the hash. */
export async function findStored(
  stores: Pick<Stores, 'studies'>,
  facilityId: string,
  sha256: string,
): Promise<Stored | undefined> {
  const instance = await stores.studies.findInstanceByHash(facilityId, sha256);
  if (instance) return { form: 'instance', instance };
  const file = await stores.studies.findFile(facilityId, sha256);
  return file && { form: 'file', file };
}

async function registerInstance(
  stores: Pick<Stores, 'audit' | 'studies'>,
  asked: Asked,
  file: ReceivedFile,
  inspection: InstanceInspection,
): Promise<Instance> {
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

async function registerFile(
  stores: Pick<Stores, 'audit' | 'studies'>,
  asked: Asked,
  { sha256, sizeBytes }: ReceivedFile,
  name: string,
  { kind, pageCount }: FileInspection,
): Promise<PictureFile> {
  const { facilityId, accountId } = asked.caller;
  const known = await stores.studies.findFile(facilityId, sha256);
  if (known) return known;
  const storedAt = asked.at.toISOString();
  const file = { facilityId, sha256, kind, name, sizeBytes, pageCount, storedAt, storedBy: accountId };
  const stored = await stores.studies.insertFile(file);
  await recordAct(stores.audit, asked, {
    action: 'picture-file:store',
    subjectKind: 'picture-file',
    subjectId: sha256,
    detail: { kind, sizeBytes },
  });
  return stored;
}
