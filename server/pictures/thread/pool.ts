import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Failure } from '../../contract/failure.ts';
import { threadEntry } from '../../runtime/thread-entry.ts';
import { createFairQueue } from './fair-queue.ts';
import type { TaskReply, TaskRequest, WorkerTasks } from './tasks.ts';

/** A frame decodes in far less; only a file made to hang a decoder takes longer. */
const TASK_TIMEOUT_MS = 120_000;
/** How long a task may still run after whoever asked for it has gone. */
const ABANDONED_MS = 2_000;
/** Threads beyond the usual ones, for whoever has nothing at work. */
const EXTRA_SEATS = 1;
/** A decoder that wants more than this works on a file made to exhaust memory. */
const MAX_HEAP_MB = 1024;
const MODULE = new URL('./worker.ts', import.meta.url);

/** For whom a task is done. */
export interface Asker {
  /** An account: the tasks of each take turns with those of the others. */
  owner: string;
  /** Ends the task when nobody waits for it any more. */
  signal?: AbortSignal;
}

interface Job {
  request: TaskRequest;
  owner: string;
  settle(reply: TaskReply | Error): void;
}

interface Seat {
  worker: Worker;
  /** Its modules are loaded: what ends it from now on is the file it works on. */
  isReady: boolean;
  job: Job | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Threads for imaging work, started when first needed; one task a thread at a time. People take turns, and whoever has nothing
 * at work yet finds one thread more than the others may fill: nobody's pictures wait for all of somebody else's.
 */
export class ImagingPool {
  readonly #size: number;
  readonly #seats = new Set<Seat>();
  readonly #waiting = createFairQueue<Job>();
  #nextId = 1;
  #closed = false;

  constructor(size = Math.max(2, Math.min(4, availableParallelism() - 1))) {
    this.#size = size;
  }

  /**
   * Runs one of the tasks in a thread. `tasks` says what it takes and gives.
   * @throws the signal's reason where whoever asked has gone; Failure as the task; file-damaged where the file killed the worker, unavailable where it took too long.
   */
  async run<T extends WorkerTasks, N extends keyof T & string>(
    _tasks: T,
    name: N,
    input: Parameters<T[N]>[0],
    { owner, signal }: Asker,
  ): Promise<Awaited<ReturnType<T[N]>>> {
    if (this.#closed) throw new Failure('unavailable', 'the server is closing');
    signal?.throwIfAborted();
    const reply = await new Promise<TaskReply | Error>((resolve) => {
      const onAbort = () => this.#abandon(job, signal?.reason as Error);
      const settle = (outcome: TaskReply | Error) => {
        signal?.removeEventListener('abort', onAbort);
        resolve(outcome);
      };
      const job: Job = { request: { taskId: this.#nextId, name, input }, owner, settle };
      this.#nextId += 1;
      signal?.addEventListener('abort', onAbort);
      this.#waiting.add(owner, job);
      this.#serve();
    });
    if (!(reply instanceof Error) && reply.ok) return reply.value as never;
    throw toThrown(reply);
  }

  /** Starts the first thread, so that the first picture need not wait for it. */
  warm(): void {
    if (!this.#closed && this.#seats.size === 0) this.#startWorker();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#waiting.drain()) job.settle(new Failure('unavailable', 'the server is closing'));
    await Promise.all([...this.#seats].map((seat) => seat.worker.terminate()));
  }

  #startWorker(): Seat {
    const entry = threadEntry(MODULE, 'read-pictures');
    const worker = new Worker(entry, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } });
    // Idle threads must not keep the process alive.
    worker.unref();
    const seat: Seat = { worker, isReady: false, job: undefined, timer: undefined };
    this.#seats.add(seat);
    worker.on('message', (message: TaskReply | 'ready') => {
      if (message === 'ready') seat.isReady = true;
      else this.#finish(seat, message);
    });
    worker.on('error', (err) => this.#leave(seat, err));
    worker.on('exit', () => this.#leave(seat, new Error('the imaging worker ended')));
    return seat;
  }

  #serve(): void {
    for (let job = this.#nextJob(); job !== undefined; job = this.#nextJob())
      this.#assign([...this.#seats].find((seat) => seat.job === undefined) ?? this.#startWorker(), job);
  }

  #nextJob(): Job | undefined {
    const busy = [...this.#seats].filter((seat) => seat.job !== undefined).length;
    const atWork = (owner: string) => [...this.#seats].filter((seat) => seat.job?.owner === owner).length;
    if (busy < this.#size) return this.#waiting.take(atWork);
    return busy < this.#size + EXTRA_SEATS ? this.#waiting.take(atWork, (owner) => atWork(owner) === 0) : undefined;
  }

  #assign(seat: Seat, job: Job): void {
    seat.job = job;
    seat.worker.ref();
    this.#endAfter(seat, TASK_TIMEOUT_MS, new Failure('unavailable', 'the image takes too long to read'));
    seat.worker.postMessage(job.request);
  }

  #endAfter(seat: Seat, afterMs: number, reason: Error): void {
    clearTimeout(seat.timer);
    seat.timer = setTimeout(() => {
      this.#leave(seat, reason);
      void seat.worker.terminate();
    }, afterMs);
  }

  #finish(seat: Seat, reply: TaskReply | Error): void {
    clearTimeout(seat.timer);
    const { job } = seat;
    seat.job = undefined;
    seat.worker.unref();
    job?.settle(reply);
    if (!this.#closed) this.#serve();
  }

  #leave(seat: Seat, err: Error): void {
    if (!this.#seats.delete(seat)) return;
    // A server that cannot start its workers must not tell people that their files are damaged.
    this.#finish(
      seat,
      seat.isReady ? err : new Failure('internal', 'the imaging worker did not start', { cause: err }),
    );
  }

  /** What waits is taken out of the line; what is at work has a moment left to end by itself, which is cheaper than a new thread. */
  #abandon(job: Job, reason: Error): void {
    if (this.#waiting.remove(job.owner, job)) job.settle(reason);
    const seat = [...this.#seats].find((one) => one.job === job);
    if (seat) this.#endAfter(seat, ABANDONED_MS, reason);
  }
}

function toThrown(reply: Error | (TaskReply & { ok: false })): unknown {
  if (reply instanceof Failure || (reply instanceof Error && reply.name === 'AbortError')) return reply;
  // Out of memory or a crash inside a decoder: the file is at fault, and the thread is replaced.
  if (reply instanceof Error)
    return new Failure('invalid-message', 'the file cannot be read', { reason: 'file-damaged', cause: reply });
  if (reply.failure === null) return new Error(reply.error);
  const { code, message, reason } = reply.failure;
  return new Failure(code, message, reason === undefined ? {} : { reason });
}
