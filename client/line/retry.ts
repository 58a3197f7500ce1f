import { Failure } from '../../server/contract/failure.ts';
import { isWorthReadingAgain } from '../../server/contract/failure-fate.ts';
import { createBackoff } from './backoff.ts';

/** Reads until it succeeds, fails for good, or is aborted; at once again when the browser says that it is online. */
export async function overOutages<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const backoff = createBackoff();
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof Failure) || !isWorthReadingAgain(thrown, tries)) throw thrown;
      await pause(backoff.nextMs(thrown.retryAfterS), signal);
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
