import { Failure } from '../../server/contract/failure.ts';
import { isWorthReadingAgain } from '../../server/contract/failure-fate.ts';
import type { UploadView } from '../../server/contract/study.ts';
import { type Backoff, createBackoff } from '../line/backoff.ts';
import { createChunkSize } from './chunk-size.ts';
import { uploadFateOf } from './fate.ts';
import { type JobProgress, type JobState, jobKey, type UploadJob } from './job.ts';
import type { UploadTransport } from './transport.ts';

const PARALLEL = 3;
/** A file whose bytes arrive spoilt this often in a row is spoilt where it lies. */
const MAX_RESENDS = 3;
/** Two sides that disagree about the offset this often in a row are not helped by asking at once again. */
const MAX_AGAIN = 3;

export interface QueueParts {
  transport: UploadTransport;
  /** The file's bytes; undefined where this browser no longer has them. */
  open(job: UploadJob): Promise<Blob | undefined>;
  /** Called for every chunk that the server has confirmed: the throughput. */
  onAcknowledged(sizeBytes: number): void;
  /** Called once the server has checked and kept the file. */
  onStored(job: UploadJob): void;
  nowMs(): number;
  /** Resolves after the time or rejects when aborted. */
  wait(durationMs: number, signal: AbortSignal): Promise<void>;
  random(): number;
}

interface Job extends JobProgress {
  state: JobState;
  receivedBytes: number;
  failure: Failure | undefined;
}

/**
 * Sends files in resumable chunks, some at a time, until each is stored or refused. Knows neither browser nor page.
 *
 * The one rule that keeps bytes whole: an offset is only ever what the server told last for that upload. Whenever a try
 * ends without an answer, nobody knows whether its bytes arrived, so the file is announced again before anything is sent.
 */
export class UploadQueue {
  readonly #parts: QueueParts;
  readonly #jobs = new Map<string, Job>();
  readonly #listeners = new Set<() => void>();
  readonly #chunkSize = createChunkSize();
  #run = new AbortController();
  #nap = new AbortController();
  #paused = false;
  #sessionLost = false;
  #closed = false;
  #sending = 0;

  constructor(parts: QueueParts) {
    this.#parts = parts;
  }

  get jobs(): readonly JobProgress[] {
    return [...this.#jobs.values()];
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Nobody is signed in: all waits for {@link resume}. */
  get sessionLost(): boolean {
    return this.#sessionLost;
  }

  /** Called after every change; may be often. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Adds files. One that is there already keeps its place; one that was missing, or was refused, is tried again. */
  add(jobs: UploadJob[], state: JobState = 'waiting'): void {
    for (const job of jobs) {
      const known = this.#jobs.get(jobKey(job));
      if (known && known.state !== 'missing' && known.state !== 'refused') continue;
      this.#jobs.set(jobKey(job), {
        job,
        state,
        receivedBytes: state === 'stored' ? job.sizeBytes : 0,
        failure: undefined,
      });
    }
    this.#changed();
    this.#startMore();
  }

  pause(): void {
    this.#paused = true;
    this.#run.abort();
    this.wake();
    this.#changed();
  }

