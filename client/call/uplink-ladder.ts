import type { UplinkSample } from './line-stats.ts';
import { createPictureTrial } from './picture-trial.ts';

export interface UplinkLadder {
  /**
   * Simulcast layers that the line may carry, from 0 (no video; voice and the shared images go on) to all of them.
   * @param taken as many of them are taken by anybody and so sent; what was not sent says nothing of the line.
   */
  observe(sample: UplinkSample, nowMs: number, taken?: number): number;
  readonly level: number;
  /** The smallest picture is sent, and it is not known yet whether the line bears it. */
  readonly isTrying: boolean;
  /** Why the level is what it is, for whoever looks for a fault. */
  readonly reason: LadderReason;
}

export type LadderReason = 'start' | 'loss' | 'delay' | 'estimate' | 'clear' | 'trial';

/** Jitsi's handbook: below half of the target bitrate, or above 8 % loss, a stream is of poor quality. */
const POOR_LOSS = 0.08;
const HEAVY_LOSS = 0.2;
const POOR_RTT_MS = 1000;
const POOR_SHARE = 0.5;
const CLEAR_LOSS = 0.03;
const CLEAR_RTT_MS = 500;
const CLEAR_SHARE = 0.8;
const VOICE_BPS = 40_000;
/** The browser's estimate starts low and needs this long to find what the line takes. */
const SETTLE_MS = 8_000;
const DOWN_AFTER = 2;
const UP_AFTER = 5;
const UP_AFTER_MAX = 15;
/** Loss counts for so many samples: a report may be late. */
const LOSS_REMEMBERED = 3;
/** A step up that fails within this time makes the next one wait twice as long. */
const TRIAL_MS = 20_000;

/**
 * Decides how much video to send, so that a line that gets worse loses the video first: larger layers, then all of it, on its own,
 * and gets it back with care. One sample every two seconds, or each second while no picture is sent. The last layer goes only where
 * the sfu reports loss: a computer that is late for a while looks, by delay and estimate alone, like a line that carries nothing.
 * @param layersBps the largest bitrate of each simulcast layer, the smallest layer first.
 */
export function createUplinkLadder(layersBps: readonly number[]): UplinkLadder {
  let level = layersBps.length;
  let badInRow = 0;
  let clearInRow = 0;
  let changedAtMs: number | undefined;
  let raisedAtMs = Number.NEGATIVE_INFINITY;
  let patience = UP_AFTER;
  let reason: LadderReason = 'start';
  let losses: number[] = [];
  let sent = level;
  /** The estimate grows into what is sent. */
  let settlingSinceMs = Number.NEGATIVE_INFINITY;

  const neededBps = (layers: number) => layersBps.slice(0, layers).reduce((sum, bps) => sum + bps, VOICE_BPS);
  /** The most layers that the line may carry with at least poor quality; fewer than now. */
  const bearable = (availableBps: number): number => {
    let layers = sent - 1;
    while (layers > 0 && availableBps < neededBps(layers) * POOR_SHARE) layers -= 1;
    return layers;
  };
  const trial = createPictureTrial(neededBps(1) * POOR_SHARE);
  const change = (next: number, nowMs: number, why: LadderReason) => {
    if (next === level) return;
    reason = why;
    if (next > level) raisedAtMs = nowMs;
    else if (level > 1 && nowMs - raisedAtMs < TRIAL_MS) patience = Math.min(UP_AFTER_MAX, patience * 2);
    level = next;
    changedAtMs = nowMs;
    badInRow = 0;
    clearInRow = 0;
  };

  return {
    observe(sample, nowMs, taken = layersBps.length) {
      changedAtMs ??= nowMs;
      const sentBefore = sent;
      sent = Math.min(level, taken);
      if (sent > sentBefore) settlingSinceMs = nowMs;
      // Only a step up that lasted restores trust; waiting at the bottom proves nothing.
      if (changedAtMs === raisedAtMs && nowMs - raisedAtMs >= 3 * TRIAL_MS) patience = UP_AFTER;
      const settled = nowMs - Math.max(changedAtMs, settlingSinceMs) >= SETTLE_MS;
      const loss = sample.lossFraction ?? 0;
      losses = [loss, ...losses].slice(0, LOSS_REMEMBERED);
      const lowest = Math.min(sent, Math.max(...losses) >= POOR_LOSS ? 0 : 1);
      const rttMs = sample.rttMs ?? 0;
      const share = sent === 0 || sample.availableBps === null ? 1 : sample.availableBps / neededBps(sent);

      const tooNarrow = settled && share < POOR_SHARE;
      const bad = loss >= POOR_LOSS || rttMs >= POOR_RTT_MS || tooNarrow;
      const clear = loss < CLEAR_LOSS && rttMs < CLEAR_RTT_MS && share >= CLEAR_SHARE && !sample.cpuLimited;
      badInRow = bad ? badInRow + (loss >= HEAVY_LOSS ? DOWN_AFTER : 1) : 0;
      clearInRow = clear ? clearInRow + 1 : 0;

      if (level === 0) {
        if (trial.isDue(sample, clear, nowMs)) change(1, nowMs, 'clear');
      } else if (trial.hasFailed(sample, nowMs) && sent > 0) change(0, nowMs, 'trial');
      else if (badInRow >= DOWN_AFTER && sent > 0) {
        const next = Math.max(lowest, tooNarrow ? bearable(sample.availableBps ?? 0) : sent - 1);
        // What is not sent anyway is not given up: it costs the line nothing.
        if (next < sent) change(next, nowMs, tooNarrow ? 'estimate' : loss >= POOR_LOSS ? 'loss' : 'delay');
      } else if (clearInRow >= patience && level < Math.min(layersBps.length, taken)) change(level + 1, nowMs, 'clear');
      return level;
    },
    get level() {
      return level;
    },
    get isTrying() {
      return level > 0 && trial.isUnderway;
    },
    get reason() {
      return reason;
    },
  };
}
