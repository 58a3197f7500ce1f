import type { Logger } from './log.ts';

export interface Repeated {
  /** Resolves once what is running has come to its end. */
  close(): Promise<void>;
}

/**
 * Does something again and again, never twice at once, until it is closed. It may fail: what is due is asked of the database the next time.
 * @param what for the log: `it cannot be told who is in the calls`.
 */
export function repeat(
  work: () => Promise<unknown>,
  { everyMs, firstAfterMs = everyMs, log, what }: { everyMs: number; firstAfterMs?: number; log: Logger; what: string },
): Repeated {
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isFailing = false;
  const once = async (): Promise<void> => {
    try {
      await work();
      isFailing = false;
    } catch (err) {
      // Once an outage, not each time.
      if (!isFailing) log.warn({ err }, what);
      isFailing = true;
    }
    if (!isClosed) next(everyMs);
  };
  const next = (afterMs: number) => {
    timer = setTimeout(() => {
      running = once();
    }, afterMs);
    timer.unref();
  };
  next(firstAfterMs);
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await running;
    },
  };
}
