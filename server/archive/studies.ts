import type { Asked } from '../access/asked.ts';
import type { CaseMaterials } from '../cases/parts.ts';
import type { Logger } from '../runtime/log.ts';
import { createAccessLog, type Read } from './access-log.ts';
import { type Archive, type ArchiveWork, createArchive } from './archive.ts';
import type { FileStore } from './file-store.ts';
import { openFolderFileStore } from './folder-file-store.ts';
import type { Inspection } from './inspection.ts';
import type { MaterialDescriptions } from './material-view.ts';
import { listMaterials } from './materials.ts';
import { openPartialFiles } from './partial-files.ts';
import { createUploads, type Uploads } from './uploads.ts';

export interface StudiesParts {
  work: ArchiveWork;
  clock: () => Date;
  log: Logger;
  /** Files go into `files/`, `uploads/` and `staging/` in here. */
  dataDir: string;
  /** What each kind of picture shows of itself in a case. */
  descriptions: MaterialDescriptions;
  /** Finds out what a received file is, off the event loop. @throws Failure as `inspectFile` */
  inspect(path: string, sizeBytes: number, owner: string): Promise<Inspection>;
  /** Called after what is attached to a case has changed; of a series that arrives file by file, not for every file. */
  onMaterialsChanged(consultationId: string): void;
  maxFileBytes?: number;
}

/** All that belongs to stored images: the archive, its files, and how they get there. */
export interface Studies extends CaseMaterials {
  work: ArchiveWork;
  /** The committed state. */
  stores: ArchiveWork['read'];
  files: FileStore;
  archive: Archive;
  uploads: Uploads;
  /** Writes a read down, unless the same person read the same thing a moment ago. */
  recordRead(asked: Asked, read: Read): Promise<void>;
  materialsChanged(consultationId: string): void;
  maxFileBytes: number | undefined;
  close(): Promise<void>;
}

const SWEEP_MS = 6 * 3_600_000;

export async function openStudies(parts: StudiesParts): Promise<Studies> {
  const { work, clock, log, dataDir, maxFileBytes } = parts;
  const files = await openFolderFileStore(dataDir);
  const partials = await openPartialFiles(dataDir);
  const archive = createArchive({ work, files, inspect: parts.inspect });
  const changes = createChangeTeller(parts.onMaterialsChanged);
  const uploads = createUploads({
    work,
    clock,
    archive,
    partials,
    onMaterialsChanged: changes.tell,
    ...(maxFileBytes === undefined ? {} : { maxFileBytes }),
  });
  const sweep = () =>
    uploads.removeStale().catch((err: unknown) => log.warn({ err }, 'stale uploads could not be removed'));
  void sweep();
  const timer = setInterval(sweep, SWEEP_MS).unref();

  return {
    work,
    stores: work.read,
    files,
    archive,
    uploads,
    recordRead: createAccessLog(work),
    materialsChanged: changes.tell,
    maxFileBytes,
    list: (stores, consultationId, patient) => listMaterials(parts.descriptions, stores, consultationId, patient),
    async close() {
      clearInterval(timer);
      changes.close();
    },
  };
}

const TELL_AFTER_MS = 400;

/** The first change is told at once, those that follow within the pause together at its end. */
function createChangeTeller(tell: (consultationId: string) => void) {
  const pauses = new Map<string, { timer: NodeJS.Timeout; again: boolean }>();
  const pause = (consultationId: string) => {
    const timer = setTimeout(() => {
      const { again } = pauses.get(consultationId) ?? { again: false };
      pauses.delete(consultationId);
      if (!again) return;
      tell(consultationId);
      pause(consultationId);
    }, TELL_AFTER_MS).unref();
    pauses.set(consultationId, { timer, again: false });
  };
  return {
    tell(consultationId: string): void {
      const pausing = pauses.get(consultationId);
      if (pausing) {
        pausing.again = true;
        return;
      }
      tell(consultationId);
      pause(consultationId);
    },
    close(): void {
      for (const { timer } of pauses.values()) clearTimeout(timer);
      pauses.clear();
    },
  };
}
