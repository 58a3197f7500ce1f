import { type Cine, framesPerSecond, frameTimeMs } from '../../server/formats/image/cine.ts';
import { CineRun } from './cine-run.ts';
import type { Slice } from './series.ts';
import type { Stack } from './stack.ts';

export interface CineParts {
  stack: Stack;
  isThere(slice: Slice): boolean;
  /** The window can be seen. */
  isVisible(): boolean;
  onChange(): void;
}

/** Times the file's own rate. */
const SPEEDS = [0.25, 0.5, 0.75, 1, 1.5, 2, 3];
/** A machine that is late leaves out at most so many frames at once. */
const MOST_AT_ONCE = 4;

/** Plays the frames of one object (a run, a loop) as its file says: only frames that are there at full quality, never a black one between. */
export class CinePlayer {
  readonly #parts: CineParts;
  readonly #run = new CineRun();
  #request: number | undefined;
  #dueAtMs = 0;
  #waiting = false;
  #loops = true;
  #speed = 1;
  /** The player itself is moving the stack. */
  #moving = false;
  #shown: string | undefined;

  constructor(parts: CineParts) {
    this.#parts = parts;
  }

  /** What is shown has several frames. */
  get available(): boolean {
    return this.#cine !== undefined;
  }

  get playing(): boolean {
    return this.#request !== undefined;
  }

  /** The next frame has not arrived yet. */
  get waiting(): boolean {
    return this.#waiting;
  }

  get loops(): boolean {
    return this.#loops;
  }

  /** Frames a second, the file's rate times the chosen speed. */
  get framesPerSecond(): number {
    const cine = this.#cine;
    return cine ? framesPerSecond(cine) * this.#speed : 0;
  }

  /** Where the rate comes from, as `Cine.source` names it. */
  get source(): Cine['source'] {
    return this.#cine?.source ?? 'default';
  }

  toggle(): void {
    if (this.#request === undefined) this.#play();
    else this.pause();
  }

  pause(): void {
    if (this.#request === undefined) return;
    cancelAnimationFrame(this.#request);
    this.#request = undefined;
    this.#waiting = false;
    this.#parts.onChange();
  }

  setLoops(loops: boolean): void {
    this.#loops = loops;
    this.#parts.onChange();
  }

  /** To the next speed of {@link SPEEDS}. */
  faster(): void {
    this.#changeSpeed(1);
  }

  slower(): void {
    this.#changeSpeed(-1);
  }

  /** Another picture or frame is shown: by the player itself, or by somebody, which ends playing. */
  moved(): void {
    const { slice, view } = this.#parts.stack;
    const key = slice?.key ?? view?.target.seriesInstanceUid;
    if (key === this.#shown) return;
    this.#shown = key;
    if (!this.#moving) this.pause();
  }

  get #cine(): Cine | undefined {
    return this.#parts.stack.slice?.description.cine ?? undefined;
  }

  #play(): void {
    const { slice, series, index } = this.#parts.stack;
    const cine = this.#cine;
    if (!slice || !series || !cine) return;
    const indices = this.#run.indicesOf(slice, series.slices);
    this.#run.forward();
    if (index === indices.at(-1) && !this.#loops) this.#goTo(indices[0] ?? 0);
    this.#dueAtMs = performance.now() + frameTimeMs(cine, slice.frame) / this.#speed;
    this.#request = requestAnimationFrame(this.#tick);
    this.#parts.onChange();
  }

  readonly #tick = (nowMs: number): void => {
    const { slice, series, index } = this.#parts.stack;
    const cine = this.#cine;
    if (!slice || !series || !cine || !this.#parts.isVisible()) {
      this.pause();
      return;
    }
    const indices = this.#run.indicesOf(slice, series.slices);
    const { place, ended } = this.#placeAt(
      nowMs,
      indices.indexOf(index),
      (at) => series.slices[indices[at] ?? -1],
      cine,
    );
    const to = indices[place];
    if (to !== undefined && to !== index) this.#goTo(to);
    if (ended) this.pause();
    else this.#request = requestAnimationFrame(this.#tick);
  };

  /** Where playing has come to by now, from this place of the run. */
  #placeAt(
    nowMs: number,
    from: number,
    sliceAt: (place: number) => Slice | undefined,
    cine: Cine,
  ): { place: number; ended: boolean } {
    let place = from;
    let ended = false;
    for (let steps = 0; nowMs >= this.#dueAtMs && steps < MOST_AT_ONCE && !ended; steps += 1) {
      const next = this.#run.placeAfter(place, { sweeps: cine.sweeps, loops: this.#loops });
      const target = next === undefined ? undefined : sliceAt(next);
      ended = target === undefined;
      if (next === undefined || target === undefined) break;
      const there = this.#parts.isThere(target);
      this.#setWaiting(!there);
      if (!there) break;
      place = next;
      this.#dueAtMs += frameTimeMs(cine, target.frame) / this.#speed;
    }
    // What has not come, or a machine that is late, is not made up for.
    if (nowMs > this.#dueAtMs) this.#dueAtMs = nowMs;
    return { place, ended };
  }

  #goTo(index: number): void {
    this.#moving = true;
    this.#parts.stack.goTo(index);
    this.#moving = false;
  }

  #setWaiting(waiting: boolean): void {
    if (this.#waiting === waiting) return;
    this.#waiting = waiting;
    this.#parts.onChange();
  }

  #changeSpeed(by: 1 | -1): void {
    const at = SPEEDS.indexOf(this.#speed) + by;
    this.#speed = SPEEDS[Math.min(Math.max(at, 0), SPEEDS.length - 1)] ?? 1;
    this.#parts.onChange();
  }
}
