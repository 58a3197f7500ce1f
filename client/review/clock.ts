/** Time as the review sees it, so that tests can run hours in milliseconds. */
export interface Clock {
  nowMs(): number;
  /** Runs once after the delay, unless the returned function is called first. */
  after(delayMs: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Runs again and again, the first time after one period, until the returned function is called. */
export function every(clock: Clock, periodMs: number, run: () => void): () => void {
  let cancel = clock.after(periodMs, again);
  function again(): void {
    run();
    cancel = clock.after(periodMs, again);
  }
  return () => cancel();
}
