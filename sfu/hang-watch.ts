import type { types } from 'mediasoup';

const LOOK_MS = 2_000;
/** A worker that answers nothing for so long is stopped, swapped out or in an endless loop. */
const HUNG_AFTER_MS = 5_000;

export interface WorkerWatch {
  /** Processor time over time, 0 to 1, between the last two looks. */
  readonly cpuShare: number;
  /** It has not answered the last question in time so far. */
  readonly isLate: boolean;
  close(): void;
}

/** Asks a worker every two seconds what it has used. One that hangs keeps its connections and its place, so nothing else would tell. */
export function watchWorker(worker: types.Worker, onHung: () => void): WorkerWatch {
  let cpuShare = 0;
  let usedMs: number | undefined;
  let answeredAt = Date.now();
  let askedAt: number | undefined;

  async function look(): Promise<void> {
    const now = Date.now();
    if (askedAt !== undefined) {
      if (now - askedAt >= HUNG_AFTER_MS) onHung();
      return;
    }
    askedAt = now;
    const { ru_utime, ru_stime } = await worker.getResourceUsage();
    const at = Date.now();
    askedAt = undefined;
    if (usedMs !== undefined) cpuShare = (ru_utime + ru_stime - usedMs) / Math.max(1, at - answeredAt);
    usedMs = ru_utime + ru_stime;
    answeredAt = at;
  }
  const timer = setInterval(() => {
    look().catch(() => {
      // It is closed or died meanwhile: `died` tells.
    });
  }, LOOK_MS);
  timer.unref();
  return {
    get cpuShare() {
      return cpuShare;
    },
    get isLate() {
      return askedAt !== undefined && Date.now() - askedAt > LOOK_MS / 2;
    },
    close: () => clearInterval(timer),
  };
}
