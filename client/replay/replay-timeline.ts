import { REPLAY_PART_MS, type ReplayEvents } from '../../server/contract/replay-timeline.ts';
import { type ShowingAt, showingAt } from '../../server/contract/showing-at.ts';

/** The next part is asked for so long before it begins, at whatever speed. */
const AHEAD_MS = 20_000;
/** Of a replay of hours the last ones stay. */
const MOST_PARTS = 12;
const AGAIN_MS = 2_000;

export interface TimelineParts {
  /** When the replay begins, milliseconds since 1970. */
  beganMs: number;
  durationMs: number;
  fetch(fromAt: string, signal: AbortSignal): Promise<ReplayEvents>;
  /** What is seen may be another now, or what may be seen. */
  onPart(part: ReplayEvents): void;
  /** A part cannot be had now; it is asked for again. */
  onFailure(cause: unknown): void;
}

/** What was shown, drawn and pointed at beside a replay, loaded part by part as it is played. */
export class ReplayTimeline {
  readonly #parts: TimelineParts;
  readonly #loaded = new Map<number, ReplayEvents>();
  readonly #coming = new Set<number>();
  readonly #ends = new AbortController();
  #failedMs: number | undefined;

  constructor(parts: TimelineParts) {
    this.#parts = parts;
  }

  /** @param atMs milliseconds since the replay's beginning @returns undefined: it is not here yet */
  at(atMs: number): ShowingAt | undefined {
    this.#want(atMs);
    this.#want(atMs + AHEAD_MS);
    const part = this.#loaded.get(numberOf(atMs));
    return part && showingAt(part.events, this.#parts.beganMs + atMs);
  }

  /** Nobody waits for what cannot be had. */
  isReady(atMs: number): boolean {
    this.#want(atMs);
    return this.#loaded.has(numberOf(atMs)) || this.#failedMs !== undefined;
  }

  /** Something may have been taken off: the part is asked for anew, and what is known of the others is forgotten. */
  refresh(atMs: number): void {
    const number = numberOf(atMs);
    for (const other of this.#loaded.keys()) if (other !== number) this.#loaded.delete(other);
    void this.#load(number);
  }

  close(): void {
    this.#ends.abort();
  }

  #want(atMs: number): void {
    if (atMs > this.#parts.durationMs) return;
    const isTooSoon = this.#failedMs !== undefined && performance.now() - this.#failedMs < AGAIN_MS;
    if (!this.#loaded.has(numberOf(atMs)) && !isTooSoon) void this.#load(numberOf(atMs));
  }

  async #load(number: number): Promise<void> {
    if (this.#coming.has(number) || this.#ends.signal.aborted) return;
    const { beganMs, fetch, onPart, onFailure } = this.#parts;
    this.#coming.add(number);
    try {
      const part = await fetch(new Date(beganMs + number * REPLAY_PART_MS).toISOString(), this.#ends.signal);
      if (this.#ends.signal.aborted) return;
      this.#failedMs = undefined;
      this.#loaded.delete(number);
      this.#loaded.set(number, part);
      const [oldest] = this.#loaded.keys();
      if (this.#loaded.size > MOST_PARTS && oldest !== undefined) this.#loaded.delete(oldest);
      onPart(part);
    } catch (cause) {
      if (this.#ends.signal.aborted) return;
      this.#failedMs = performance.now();
      onFailure(cause);
    } finally {
      this.#coming.delete(number);
    }
  }
}

const numberOf = (atMs: number): number => Math.floor(Math.max(0, atMs) / REPLAY_PART_MS);
