import type { types } from 'mediasoup';
import type { Logger } from '../server/runtime/log.ts';
import { askWorker } from './ask-worker.ts';
import type { ConsumerLayers } from './contract/room.ts';
import type { PeerConsumer } from './peer.ts';

/** When to look again after a simulcast layer began: mediasoup's worker (3.27) passes over a layer for its first two seconds (StreamMinActiveMs). */
const LOOK_AGAIN_MS = [2_100, 3_000, 5_000];

/** A layer that comes and goes before hundreds must not keep the workers busy with nothing else: so many are looked at in so long. */
const AT_ONCE = 30;
const AT_ONCE_EVERY_MS = 100;

/**
 * Sees to it that a layer which begins (or begins again) reaches those who want it. The worker, having passed over it, looks again only when
 * something else changes: on a steady line the receivers would stay on the smaller picture for long.
 * `consumers` gives those that consume the producer now.
 */
export function watchLayers(
  producer: Pick<types.Producer, 'on' | 'observer'>,
  consumers: () => PeerConsumer[],
  log: Logger,
): void {
  let flowing = new Set<number>();
  let timers: NodeJS.Timeout[] = [];
  let looking: NodeJS.Timeout | undefined;
  const forget = () => timers.forEach(clearTimeout);
  const look = ([...left]: PeerConsumer[]) => {
    clearTimeout(looking);
    for (const consumer of left.splice(0, AT_ONCE)) reconsider(consumer, log);
    if (left.length > 0) looking = setTimeout(() => look(left), AT_ONCE_EVERY_MS);
  };
  producer.on('score', (scores) => {
    const now = new Set(scores.filter(({ score }) => score > 0).map(({ ssrc }) => ssrc));
    const began = [...now].some((ssrc) => !flowing.has(ssrc));
    flowing = now;
    if (!began) return;
    forget();
    timers = LOOK_AGAIN_MS.map((delayMs) => setTimeout(() => look(consumers().filter(isBehind)), delayMs));
  });
  producer.observer.once('close', () => {
    forget();
    clearTimeout(looking);
  });
}

/** More than any sender has: the worker takes the highest there is. */
export const HIGHEST_LAYERS: ConsumerLayers = { spatialLayer: 8, temporalLayer: 8 };

/**
 * Every simulcast consumer starts with the smallest layer, whatever is wanted, and goes up once it flows. A sender on a thin line drops its highest layer in the
 * first second, and a worker that was waiting for that layer's key frame cannot turn to another before it knows the sender's clock:
 * the receiver would see nothing for up to ten seconds.
 */
export const FIRST_LAYERS: ConsumerLayers = { spatialLayer: 0, temporalLayer: 8 };

/** The first picture is on its way: from now on what is wanted counts. */
export function startLayers(consumer: PeerConsumer, log: Logger): void {
  if (consumer.appData.started) return;
  consumer.appData.started = true;
  apply(consumer, consumer.appData.wantedLayers, log);
}

/** Remembers what the receiver wants, and has it as soon as that may be. @throws Failure not-found */
export async function chooseLayers(consumer: PeerConsumer, layers: ConsumerLayers): Promise<void> {
  consumer.appData.wantedLayers = layers;
  consumer.appData.layersWanted?.review();
  if (consumer.appData.started) await askWorker(() => consumer.setPreferredLayers(layers), { needs: [consumer] });
}

/** Wants a layer that does not reach it. */
function isBehind(consumer: PeerConsumer): boolean {
  const { appData, preferredLayers, currentLayers, closed, paused, type } = consumer;
  if (!appData.started || !preferredLayers || closed || paused || type !== 'simulcast') return false;
  return currentLayers?.spatialLayer !== preferredLayers.spatialLayer;
}

/** Makes the worker choose again: it does when the wish changes, so the wish is changed and changed back, in one go. */
function reconsider(consumer: PeerConsumer, log: Logger): void {
  if (!isBehind(consumer) || !consumer.preferredLayers) return;
  const { spatialLayer, temporalLayer = 0 } = consumer.preferredLayers;
  apply(consumer, { spatialLayer, temporalLayer: temporalLayer === 0 ? 1 : temporalLayer - 1 }, log);
  apply(consumer, { spatialLayer, temporalLayer }, log);
}

/** Nobody waits for the answer: the worker closes a consumer with its producer, often before we hear of that. */
function apply(consumer: PeerConsumer, layers: ConsumerLayers, log: Logger): void {
  consumer.setPreferredLayers(layers).catch((err: unknown) => {
    log.debug({ err, consumerId: consumer.id }, 'layers not changed');
  });
}
