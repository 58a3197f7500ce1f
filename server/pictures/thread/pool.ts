import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Failure } from '../../contract/failure.ts';
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
/** A worker's first module cannot be TypeScript on Node 20, whatever is named in `execArgv`: it registers the loader and goes on. */
const BOOTSTRAP = new URL(
  `data:text/javascript,${encodeURIComponent(
    `import { register } from '${import.meta.resolve('tsx/esm/api')}'; register(); await import('${new URL('./worker.ts', import.meta.url)}');`,
  )}`,
);

/** For whom a task is done. */
export interface Asker {
  /** An account: the tasks of each take turns with those of the others. */
  owner: string;
  /** Ends the task when nobody waits for it any more. */
  signal?: AbortSignal;
}

export interface ImagingPool {
  /**
   * Runs one of the tasks in a thread. `tasks` says what it takes and gives.
   * @throws the signal's reason where whoever asked has gone; Failure as the task; file-damaged where the file killed the worker, unavailable where it took too long.
   */
  run<T extends WorkerTasks, N extends keyof T & string>(
    tasks: T,
    name: N,
    input: Parameters<T[N]>[0],
    asker: Asker,
  ): Promise<Awaited<ReturnType<T[N]>>>;
  /** Starts the first thread, so that the first picture need not wait for it. */
  warm(): void;
  close(): Promise<void>;
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
export function createImagingPool(size = Math.max(2, Math.min(4, availableParallelism() - 1))): ImagingPool {
  const seats = new Set<Seat>();
  const waiting = createFairQueue<Job>();
  let nextId = 1;
  let closed = false;

  function startWorker(): Seat {
    const worker = new Worker(BOOTSTRAP, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB } });
    // Idle threads must not keep the process alive.
    worker.unref();
    const seat: Seat = { worker, isReady: false, job: undefined, timer: undefined };
    seats.add(seat);
    worker.on('message', (message: TaskReply | 'ready') => {
      if (message === 'ready') seat.isReady = true;
      else finish(seat, message);
    });
    worker.on('error', (err) => leave(seat, err));
    worker.on('exit', () => leave(seat, new Error('the imaging worker ended')));
    return seat;
  }

  const atWork = (owner: string): number => [...seats].filter((seat) => seat.job?.owner === owner).length;

  function nextJob(): Job | undefined {
    const busy = [...seats].filter((seat) => seat.job !== undefined).length;
    if (busy < size) return waiting.take(atWork);
    return busy < size + EXTRA_SEATS ? waiting.take(atWork, (owner) => atWork(owner) === 0) : undefined;
  }

  function serve(): void {
    for (let job = nextJob(); job !== undefined; job = nextJob())
      assign([...seats].find((seat) => seat.job === undefined) ?? startWorker(), job);
  }

  function assign(seat: Seat, job: Job): void {
    seat.job = job;
    seat.worker.ref();
    endAfter(seat, TASK_TIMEOUT_MS, new Failure('unavailable', 'the image takes too long to read'));
    seat.worker.postMessage(job.request);
  }

  function endAfter(seat: Seat, afterMs: number, reason: Error): void {
    clearTimeout(seat.timer);
    seat.timer = setTimeout(() => {
      leave(seat, reason);
      void seat.worker.terminate();
    }, afterMs);
  }

  function finish(seat: Seat, reply: TaskReply | Error): void {
    clearTimeout(seat.timer);
    const { job } = seat;
    seat.job = undefined;
    seat.worker.unref();
    job?.settle(reply);
    if (!closed) serve();
  }

  function leave(seat: Seat, err: Error): void {
    if (!seats.delete(seat)) return;
    // A server that cannot start its workers must not tell people that their files are damaged.
    finish(seat, seat.isReady ? err : new Failure('internal', 'the imaging worker did not start', { cause: err }));
  }

  /** What waits is taken out of the line; what is at work has a moment left to end by itself, which is cheaper than a new thread. */
  function abandon(job: Job, reason: Error): void {
    if (waiting.remove(job.owner, job)) job.settle(reason);
    const seat = [...seats].find((one) => one.job === job);
    if (seat) endAfter(seat, ABANDONED_MS, reason);
  }

  return {
    async run(_tasks, name, input, { owner, signal }) {
      if (closed) throw new Failure('unavailable', 'the server is closing');
      signal?.throwIfAborted();
      const reply = await new Promise<TaskReply | Error>((resolve) => {
        const onAbort = () => abandon(job, signal?.reason as Error);
        const settle = (outcome: TaskReply | Error) => {
          signal?.removeEventListener('abort', onAbort);
          resolve(outcome);
        };
        const job: Job = { request: { taskId: nextId, name, input }, owner, settle };
        nextId += 1;
        signal?.addEventListener('abort', onAbort);
        waiting.add(owner, job);
        serve();
      });
      if (!(reply instanceof Error) && reply.ok) return reply.value as never;
      throw toThrown(reply);
    },

    warm() {
      if (!closed && seats.size === 0) startWorker();
    },

    async close() {
      closed = true;
      for (const job of waiting.drain()) job.settle(new Failure('unavailable', 'the server is closing'));
      await Promise.all([...seats].map((seat) => seat.worker.terminate()));
    },
  };
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
