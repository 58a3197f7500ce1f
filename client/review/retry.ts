import { Failure } from '../../server/contract/failure.ts';

const FIRST_WAIT_MS = 500;
const LAST_WAIT_MS = 8000;

/** How long to wait before the next try, after so many that failed. */
export function waitBeforeTry(failedTries: number, failure: Failure): number {
  if (failure.retryAfterS) return failure.retryAfterS * 1000;
  return Math.min(FIRST_WAIT_MS * 2 ** (failedTries - 1), LAST_WAIT_MS);
}

/** The line or the server is away for now; anything else is the server's last word. */
export function isOutage(thrown: unknown): thrown is Failure {
  return thrown instanceof Failure && (thrown.code === 'unavailable' || thrown.code === 'rate-limited');
}

/** Tries until it succeeds, fails for good, or is aborted; at once again when the browser says that it is online. */
export async function overOutages<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (thrown) {
      if (signal.aborted || !isOutage(thrown)) throw thrown;
      await pause(waitBeforeTry(tries, thrown), signal);
      signal.throwIfAborted();
    }
  }
}

function pause(waitMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, waitMs);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
