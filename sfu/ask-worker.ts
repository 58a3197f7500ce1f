import { setImmediate } from 'node:timers/promises';
import { Failure } from '../server/contract/failure.ts';

/** What mediasoup closes in our process once its worker has closed it. */
interface Closable {
  readonly closed: boolean;
}

interface Asking {
  /** All that the request needs. */
  needs: Closable[];
  /** What of the request a client chose, and mediasoup may therefore refuse; none: a refusal is our own fault. */
  chosen?: string[];
}

/**
 * Asks the worker for something. It answers that it knows no such thing before we hear that the thing is closed (mediasoup defers its
 * notices by a turn of the event loop), so what was needed is looked at one turn later.
 * @throws Failure not-found when what was needed is gone, invalid-message when the client's values are refused
 */
export async function askWorker<T>(ask: () => Promise<T>, { needs, chosen }: Asking): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    await setImmediate();
    if (needs.some(({ closed }) => closed)) throw new Failure('not-found', 'it was closed meanwhile', { cause });
    if (!chosen) throw cause;
    throw new Failure('invalid-message', 'mediasoup refuses the parameters', { fields: chosen, cause });
  }
}
