import { type Clock, every } from '../review/clock.ts';

/** `awaited`: no masked picture yet. `flowing`: masked pictures come. `black`: they do not come any more. */
export type FrameFlow = 'awaited' | 'flowing' | 'black';

/** Longer than any pause of a camera in bad light; shorter than anybody could act on a picture that stands still. */
export const STALLED_AFTER_MS = 500;
/** Pictures that came back have to come for so long: else black and picture would take turns on a computer that is too slow. */
const STEADY_AFTER_MS = 1_000;
const LOOK_MS = 100;
const RATE_OVER_MS = 3_000;

/** Tells by the masked pictures alone whether any may be shown: whatever went wrong, and why ever, without them there is black. */
export class FrameGuard {
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #stop: () => void;
  #flow: FrameFlow = 'awaited';
  #lastMs = Number.NEGATIVE_INFINITY;
  /** Since then pictures have come without a gap. */
  #steadySinceMs = Number.POSITIVE_INFINITY;
  #counted: { atMs: number; count: number }[] = [];
  #rate: number | null = null;

  constructor(clock: Clock, onChange: () => void) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.#stop = every(clock, LOOK_MS, () => this.#look());
  }

  get flow(): FrameFlow {
    return this.#flow;
  }

  /** Masked pictures a second over the last three seconds; null until so long is known. */
  get framesPerSecond(): number | null {
    return this.#rate;
  }

  /** So many masked pictures have come. */
  frames(count: number): void {
    const nowMs = this.#clock.nowMs();
    if (nowMs - this.#lastMs > STALLED_AFTER_MS) this.#steadySinceMs = nowMs;
    this.#lastMs = nowMs;
    this.#counted.push({ atMs: nowMs, count });
    const isBack = this.#flow === 'black' && nowMs - this.#steadySinceMs >= STEADY_AFTER_MS;
    if (this.#flow === 'awaited' || isBack) this.#set('flowing');
  }

  /** Something is known to be wrong: black at once. */
  fault(): void {
    this.#lastMs = Number.NEGATIVE_INFINITY;
    this.#counted = [];
    if (this.#flow !== 'awaited') this.#set('black');
  }

  close(): void {
    this.#stop();
  }

  #look(): void {
    const nowMs = this.#clock.nowMs();
    this.#measure(nowMs);
    if (this.#flow === 'flowing' && nowMs - this.#lastMs > STALLED_AFTER_MS) this.#set('black');
  }

  #measure(nowMs: number): void {
    const first = this.#counted[0];
    const isLong = first !== undefined && nowMs - first.atMs >= RATE_OVER_MS;
    this.#counted = this.#counted.filter(({ atMs }) => nowMs - atMs < RATE_OVER_MS);
    const sum = this.#counted.reduce((total, { count }) => total + count, 0);
    const rate = isLong ? Math.round((sum * 1000) / RATE_OVER_MS) : this.#rate;
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.#onChange();
  }

  #set(flow: FrameFlow): void {
    this.#flow = flow;
    this.#onChange();
  }
}
