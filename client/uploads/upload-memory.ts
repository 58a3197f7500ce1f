import { jobKey, type UploadJob } from './job.ts';
import { type KeptFiles, keepsNothing, openKeptFiles } from './kept-files.ts';
import { accountOf, takeOwnership } from './owner.ts';

/** Forgotten after that, whoever's they were. */
const KEPT_FOR_MS = 7 * 24 * 60 * 60_000;
/** The rest of the browser's share of the disk is for the page itself and its caches. */
const QUOTA_PART = 0.8;

export interface ChosenUpload {
  job: UploadJob;
  file: Blob;
}

/** Where the bytes of unfinished uploads are: the files as they were chosen, and the browser's own copies for after a reload. */
export interface UploadMemory {
  /** undefined: neither is there any more. */
  open(job: UploadJob): Promise<Blob | undefined>;
  /** Copies what there is room for. `onNoRoom` is called once if that is not all. */
  keep(uploads: ChosenUpload[], onNoRoom: () => void): Promise<void>;
  stored(job: UploadJob): void;
  forget(jobs: UploadJob[]): void;
  /** What earlier windows of this person left unfinished, with the files of the same cases that are through. */
  takeOver(): Promise<{ stored: UploadJob[]; unfinished: UploadJob[] }>;
  forgetAll(): Promise<void>;
  close(): void;
}

export function createUploadMemory(accountId: string): UploadMemory {
  const ownership = takeOwnership(accountId);
  // A browser in a private mode may refuse; uploading then works, but not across a reload.
  const keptFiles: Promise<KeptFiles> = openKeptFiles().catch(() => keepsNothing);
  const inMemory = new Map<string, Blob>();
  const owners = new Map<string, string>();
  const ownerOf = (job: UploadJob) => owners.get(jobKey(job)) ?? ownership.own;

  /** The copies are a convenience: failing to tidy them costs a question to the server after a reload, no more. */
  function tidy(work: (kept: KeptFiles) => Promise<void>): void {
    keptFiles.then(work).catch(() => undefined);
  }

  return {
    async open(job) {
      return inMemory.get(jobKey(job)) ?? (await (await keptFiles).open(ownerOf(job), job));
    },

    async keep(uploads, onNoRoom) {
      for (const { job, file } of uploads) {
        inMemory.set(jobKey(job), file);
        owners.set(jobKey(job), ownership.own);
      }
      const kept = await keptFiles;
      let roomBytes = await freeQuotaBytes();
      let told = false;
      for (const { job, file } of uploads) {
        roomBytes -= file.size;
        const fits = await kept.keep(ownership.own, job, roomBytes > 0 ? file : undefined);
        if (!inMemory.has(jobKey(job))) tidy((files) => files.markStored(ownership.own, job));
        else if (!fits && !told) {
          told = true;
          onNoRoom();
        }
      }
    },

    stored(job) {
      inMemory.delete(jobKey(job));
      tidy((kept) => kept.markStored(ownerOf(job), job));
    },

    forget(jobs) {
      for (const job of jobs) inMemory.delete(jobKey(job));
      tidy(async (kept) => {
        for (const job of jobs) await kept.forget(ownerOf(job), [job]);
      });
    },

    async takeOver() {
      const kept = await keptFiles;
      await kept.forgetOlderThan(Date.now() - KEPT_FOR_MS);
      const found = { stored: [] as UploadJob[], unfinished: [] as UploadJob[] };
      for (const owner of await kept.owners()) {
        if (accountOf(owner) !== accountId || !(await ownership.adopt(owner))) continue;
        const files = await kept.list(owner);
        const openCases = new Set(files.filter(({ stored }) => !stored).map(({ job }) => job.consultationId));
        for (const { job, stored } of files) {
          owners.set(jobKey(job), owner);
          if (!stored) found.unfinished.push(job);
          else if (openCases.has(job.consultationId)) found.stored.push(job);
          else await kept.forget(owner, [job]);
        }
      }
      return found;
    },

    async forgetAll() {
      const kept = await keptFiles;
      inMemory.clear();
      for (const owner of await kept.owners()) {
        if (accountOf(owner) === accountId)
          await kept.forget(
            owner,
            (await kept.list(owner)).map(({ job }) => job),
          );
      }
    },

    close: () => ownership.close(),
  };
}

async function freeQuotaBytes(): Promise<number> {
  const { quota = 0, usage = 0 } = (await navigator.storage?.estimate()) ?? {};
  return quota * QUOTA_PART - usage;
}
