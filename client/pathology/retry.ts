import { Failure } from '../../server/contract/failure.ts';

const FIRST_WAIT_MS = 500;
const LAST_WAIT_MS = 8000;

/** The line or the server is away for now; anything else is the server's last word. */
function isOutage(thrown: unknown): thrown is Failure {
  return thrown instanceof Failure && (thrown.code === 'unavailable' || thrown.code === 'rate-limited');
}

/** Tries until it succeeds, fails for good, or is aborted; at once again when the browser says that it is online. */
export async function overOutages<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let failedTries = 0; ; failedTries += 1) {
    try {
      return await work();
    } catch (thrown) {
      if (signal.aborted || !isOutage(thrown)) throw thrown;
      const waitMs = Math.min(FIRST_WAIT_MS * 2 ** failedTries, LAST_WAIT_MS);
      await pause(thrown.retryAfterS ? thrown.retryAfterS * 1000 : waitMs, signal);
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
