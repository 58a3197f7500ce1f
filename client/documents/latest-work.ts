export interface LatestWorkParts {
  onDone(): void;
  onFailure(thrown: unknown): void;
}

/** One piece of work at a time: the newest wish replaces the one before, which is neither done nor failed then. */
export class LatestWork {
  readonly #parts: LatestWorkParts;
  #work: { key: string; abort: AbortController; timer: ReturnType<typeof setTimeout> } | undefined;

  constructor(parts: LatestWorkParts) {
    this.#parts = parts;
  }

  /** Nothing where this very work waits or is under way already. */
  begin(key: string, waitMs: number, work: (signal: AbortSignal) => Promise<void>): void {
    if (this.#work?.key === key) return;
    this.stop();
    const abort = new AbortController();
    const end = (tell: () => void): void => {
      if (abort.signal.aborted) return;
      this.#work = undefined;
      tell();
    };
    const run = (): void => {
      work(abort.signal).then(
        () => end(this.#parts.onDone),
        (thrown: unknown) => end(() => this.#parts.onFailure(thrown)),
      );
    };
    this.#work = { key, abort, timer: setTimeout(run, waitMs) };
  }

  stop(): void {
    if (!this.#work) return;
    clearTimeout(this.#work.timer);
    this.#work.abort.abort();
    this.#work = undefined;
  }
}
