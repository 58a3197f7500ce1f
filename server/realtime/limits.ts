import { Failure, type RequestName } from '../contract/index.ts';
import { createBucket } from '../runtime/bucket.ts';

/** Streams: above so many a second they are dropped without a word, the next one replaces them anyway. */
const STREAMS_PER_S = {
  'pointer:move': 40,
  'viewport:move': 40,
  'showing:move': 40,
  'showing:point': 40,
  'field:draw': 40,
} as const satisfies Partial<Record<RequestName, number>>;
type Stream = keyof typeof STREAMS_PER_S;
/** Everything else of one connection together. */
const REQUESTS_PER_S = 30;
const REQUESTS_BURST = 120;
/** A connection that was refused or dropped this often without a pause is no clumsy client. */
const EXCESS_TO_DISCONNECT = 1_000;
const PAUSE_MS = 5_000;

export interface Limits {
  /** Before each request. @throws Failure rate-limited */
  admit(name: string): void;
  /** Whether this one of a stream goes through. */
  passes(stream: Stream): boolean;
}

/** What one connection may send. @param onFlood called when it does not stop. */
export function createLimits(onFlood: () => void, nowMs: () => number = Date.now): Limits {
  const requests = createBucket(REQUESTS_BURST, REQUESTS_PER_S, nowMs);
  const streams = new Map(
    Object.entries(STREAMS_PER_S).map(([name, perSecond]) => [name, createBucket(perSecond, perSecond, nowMs)]),
  );
  let excess = 0;
  let lastExcessMs = 0;
  const exceed = (): void => {
    excess = nowMs() - lastExcessMs > PAUSE_MS ? 1 : excess + 1;
    lastExcessMs = nowMs();
    if (excess === EXCESS_TO_DISCONNECT) onFlood();
  };
  return {
    admit(name) {
      if (streams.has(name) || requests()) return;
      exceed();
      throw new Failure('rate-limited', 'too many requests', { retryAfterS: 1 });
    },
    passes(stream) {
      const isPassing = streams.get(stream)?.() ?? true;
      if (!isPassing) exceed();
      return isPassing;
    },
  };
}
