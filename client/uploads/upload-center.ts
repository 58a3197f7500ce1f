import { type JobState, jobKey, type UploadJob } from './job.ts';
import { type CaseProgress, caseProgress } from './progress.ts';
import { UploadQueue } from './queue.ts';
import { createRate } from './rate.ts';
import { createThrottledSnapshots } from './throttled-snapshots.ts';
import { httpTransport } from './transport.ts';
import { type ChosenUpload, createUploadMemory } from './upload-memory.ts';
import { wait } from './wait.ts';

/** All uploads of one signed-in person in this window. Lives outside of the pages, so that moving between them stops nothing. */
export interface UploadCenter {
  readonly accountId: string;
  send(uploads: ChosenUpload[]): void;
  /** The same object until something changes. */
  progress(consultationId: string): CaseProgress;
  /** Cases whose files are not all through. The same array until something changes. */
  openCases(): readonly string[];
  subscribe(listener: () => void): () => void;
  onStored(listener: (job: UploadJob) => void): () => void;
  pause(): void;
  /** Goes on after a pause, and tries at once what waits for the line. */
  resume(): void;
  signedIn(): void;
  retryRefused(consultationId: string): void;
  /** Takes a case's files off the list, sent or not. What the server has stored stays with the case. */
  dismiss(consultationId: string): void;
  /** Stops and forgets all: whoever signs out of a shared computer leaves no pictures behind. */
  signedOut(): void;
  close(): void;
}

const isOpen = (state: JobState) => state === 'waiting' || state === 'sending';

export function startUploadCenter(accountId: string): UploadCenter {
  const memory = createUploadMemory(accountId);
  const storedListeners = new Set<(job: UploadJob) => void>();
  const rate = createRate(() => performance.now());
  let survivesReload = true;
  const queue = new UploadQueue({
    transport: httpTransport,
    open: (job) => memory.open(job),
    onAcknowledged: (sizeBytes) => rate.add(sizeBytes),
    onStored(job) {
      memory.stored(job);
      for (const listener of storedListeners) listener(job);
    },
    nowMs: () => performance.now(),
    wait,
    random: Math.random,
  });
  const { progress, openCases, ...reports } = reportProgress(queue, {
    bytesPerSecond: rate.bytesPerSecond,
    survivesReload: () => survivesReload,
  });
  const unguard = guardWindow(queue);

  function close(): void {
    unguard();
    queue.close();
    reports.close();
    memory.close();
  }

  memory.takeOver().then(({ stored, unfinished }) => {
    queue.add(stored, 'stored');
    queue.add(unfinished);
  }, reportError);

  return {
    accountId,
    send(uploads) {
      const through = new Set(queue.jobs.filter(({ state }) => state === 'stored').map(({ job }) => jobKey(job)));
      const fresh = uploads.filter(({ job }) => !through.has(jobKey(job)));
      const noRoom = () => {
        survivesReload = false;
        progress.changed();
      };
      memory.keep(fresh, noRoom).catch(noRoom);
      queue.add(fresh.map(({ job }) => job));
    },
    progress: progress.read,
    openCases: () => openCases.read(''),
    subscribe: progress.subscribe,
    onStored(listener) {
      storedListeners.add(listener);
      return () => storedListeners.delete(listener);
    },
    pause: () => queue.pause(),
    resume() {
      queue.resume();
      queue.wake();
    },
    signedIn: () => queue.signedIn(),
    retryRefused: (consultationId) => queue.retryRefused(consultationId),
    dismiss(consultationId) {
      const ofCase = (job: UploadJob) => job.consultationId === consultationId;
      memory.forget(queue.jobs.map(({ job }) => job).filter(ofCase));
      queue.remove(({ job }) => ofCase(job));
    },
    signedOut() {
      close();
      memory.forgetAll().catch(reportError);
    },
    close,
  };
}

/** What pages show of the queue: of one case, and which cases are open. */
function reportProgress(
  queue: UploadQueue,
  { bytesPerSecond, survivesReload }: { bytesPerSecond(): number | null; survivesReload(): boolean },
) {
  const progress = createThrottledSnapshots((consultationId) =>
    caseProgress(consultationId, {
      jobs: queue.jobs,
      paused: queue.paused,
      sessionLost: queue.sessionLost,
      bytesPerSecond: bytesPerSecond(),
      survivesReload: survivesReload(),
    }),
  );
  const openCases = createThrottledSnapshots(() => [
    ...new Set(queue.jobs.filter(({ state }) => state !== 'stored').map(({ job }) => job.consultationId)),
  ]);
  queue.subscribe(() => {
    progress.changed();
    openCases.changed();
  });
  return {
    progress,
    openCases,
    close() {
      progress.close();
      openCases.close();
    },
  };
}

/** Tries again as soon as the browser is online, and has it ask before a page with unsent files is left. @returns the end of both */
function guardWindow(queue: UploadQueue): () => void {
  const wake = () => queue.wake();
  const warn = (event: BeforeUnloadEvent) => {
    if (!queue.jobs.some(({ state }) => isOpen(state))) return;
    event.preventDefault();
    // Before Chromium 119 only this has the browser ask.
    event.returnValue = true;
  };
  window.addEventListener('online', wake);
  window.addEventListener('beforeunload', warn);
  return () => {
    window.removeEventListener('online', wake);
    window.removeEventListener('beforeunload', warn);
  };
}
