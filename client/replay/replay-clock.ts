/** Where a replay is, in milliseconds since its beginning. It stands while whatever is to be seen or heard then is not there yet. */
export class ReplayClock {
  readonly #now: () => number;
  #atMs = 0;
  #sinceMs: number | undefined;
  #rate = 1;

  /** @param now monotonic milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  get rate(): number {
    return this.#rate;
  }

  get isRunning(): boolean {
    return this.#sinceMs !== undefined;
  }

  get atMs(): number {
    return this.#sinceMs === undefined ? this.#atMs : this.#atMs + (this.#now() - this.#sinceMs) * this.#rate;
  }

  run(): void {
    this.#sinceMs ??= this.#now();
  }

  stand(): void {
    this.#atMs = this.atMs;
    this.#sinceMs = undefined;
  }

  goTo(atMs: number): void {
    this.#atMs = Math.max(0, atMs);
    if (this.#sinceMs !== undefined) this.#sinceMs = this.#now();
  }

  setRate(rate: number): void {
    this.goTo(this.atMs);
    this.#rate = rate;
  }
}
