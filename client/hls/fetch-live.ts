import type { Clock } from '../review/clock.ts';

/** Longer than a fragment takes on the slowest line that still carries it; after that the line is taken for dead. */
const GIVEN_UP_MS = 15_000;

export interface LiveAnswer {
  status: number;
  bytes: ArrayBuffer;
}

/** Reads a whole answer, however it was meant. Rejects where the line stalls, or once `signal` aborts. (AbortSignal.any is not in Chrome 109.) */
export async function fetchLive(address: string, signal: AbortSignal, clock: Clock): Promise<LiveAnswer> {
  const until = new AbortController();
  const abort = () => until.abort();
  const cancel = clock.after(GIVEN_UP_MS, abort);
  signal.addEventListener('abort', abort);
  try {
    signal.throwIfAborted();
    const response = await fetch(address, { signal: until.signal, credentials: 'same-origin', cache: 'no-store' });
    return { status: response.status, bytes: await response.arrayBuffer() };
  } finally {
    cancel();
    signal.removeEventListener('abort', abort);
  }
}
