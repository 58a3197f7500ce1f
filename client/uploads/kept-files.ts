import { jobKey, type SeriesLabel, type UploadJob } from './job.ts';

/** What this browser keeps of unfinished uploads, so that a reload continues without choosing files again. */
export interface KeptFiles {
  /**
   * Keeps the file's line, and its bytes where they are given and there is room: the line alone still tells, after a reload,
   * what has to be chosen again. @returns whether the bytes are kept.
   */
  keep(owner: string, job: UploadJob, bytes: Blob | undefined): Promise<boolean>;
  /** All that is kept for the owner. `stored` files keep their line in the progress until the whole case is through. */
  list(owner: string): Promise<{ job: UploadJob; stored: boolean }[]>;
  open(owner: string, job: UploadJob): Promise<Blob | undefined>;
  /** The server has it: the bytes go, the line stays. */
  markStored(owner: string, job: UploadJob): Promise<void>;
  forget(owner: string, jobs: UploadJob[]): Promise<void>;
  /** Removes whatever is older, of any owner: a shared computer must not pile up pictures of patients. */
  forgetOlderThan(instantMs: number): Promise<void>;
  owners(): Promise<string[]>;
}

interface Entry {
  key: string;
  owner: string;
  job: UploadJob | EarlierJob;
  stored: boolean;
  keptAtMs: number;
}

/** Until ECGs and slides could be sent too, a job named the series of images that its file is of. */
type EarlierJob = Omit<UploadJob, 'group'> & { series: Omit<SeriesLabel, 'form' | 'pictureKind'> };

/** As it was kept: a browser goes on with what it kept before the page's last update. */
function readJob(job: UploadJob | EarlierJob): UploadJob {
  if (!('series' in job)) return job;
  const { series, ...rest } = job;
  return { ...rest, group: { form: 'series', pictureKind: 'imaging', ...series } };
}

const ENTRIES = 'entries';
const BYTES = 'bytes';

/** Over IndexedDB. Two stores, so that reading the list does not touch the bytes. */
export async function openKeptFiles(name = 'huizhen-uploads'): Promise<KeptFiles> {
  const database = await openDatabase(name);
  const entryKey = (owner: string, job: UploadJob) => `${owner}/${jobKey(job)}`;

  async function run<T>(
    mode: IDBTransactionMode,
    work: (entries: IDBObjectStore, bytes: IDBObjectStore) => T,
  ): Promise<T> {
    const transaction = database.transaction([ENTRIES, BYTES], mode, { durability: 'relaxed' });
    const result = work(transaction.objectStore(ENTRIES), transaction.objectStore(BYTES));
    await done(transaction);
    return result;
  }

  async function entries(): Promise<Entry[]> {
    const request = await run('readonly', (store) => store.getAll() as IDBRequest<Entry[]>);
    return request.result;
  }

  function remove(keys: string[]): Promise<void> {
    return run('readwrite', (store, bytes) => {
      for (const key of keys) {
        store.delete(key);
        bytes.delete(key);
      }
    });
  }

  return {
    async keep(owner, job, blob) {
      const key = entryKey(owner, job);
      const entry: Entry = { key, owner, job, stored: false, keptAtMs: Date.now() };
      await run('readwrite', (entries) => void entries.put(entry));
      if (blob === undefined) return false;
      return run('readwrite', (_, bytes) => void bytes.put(blob, key)).then(
        () => true,
        () => false,
      );
    },
    async list(owner) {
      const own = (await entries()).filter((entry) => entry.owner === owner);
      return own.map(({ job, stored }) => ({ job: readJob(job), stored }));
    },
    async open(owner, job) {
      const request = await run(
        'readonly',
        (_, bytes) => bytes.get(entryKey(owner, job)) as IDBRequest<Blob | undefined>,
      );
      return request.result;
    },
    async markStored(owner, job) {
      const key = entryKey(owner, job);
      await run('readwrite', (store, bytes) => {
        store.put({ key, owner, job, stored: true, keptAtMs: Date.now() } satisfies Entry);
        bytes.delete(key);
      });
    },
    forget: (owner, jobs) => remove(jobs.map((job) => entryKey(owner, job))),
    async forgetOlderThan(instantMs) {
      await remove((await entries()).filter(({ keptAtMs }) => keptAtMs < instantMs).map(({ key }) => key));
    },
    async owners() {
      return [...new Set((await entries()).map(({ owner }) => owner))];
    },
  };
}

/** Keeps nothing: for browsers in a mode without storage. The person is told. */
export const keepsNothing: KeptFiles = {
  keep: async () => false,
  list: async () => [],
  open: async () => undefined,
  markStored: async () => undefined,
  forget: async () => undefined,
  forgetOlderThan: async () => undefined,
  owners: async () => [],
};

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ENTRIES, { keyPath: 'key' });
      request.result.createObjectStore(BYTES);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
