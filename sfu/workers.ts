import { setTimeout as delay } from 'node:timers/promises';
import { createWorker, type types } from 'mediasoup';
import { Failure } from '../server/contract/failure.ts';
import type { Logger } from '../server/runtime/log.ts';
import type { SfuConfig } from './config.ts';
import { type WorkerWatch, watchWorker } from './hang-watch.ts';
import type { MediaAddress } from './media-address.ts';

/** One mediasoup process and its port. */
export interface MediaWorker {
  index: number;
  worker: types.Worker;
  webRtcServer: types.WebRtcServer;
  watch: WorkerWatch;
}

export interface Workers {
  count(): number;
  /** Those that live now. */
  list(): MediaWorker[];
  /** The living worker with the lowest load. Waits while all are being replaced. @throws Failure unavailable */
  pick(load: (mediaWorker: MediaWorker) => number): Promise<MediaWorker>;
  close(): void;
}

interface WorkersParts {
  config: SfuConfig;
  workerBin: string;
  log: Logger;
  /** Called once the worker and all on it are gone, before it is replaced. */
  onDied: (mediaWorker: MediaWorker) => void;
}

/** Longer than a replacement ever takes; then something is wrong with the machine. */
const PICK_TIMEOUT_MS = 5_000;
const REPLACE_DELAYS_MS = [0, 200, 1_000, 5_000];

/** Starts all workers, each on its own port. @throws Error that names the port where one is taken */
export async function startWorkers(parts: WorkersParts): Promise<Workers> {
  const { config, log, onDied } = parts;
  const living = new Map<number, MediaWorker>();
  const waiting = new Set<() => void>();
  let closed = false;

  const start = async (index: number) => {
    const mediaWorker = await startWorker(parts, index);
    if (closed) {
      mediaWorker.watch.close();
      return mediaWorker.worker.close();
    }
    living.set(index, mediaWorker);
    mediaWorker.worker.on('died', () => {
      mediaWorker.watch.close();
      living.delete(index);
      log.error({ workerIndex: index, pid: mediaWorker.worker.pid }, 'media worker died');
      onDied(mediaWorker);
      void replace(index);
    });
    for (const wake of waiting) wake();
  };
  const replace = async (index: number) => {
    for (let attempt = 0; !closed; attempt += 1) {
      await delay(REPLACE_DELAYS_MS[attempt] ?? REPLACE_DELAYS_MS.at(-1), undefined, { ref: false });
      if (closed) return;
      try {
        await start(index);
        log.info({ workerIndex: index }, 'media worker replaced');
        return;
      } catch (err) {
        log.error({ workerIndex: index, attempt, err }, 'media worker could not be replaced');
      }
    }
  };
  const close = () => {
    closed = true;
    for (const { worker, watch } of living.values()) {
      watch.close();
      worker.close();
    }
    living.clear();
  };

  const starting = Array.from({ length: config.workerCount }, (_, index) => start(index));
  const results = await Promise.allSettled(starting);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    close();
    throw failed.reason;
  }
  return {
    count: () => living.size,
    list: () => [...living.values()],
    close,
    async pick(load) {
      if (living.size === 0) await nextStart(waiting);
      const byLoad = [...living.values()].sort((a, b) => load(a) - load(b));
      const best = byLoad.find(({ watch }) => !watch.isLate) ?? byLoad[0];
      if (!best) throw new Failure('unavailable', 'no media worker', { reason: 'sfu-unreachable', retryAfterS: 2 });
      return best;
    },
  };
}

async function nextStart(waiting: Set<() => void>): Promise<void> {
  await new Promise<void>((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      waiting.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, PICK_TIMEOUT_MS);
    waiting.add(wake);
  });
}

/** mediasoup (3.27) closes a worker at the first signal to this process; a stop waits for the calls that are on, so its listeners are taken away. */
function keepingSignals<T>(create: () => T): T {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const before = new Set(signals.flatMap((signal) => process.rawListeners(signal)));
  const created = create();
  for (const signal of signals)
    for (const listener of process.rawListeners(signal))
      if (!before.has(listener)) process.removeListener(signal, listener as () => void);
  return created;
}

async function startWorker({ config, workerBin, log }: WorkersParts, index: number): Promise<MediaWorker> {
  const worker = await keepingSignals(() => createWorker({ workerBin, logLevel: 'warn' }));
  const port = config.mediaPort === 0 ? undefined : config.mediaPort + index;
  try {
    const webRtcServer = await worker.createWebRtcServer({ listenInfos: listenInfos(config.mediaAddresses, port) });
    log.info({ workerIndex: index, pid: worker.pid, mediaPort: port }, 'media worker started');
    const watch = watchWorker(worker, () => {
      log.error({ workerIndex: index, pid: worker.pid }, 'media worker hangs; it is killed and replaced');
      process.kill(worker.pid, 'SIGKILL');
    });
    return { index, worker, webRtcServer, watch };
  } catch (cause) {
    worker.close();
    const addresses = config.mediaAddresses.map(({ ip }) => ip).join(', ');
    throw new Error(`media port ${port ?? '(any)'} cannot be opened on ${addresses}`, { cause });
  }
}

/** UDP first, TCP for networks that let no UDP out; both on the same port number. */
function listenInfos(addresses: MediaAddress[], port: number | undefined): types.TransportListenInfo[] {
  return (['udp', 'tcp'] as const).flatMap((protocol) =>
    addresses.map((address) => ({ protocol, ...address, ...(port === undefined ? {} : { port }) })),
  );
}
