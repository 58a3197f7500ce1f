import { type PlannedSegment, segmentAt } from './segment-plan.ts';

/** So much is loaded ahead, and kept behind: enough for a step back, little enough for a browser's memory. */
const AHEAD_MS = 10_000;
const KEPT_MS = 20_000;
/** Less is caught up with by playing a little faster or slower, more by a jump. */
const JUMP_S = 0.5;
const IN_STEP_S = 0.04;
const NUDGE = 0.08;
/** What was not answered is asked for again after so long. */
const AGAIN_MS = 2_000;

/** One track in one media element, filled segment by segment. */
export class TrackPlayer {
  readonly #plan: readonly PlannedSegment[];
  readonly #element: HTMLMediaElement;
  readonly #onFailure: (cause: unknown) => void;
  readonly #source = new MediaSource();
  readonly #address: string;
  readonly #ends = new AbortController();
  readonly #loaded = new Set<PlannedSegment>();
  #buffer: SourceBuffer | undefined;
  #isBusy = false;

  constructor(
    element: HTMLMediaElement,
    plan: readonly PlannedSegment[],
    mediaType: string,
    onFailure: (cause: unknown) => void,
  ) {
    this.#plan = plan;
    this.#element = element;
    this.#onFailure = onFailure;
    this.#address = URL.createObjectURL(this.#source);
    element.src = this.#address;
    this.#source.addEventListener('sourceopen', () => {
      try {
        this.#buffer = this.#source.addSourceBuffer(mediaType);
        // A live recording has no end that is known; seeking goes by the plan.
        this.#source.duration = Number.POSITIVE_INFINITY;
      } catch (cause) {
        onFailure(cause);
      }
    });
  }

  /**
   * Brings picture or sound to where the clock is.
   * @returns `waiting`: it would have something then, which is not there yet; `nothing`: there was nothing
   */
  follow(atMs: number, rate: number, isPlaying: boolean): 'ready' | 'waiting' | 'nothing' {
    void this.#load(atMs);
    const element = this.#element;
    if (!segmentAt(this.#plan, atMs)) {
      element.pause();
      return 'nothing';
    }
    if (!this.#isBuffered(atMs / 1000)) {
      element.pause();
      return 'waiting';
    }
    const behindS = atMs / 1000 - element.currentTime;
    if (Math.abs(behindS) > JUMP_S || (!isPlaying && Math.abs(behindS) > IN_STEP_S)) element.currentTime = atMs / 1000;
    const nudge = Math.abs(behindS) > IN_STEP_S ? Math.max(-NUDGE, Math.min(NUDGE, behindS)) : 0;
    element.playbackRate = rate * (1 + nudge);
    if (isPlaying === element.paused) {
      if (isPlaying) element.play().catch(() => undefined);
      else element.pause();
    }
    return element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? 'ready' : 'waiting';
  }

  rest(): void {
    this.#element.pause();
  }

  close(): void {
    this.#ends.abort();
    this.#element.pause();
    this.#element.removeAttribute('src');
    this.#element.load();
    URL.revokeObjectURL(this.#address);
  }

  #isBuffered(atS: number): boolean {
    const { buffered } = this.#element;
    for (let index = 0; index < buffered.length; index += 1)
      if (atS >= buffered.start(index) - 0.1 && atS < buffered.end(index)) return true;
    return false;
  }

  /** One segment at a time, the nearest first. */
  async #load(atMs: number): Promise<void> {
    const buffer = this.#buffer;
    if (this.#isBusy || !buffer || this.#ends.signal.aborted) return;
    const next = this.#plan.find((one) => one.toMs > atMs && one.fromMs < atMs + AHEAD_MS && !this.#loaded.has(one));
    const old = [...this.#loaded].filter(({ fromMs, toMs }) => toMs < atMs - KEPT_MS || fromMs > atMs + 2 * AHEAD_MS);
    if (!next && old.length === 0) return;
    this.#isBusy = true;
    try {
      for (const one of old) {
        this.#loaded.delete(one);
        await this.#change(buffer, () => buffer.remove(Math.max(0, one.fromMs / 1000), one.toMs / 1000));
      }
      if (next) await this.#append(buffer, next);
    } catch (cause) {
      if (this.#ends.signal.aborted) return;
      this.#onFailure(cause);
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    } finally {
      this.#isBusy = false;
    }
  }

  async #append(buffer: SourceBuffer, segment: PlannedSegment): Promise<void> {
    const response = await fetch(segment.url, { signal: this.#ends.signal, credentials: 'same-origin' });
    if (!response.ok) throw new Error(`a segment was answered ${response.status}`);
    const bytes = await response.arrayBuffer();
    buffer.timestampOffset = segment.offsetMs / 1000;
    await this.#change(buffer, () => buffer.appendBuffer(bytes));
    this.#loaded.add(segment);
  }

  async #change(buffer: SourceBuffer, change: () => void): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const done = () => {
        buffer.removeEventListener('error', failed);
        resolve();
      };
      const failed = () => {
        buffer.removeEventListener('updateend', done);
        reject(new Error('the browser cannot play a segment'));
      };
      buffer.addEventListener('updateend', done, { once: true });
      buffer.addEventListener('error', failed, { once: true });
      change();
    });
  }
}
