import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../server/runtime/log.ts';
import type { Peer, PeerConsumer } from './peer.ts';
import { createProbePlan } from './probe-plan.ts';
import { ceilingOf } from './transports.ts';

const LOOK_MS = 500;
/** The worker probes when the ceiling changes: some bursts of 15 ms, at most twice as high as the lower ceiling. */
const LOW_BPS = 200_000;
const HIGH_BPS = 1_200_000;
/**
 * The worker takes no notice of a burst that arrives twice as fast as it was sent, and a busy computer reads several packets at once. One burst
 * in four counts there, so several are sent, far enough apart for a voice on a thin line to pass between them.
 */
const BURSTS = 3;
const BETWEEN_BURSTS_MS = 200;

/**
 * Brings pictures back to a receiver whose line was thin. The worker (3.27) learns what a line carries from pictures and probes alone, never
 * from voices: while no layer flows its estimate stays at the floor of 30 kbit/s for as long as a minute, and no layer fits. A ceiling that
 * is lifted makes it probe at once.
 */
export function probeBandwidth(peer: Peer, log: Logger): void {
  let plan = createProbePlan();
  let transport = transportOf(peer);
  /** As the transport was made. */
  const usualBps = () => ceilingOf(peer.claims);
  let ceilingBps = usualBps();
  let isUnderway = false;

  const setCeiling = async (bps: number) => {
    if (ceilingBps === bps) return;
    ceilingBps = bps;
    await transport.setMaxOutgoingBitrate(bps);
  };
  const isGone = () => peer.closed || transport !== transportOf(peer);

  async function look(): Promise<void> {
    if (isGone()) {
      // Another transport's estimate begins anew, under the usual ceiling.
      transport = transportOf(peer);
      plan = createProbePlan();
      ceilingBps = usualBps();
    }
    const step = plan.observe(stateOf(peer), performance.now());
    // A ceiling also cuts the estimate.
    if (step === 'free') await setCeiling(usualBps());
    if (step !== 'probe') return;
    log.debug({ peerId: peer.peerId }, 'no picture flows; the worker probes');
    await probe();
  }
  async function probe(): Promise<void> {
    for (let burst = 1; burst <= BURSTS; burst++) {
      await setCeiling(LOW_BPS);
      await setCeiling(HIGH_BPS);
      await sleep(BETWEEN_BURSTS_MS, undefined, { ref: false });
      // What is found too small is left to the worker: a picture that begins on a good line makes its estimate grow.
      if (isGone() || stateOf(peer) !== 'stopped') return;
    }
  }

  const timer = setInterval(() => {
    if (peer.closed) return clearInterval(timer);
    if (isUnderway) return;
    isUnderway = true;
    look()
      .catch((err: unknown) => log.debug({ err, peerId: peer.peerId }, 'the ceiling was not lifted'))
      .finally(() => {
        isUnderway = false;
      });
  }, LOOK_MS);
  timer.unref();
}

const transportOf = ({ transports: { pictures, recv } }: Peer) => pictures ?? recv;

function stateOf(peer: Peer): 'unwanted' | 'flowing' | 'stopped' {
  const wanted = [...peer.consumers.values()].filter(isWanted);
  if (wanted.length === 0) return 'unwanted';
  return wanted.some(({ currentLayers }) => currentLayers) ? 'flowing' : 'stopped';
}

/** The receiver wants it and its sender sends it: that nothing flows is a matter of the line between the sfu and the receiver. */
function isWanted(consumer: PeerConsumer): boolean {
  if (consumer.kind !== 'video' || consumer.closed || consumer.paused || consumer.producerPaused) return false;
  return consumer.score.producerScores.some((score) => score > 0);
}
