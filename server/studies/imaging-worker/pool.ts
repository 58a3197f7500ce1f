import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Failure } from '../../contract/index.ts';
import type { TaskReply, TaskRequest, WorkerTasks } from './tasks.ts';

/** A frame decodes in far less; only a file made to hang a decoder takes longer. */
const TASK_TIMEOUT_MS = 120_000;
/** A decoder that wants more than this works on a file made to exhaust memory. */
const MAX_HEAP_MB = 1024;
/** A worker's first module cannot be TypeScript on Node 20, whatever is named in `execArgv`: it registers the loader and goes on. */
const BOOTSTRAP = new URL(
  `data:text/javascript,${encodeURIComponent(
    `import { register } from '${import.meta.resolve('tsx/esm/api')}'; register(); await import('${new URL('./worker.ts', import.meta.url)}');`,
  )}`,
);

export interface ImagingPool {
  /**
   * Runs one of the tasks in a thread. `tasks` says what it takes and gives.
   * @throws Failure as the task; file-damaged where the file killed the worker, unavailable where it took too long.
   */
  run<T extends WorkerTasks, N extends keyof T & string>(
    tasks: T,
    name: N,
    input: Parameters<T[N]>[0],
  ): Promise<Awaited<ReturnType<T[N]>>>;
  /** Starts the first thread, so that the first picture need not wait for it. */
  warm(): void;
  close(): Promise<void>;
}

interface Job {
  request: TaskRequest;
  settle(reply: TaskReply | Error): void;
}

interface Seat {
  worker: Worker;
  /** Its modules are loaded: what ends it from now on is the file it works on. */
  isReady: boolean;
  job: Job | undefined;
  timer: NodeJS.Timeout | undefined;
}

/** Threads for imaging work, started when first needed; one task a thread at a time, first come first served. */
export function createImagingPool(size = Math.max(2, Math.min(4, availableParallelism() - 1))): ImagingPool {
  const seats = new Set<Seat>();
  const waiting: Job[] = [];
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

  function assign(seat: Seat, job: Job): void {
    seat.job = job;
    seat.worker.ref();
    seat.timer = setTimeout(() => {
      leave(seat, new Failure('unavailable', 'the image takes too long to read'));
      void seat.worker.terminate();
    }, TASK_TIMEOUT_MS);
    seat.worker.postMessage(job.request);
  }

  function finish(seat: Seat, reply: TaskReply | Error): void {
    clearTimeout(seat.timer);
    const { job } = seat;
    seat.job = undefined;
    seat.worker.unref();
    job?.settle(reply);
    const next = seats.has(seat) ? waiting.shift() : undefined;
    if (next) assign(seat, next);
  }

  function leave(seat: Seat, err: Error): void {
    if (!seats.delete(seat)) return;
    // A server that cannot start its workers must not tell people that their files are damaged.
    const cause = seat.isReady ? err : new Failure('internal', 'the imaging worker did not start', { cause: err });
    finish(seat, cause);
    const next = waiting.shift();
    if (next && !closed) assign(startWorker(), next);
    else if (next) next.settle(new Failure('unavailable', 'the server is closing'));
  }

  return {
    async run(_tasks, name, input) {
      if (closed) throw new Failure('unavailable', 'the server is closing');
      const reply = await new Promise<TaskReply | Error>((settle) => {
        const job: Job = { request: { taskId: nextId, name, input }, settle };
        nextId += 1;
        const free = [...seats].find((seat) => seat.job === undefined);
        if (free) assign(free, job);
        else if (seats.size < size) assign(startWorker(), job);
        else waiting.push(job);
      });
      if (!(reply instanceof Error) && reply.ok) return reply.value as never;
      throw toThrown(reply);
    },

    warm() {
      if (!closed && seats.size === 0) startWorker();
    },

    async close() {
      closed = true;
      for (const job of waiting.splice(0)) job.settle(new Failure('unavailable', 'the server is closing'));
      await Promise.all([...seats].map((seat) => seat.worker.terminate()));
    },
  };
}

function toThrown(reply: Error | (TaskReply & { ok: false })): unknown {
  if (reply instanceof Failure) return reply;
  // Out of memory or a crash inside a decoder: the file is at fault, and the thread is replaced.
  if (reply instanceof Error)
    return new Failure('invalid-message', 'the file cannot be read', { reason: 'file-damaged', cause: reply });
  if (reply.failure === null) return new Error(reply.error);
  const { code, message, reason } = reply.failure;
  return new Failure(code, message, reason === undefined ? {} : { reason });
}