  resume(): void {
    this.#paused = false;
    this.#sessionLost = false;
    if (this.#run.signal.aborted && !this.#closed) this.#run = new AbortController();
    this.#changed();
    this.#startMore();
  }

  /** Somebody is signed in again. A pause that the person wanted stays. */
  signedIn(): void {
    if (!this.#sessionLost) return;
    this.#sessionLost = false;
    if (!this.#paused) this.resume();
  }

  /** Cuts all waits short: the line is back, or the person does not want to wait. */
  wake(): void {
    this.#nap.abort();
    this.#nap = new AbortController();
  }

  retryRefused(consultationId: string): void {
    this.add(
      this.jobs
        .filter(({ job, state }) => job.consultationId === consultationId && state === 'refused')
        .map(({ job }) => job),
    );
  }

  /** Forgets the files for which `which` holds; what the server has of them stays there. Those being sent are let finish their chunk in vain. */
  remove(which: (progress: JobProgress) => boolean): void {
    for (const [key, job] of this.#jobs) if (which(job)) this.#jobs.delete(key);
    this.#changed();
  }

  close(): void {
    this.#closed = true;
    this.#run.abort();
    this.wake();
    this.#listeners.clear();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  #set(job: Job, change: Partial<Pick<Job, 'state' | 'receivedBytes' | 'failure'>>): void {
    Object.assign(job, change);
    this.#changed();
  }

  #isCurrent(job: Job): boolean {
    return this.#jobs.get(jobKey(job.job)) === job;
  }

  #startMore(): void {
    if (this.#paused || this.#sessionLost || this.#closed) return;
    for (const job of this.#jobs.values()) {
      if (this.#sending >= PARALLEL) return;
      if (job.state === 'waiting') void this.#carry(job, this.#run.signal);
    }
  }

  /** Takes one file to its end, or back to `waiting` when the queue is paused. */
  async #carry(job: Job, run: AbortSignal): Promise<void> {
    this.#sending += 1;
    this.#set(job, { state: 'sending' });
    try {
      await this.#sendUntilSettled(job, run);
    } catch (thrown) {
      if (!run.aborted) this.#set(job, { state: 'refused', failure: failureOfBug(thrown) });
    } finally {
      this.#sending -= 1;
      if (job.state === 'sending') this.#set(job, { state: 'waiting' });
      this.#startMore();
    }
  }

  async #sendUntilSettled(job: Job, run: AbortSignal): Promise<void> {
    const backoff = createBackoff({ firstMs: 1_000, longestMs: 30_000, random: this.#parts.random });
    const tries = { backoff, again: 0, resend: 0 };
    while (!run.aborted && this.#isCurrent(job)) {
      const bytes = await this.#parts.open(job.job);
      if (bytes === undefined) return this.#set(job, { state: 'missing' });
      const before = job.receivedBytes;
      try {
        await this.#sendOnce(job, bytes, run);
        return;
      } catch (thrown) {
        if (run.aborted) return;
        if (isUnreadable(thrown)) return this.#set(job, { state: 'missing' });
        if (!(thrown instanceof Failure)) throw thrown;
        if (job.receivedBytes > before) {
          backoff.reset();
          tries.again = 0;
        }
        if (await this.#settle(job, thrown, tries)) return;
      }
    }
  }

  /** @returns whether the file is done with. */
  async #settle(job: Job, failure: Failure, tries: { backoff: Backoff; again: number; resend: number }) {
    const fate = uploadFateOf(failure);
    if (fate === 'again' && ++tries.again <= MAX_AGAIN) return false;
    if (fate === 'resend' && ++tries.resend <= MAX_RESENDS) return false;
    if (fate === 'session') {
      this.#sessionLost = true;
      this.#run.abort();
      this.wake();
      this.#changed();
      return true;
    }
    const hopeless = fate === 'wait' && !isWorthReadingAgain(failure, tries.backoff.attempts);
    if (fate === 'refuse' || fate === 'resend' || hopeless) {
      this.#set(job, { state: 'refused', failure });
      return true;
    }
    this.#set(job, { failure });
    await this.#parts.wait(tries.backoff.nextMs(failure.retryAfterS), this.#nap.signal).catch(() => undefined);
    return false;
  }

  /** Announces the file and sends what the server has not got. Ends when it is stored; throws what went wrong. */
  async #sendOnce(job: Job, bytes: Blob, run: AbortSignal): Promise<void> {
    const { transport, nowMs, onAcknowledged, onStored } = this.#parts;
    const { consultationId, name, sizeBytes, sha256 } = job.job;
    let view = await transport.announce(consultationId, { name, sizeBytes, sha256 }, run);
    this.#confirmed(job, view);
    while (view.state === 'receiving' && this.#isCurrent(job)) {
      const offset = view.receivedBytes;
      // The chunk after the last byte is empty: it asks the server to check a file that arrived whole but was never answered for.
      const chunk = bytes.slice(offset, offset + this.#chunkSize.chunkBytes);
      const startedAt = nowMs();
      try {
        view = await transport.sendChunk(view.uploadId, offset, chunk, run);
      } catch (thrown) {
        if (thrown instanceof Failure && thrown.code === 'unavailable') this.#chunkSize.lost();
        // Unknown to the server, but it was just announced: expired or lost in a restart, not somebody else's.
        if (thrown instanceof Failure && thrown.code === 'not-found')
          throw new Failure('conflict', thrown.message, { reason: 'offset-mismatch', cause: thrown });
        throw thrown;
      }
      if (chunk.size === this.#chunkSize.chunkBytes) this.#chunkSize.took(nowMs() - startedAt);
      if (view.state === 'receiving' && view.receivedBytes <= offset)
        throw new Failure('unavailable', 'the server acknowledged a chunk without keeping it');
      onAcknowledged(chunk.size);
      this.#confirmed(job, view);
    }
    if (view.state !== 'stored') return;
    this.#set(job, { state: 'stored', receivedBytes: sizeBytes, failure: undefined });
    onStored(job.job);
  }

  #confirmed(job: Job, view: UploadView): void {
    this.#set(job, { receivedBytes: Math.min(view.receivedBytes, job.job.sizeBytes), failure: undefined });
  }
}

/** A file that was moved, changed or unplugged since it was chosen. */
function isUnreadable(thrown: unknown): boolean {
  return thrown instanceof DOMException && (thrown.name === 'NotReadableError' || thrown.name === 'NotFoundError');
}

function failureOfBug(thrown: unknown): Failure {
  return new Failure('internal', thrown instanceof Error ? thrown.message : 'unknown error', { cause: thrown });
}
