import type { Failure } from '../../server/contract/failure.ts';
import { type Backoff, createBackoff } from '../line/backoff.ts';
import type { Slice } from './series.ts';

/** When a frame that did not arrive may be asked for again. */
export class FrameRetries {
  readonly #attempts = new Map<string, { backoff: Backoff; notBefore: number }>();

  isDue({ key }: Slice): boolean {
    return (this.#attempts.get(key)?.notBefore ?? 0) <= performance.now();
  }

  /** How often it did not arrive. */
  triesOf({ key }: Slice): number {
    return this.#attempts.get(key)?.backoff.attempts ?? 0;
  }

  /** @returns how long it has to wait now, in milliseconds. */
  postpone({ key }: Slice, failure: Failure): number {
    const backoff = this.#attempts.get(key)?.backoff ?? createBackoff();
    const waitMs = backoff.nextMs(failure.retryAfterS);
    this.#attempts.set(key, { backoff, notBefore: performance.now() + waitMs });
    return waitMs;
  }

  forget({ key }: Slice): void {
    this.#attempts.delete(key);
  }

  /** The line is back: all are due. */
  clear(): void {
    this.#attempts.clear();
  }
}
