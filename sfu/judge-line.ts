import { setTimeout as sleep } from 'node:timers/promises';
import type { types } from 'mediasoup';

const LOOK_MS = 150;
/** A new estimate dips for a moment on a good line too, where a computer is busy. */
const THIN_FOR_MS = 1_200;
const JUDGED_WITHIN_MS = 5_000;
/** Beside a voice, less is no picture: some frames a second, each of whose key frames breaks the voice up. */
const LEAST_BPS = 80_000;
/** The least that the worker takes as a ceiling: no picture fits. */
const SHUT_BPS = 30_000;

/**
 * Shuts a transport of pictures that was made to try the line, as soon as the worker (3.27) finds that the line bears none: on its own it would go
 * on with a few for seconds. Only for one that has just been made, and whose place another one takes at the next try.
 */
export async function shutWhereTooThin(transport: types.WebRtcTransport): Promise<void> {
  const until = performance.now() + JUDGED_WITHIN_MS;
  let thinSinceMs: number | undefined;
  while (performance.now() < until) {
    await sleep(LOOK_MS, undefined, { ref: false });
    if (transport.closed) return;
    const [{ availableOutgoingBitrate = LEAST_BPS } = {}] = await transport.getStats();
    thinSinceMs = availableOutgoingBitrate < LEAST_BPS ? (thinSinceMs ?? performance.now()) : undefined;
    if (thinSinceMs === undefined || performance.now() - thinSinceMs < THIN_FOR_MS) continue;
    await transport.setMaxOutgoingBitrate(SHUT_BPS);
    return;
  }
}
