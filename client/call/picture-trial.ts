import type { UplinkSample } from './line-stats.ts';

/** Whoever watches has been told by then that the picture has stopped. No longer, however often it failed: a line is good at once. */
const WAIT_MS = 3_000;
/** A good line is known by then: Chromium's estimate was at three times its start after 0.2 to 1.9 s. */
const JUDGED_AFTER_MS = 1_500;
/** What is still undecided then is left to the rules for any picture. */
const LONGEST_MS = 8_000;
/** So much more than the least ever seen: packets wait in a queue. */
const QUEUE_MS = 100;
const LOSS = 0.03;

/**
 * Finds out whether the line bears a picture again, by sending the smallest for a moment. The voice does not tell: a line that bears it and no more
 * delivers it as whole and as soon as a good one. Chromium (156) measures a line within a second or two, but only while it sends pictures. A
 * moment is too short for the voice to suffer: the line's queue is not full before.
 */
export interface PictureTrial {
  /** The picture is sent, and it is not known yet whether the line bears it. */
  readonly isUnderway: boolean;
  /** While no picture is sent. @returns whether to send it now. */
  isDue(sample: UplinkSample, isClear: boolean, nowMs: number): boolean;
  /** While it is sent. @returns whether the line does not bear it. */
  hasFailed(sample: UplinkSample, nowMs: number): boolean;
}

/** @param enoughBps an estimate that says the line bears the smallest picture and the voice. */
export function createPictureTrial(enoughBps: number): PictureTrial {
  let clearSinceMs: number | undefined;
  let lookedAtMs: number | undefined;
  let begunAtMs = Number.NEGATIVE_INFINITY;
  let isUnderway = false;
  let leastRttMs = Number.POSITIVE_INFINITY;

  let rttBeforeMs: number | null = null;

  const see = ({ pictureRttMs, rttMs }: UplinkSample) => {
    for (const seenMs of [pictureRttMs, rttMs]) if (seenMs !== null) leastRttMs = Math.min(leastRttMs, seenMs);
  };
  /** The voice's round trip may be five seconds old: it counts only until the picture has one, and never as it was before. */
  const isQueued = ({ pictureRttMs, rttMs }: UplinkSample) =>
    (pictureRttMs ?? (rttMs === rttBeforeMs ? 0 : (rttMs ?? 0))) - leastRttMs >= QUEUE_MS;

  return {
    get isUnderway() {
      return isUnderway;
    },
    isDue(sample, isClear, nowMs) {
      see(sample);
      isUnderway = false;
      // A sample says how the line was since the one before.
      clearSinceMs = isClear ? (clearSinceMs ?? lookedAtMs ?? nowMs) : undefined;
      lookedAtMs = nowMs;
      if (clearSinceMs === undefined || nowMs - clearSinceMs < WAIT_MS) return false;
      clearSinceMs = undefined;
      begunAtMs = nowMs;
      rttBeforeMs = sample.rttMs;
      isUnderway = true;
      return true;
    },
    hasFailed(sample, nowMs) {
      see(sample);
      lookedAtMs = nowMs;
      const sentForMs = nowMs - begunAtMs;
      const isEnough = sample.availableBps === null || sample.availableBps >= enoughBps;
      if (isEnough || sentForMs >= LONGEST_MS) isUnderway = false;
      if (!isUnderway || sentForMs < JUDGED_AFTER_MS) return false;
      return isQueued(sample) || (sample.lossFraction ?? 0) >= LOSS;
    },
  };
}
