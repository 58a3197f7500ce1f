import { Failure } from '../server/contract/failure.ts';

const BURST = 400;
const PER_SECOND = 40;

/**
 * Lets so many messages of one connection pass: a burst (entering a full room is some hundred messages), then a steady rate.
 * @returns what to call for each message; it throws Failure rate-limited
 */
export function createAdmission(now: () => number = Date.now): () => void {
  let tokens = BURST;
  let at = now();
  return () => {
    const time = now();
    tokens = Math.min(BURST, tokens + ((time - at) / 1000) * PER_SECOND);
    at = time;
    if (tokens < 1) throw new Failure('rate-limited', 'too many messages', { retryAfterS: 1 });
    tokens -= 1;
  };
}
