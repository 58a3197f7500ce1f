/** What one look at the encoders tells. */
export interface EncoderSample {
  /** The browser says that it holds them back for want of processor time. */
  cpuLimited: boolean;
  /** They make fewer than half of the pictures that come in. */
  isStarved: boolean;
}

/** How far this computer keeps up with what it is to encode. */
export interface ProcessorLoad {
  /**
   * @param sent layers that are sent now
   * @param least the smallest of each picture, which cost next to nothing and so always go on
   * @returns the most layers that it is to encode; infinite where it keeps up
   */
  observe(sample: EncoderSample, nowMs: number, layers: { all: number; sent: number; least: number }): number;
  /** Something is not encoded for its sake. */
  readonly isLimiting: boolean;
}

/** Another program that starts up is over by then. */
const SLOW_FOR_MS = 8_000;
/** Chromium (156) goes on saying `cpu`, and giving fewer pictures, for 40 s after the load has gone. */
const RECOVERS_MS = 60_000;
const WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 300_000;
/** A layer that came back and is given up within that time was a try that failed: the next one waits twice as long. */
const TRY_MS = 60_000;

/**
 * Gives up the largest layers of the least important pictures where the processor does not keep up, one at a time, and tries each again after a
 * while: every change costs key frames, and a computer that is slow is so for long.
 */
export function createProcessorLoad(): ProcessorLoad {
  let most = Number.POSITIVE_INFINITY;
  let slowSinceMs: number | undefined;
  let easySinceMs: number | undefined;
  let shedAtMs = Number.NEGATIVE_INFINITY;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let waitMs = WAIT_MS;

  const change = (next: number) => {
    most = next;
    slowSinceMs = undefined;
    easySinceMs = undefined;
  };

  return {
    observe({ cpuLimited, isStarved }, nowMs, { all, sent, least }) {
      // Of other pictures than before nothing is known.
      if (most >= all) most = Number.POSITIVE_INFINITY;
      const isSlow = isStarved || (cpuLimited && nowMs - shedAtMs >= RECOVERS_MS);
      slowSinceMs = isSlow ? (slowSinceMs ?? nowMs) : undefined;
      // Where the line is what keeps layers back, the processor has shown nothing.
      const isEasy = !cpuLimited && !isStarved && sent >= most;
      easySinceMs = isEasy ? (easySinceMs ?? nowMs) : undefined;
      if (slowSinceMs !== undefined && nowMs - slowSinceMs >= SLOW_FOR_MS && sent > least) {
        if (nowMs - triedAtMs < TRY_MS) waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
        shedAtMs = nowMs;
        change(sent - 1);
      } else if (easySinceMs !== undefined && nowMs - easySinceMs >= waitMs) {
        triedAtMs = nowMs;
        change(most + 1 >= all ? Number.POSITIVE_INFINITY : most + 1);
      }
      if (most === Number.POSITIVE_INFINITY && nowMs - triedAtMs >= TRY_MS) waitMs = WAIT_MS;
      return most;
    },
    get isLimiting() {
      return most !== Number.POSITIVE_INFINITY;
    },
  };
}
