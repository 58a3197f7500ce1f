import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../server/runtime/log.ts';
import type { Peer, PeerConsumer } from './peer.ts';

const LOOK_MS = 500;
/** A picture that is away for less is a change of layers. */
const STOPPED_MS = 3_000;
/** A picture that came for less was an accident: the next probe comes as if it had not. */
const LASTED_MS = 6_000;
/** The worker probes when the ceiling changes: two bursts of 15 ms, at most twice as high as the lower ceiling, some 1 kB in all. */
const LOW_BPS = 200_000;
const HIGH_BPS = 1_200_000;
/**
 * The worker takes no notice of a burst that arrives twice as fast as it was sent, and a busy computer reads several packets at once. One burst
 * in four counts there, so several are sent, far enough apart for a voice on a thin line to pass between them.
 */
const PROBES = 3;
const BETWEEN_PROBES_MS = 200;
/** A line that was thin for long is asked more seldom: after a tenth of the time that it has been so. */
const FIRST_WAIT_MS = 1_500;
const LONGEST_WAIT_MS = 24_000;
const WAIT_SHARE = 0.1;

/**
 * Brings pictures back to a receiver whose line was thin. The worker (3.27) learns what a line carries from pictures and probes alone, never
 * from voices: while no layer flows its estimate stays at the floor of 30 kbit/s for as long as a minute, and no layer fits. A ceiling that
 * is lifted makes it probe at once.
 */
export function probeBandwidth(peer: Peer, log: Logger): void {
  let stoppedAt: number | undefined;
  let flowingSince: number | undefined;
  let probedAt = Number.NEGATIVE_INFINITY;
  let isLimited = false;

  const setCeiling = async (bps: number) => {
    const { pictures, recv } = peer.transports;
    isLimited = bps !== 0;
    await (pictures ?? recv).setMaxOutgoingBitrate(bps);
  };
  /** A low ceiling also cuts the estimate. */
  const release = async () => {
    if (isLimited) await setCeiling(0);
  };
  async function look(now: number): Promise<void> {
    const wanted = [...peer.consumers.values()].filter(isWanted);
    if (wanted.length === 0) {
      stoppedAt = flowingSince = undefined;
      return release();
    }
    if (wanted.some(({ currentLayers }) => currentLayers)) {
      flowingSince ??= now;
      if (now - flowingSince >= LASTED_MS) stoppedAt = undefined;
      return release();
    }
    flowingSince = undefined;
    stoppedAt ??= now;
    const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(FIRST_WAIT_MS, (now - stoppedAt) * WAIT_SHARE));
    if (now - stoppedAt < STOPPED_MS || now - probedAt < waitMs) return;
    probedAt = now;
    log.debug({ peerId: peer.peerId, stoppedMs: now - stoppedAt }, 'no picture flows; the worker probes');
    await probe();
  }
  async function probe(): Promise<void> {
    for (let count = 1; count <= PROBES; count++) {
      await setCeiling(LOW_BPS);
      await setCeiling(HIGH_BPS);
      await sleep(BETWEEN_PROBES_MS, undefined, { ref: false });
      if (peer.closed || [...peer.consumers.values()].some((one) => isWanted(one) && one.currentLayers)) return;
    }
  }

  const timer = setInterval(() => {
    if (peer.closed) return clearInterval(timer);
    look(Date.now()).catch((err: unknown) => log.debug({ err, peerId: peer.peerId }, 'the ceiling was not lifted'));
  }, LOOK_MS);
  timer.unref();
}

/** The receiver wants it and its sender sends it: that nothing flows is a matter of the line between the sfu and the receiver. */
function isWanted(consumer: PeerConsumer): boolean {
  if (consumer.kind !== 'video' || consumer.closed || consumer.paused || consumer.producerPaused) return false;
  return consumer.score.producerScores.some((score) => score > 0);
}
