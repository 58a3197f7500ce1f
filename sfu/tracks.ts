import { Failure } from '../server/contract/failure.ts';
import { askWorker } from './ask-worker.ts';
import type { SfuRequestInput } from './contract/messages.ts';
import type { ConsumerView } from './contract/room.ts';
import { FIRST_LAYERS, HIGHEST_LAYERS, startLayers, watchLayers } from './layers.ts';
import { watchLayersWanted } from './layers-wanted.ts';
import { DEFAULT_PRIORITY, kindOf } from './media.ts';
import {
  type ConsumedTrackData,
  type Peer,
  type PeerConsumer,
  type PeerProducer,
  type TrackData,
  toProducerView,
} from './peer.ts';
import type { Room } from './room.ts';

const MAX_PRODUCERS = 8;

/** Lets a peer send a track and tells the others. @throws Failure forbidden, conflict, invalid-message */
export async function produce(
  room: Room,
  peer: Peer,
  { source, rtpParameters, paused }: SfuRequestInput<'producer:create'>,
): Promise<PeerProducer> {
  const { send } = peer.transports;
  if (!send || !peer.claims.mayPublish.includes(source)) throw new Failure('forbidden', `may not publish ${source}`);
  const kind = kindOf(source);
  // mediasoup would take a voice for a picture: it looks up the codec without looking at the kind.
  if (!rtpParameters.codecs.every(({ mimeType }) => mimeType.toLowerCase().startsWith(`${kind}/`)))
    throw new Failure('invalid-message', `${source} needs ${kind} codecs`, { fields: ['rtpParameters.codecs'] });
  if (peer.producers.size + peer.producersUnderway >= MAX_PRODUCERS)
    throw new Failure('conflict', `at most ${MAX_PRODUCERS} producers`);
  const appData: TrackData = { peerId: peer.peerId, source };
  peer.producersUnderway += 1;
  const producer = await askWorker(() => send.produce({ kind, rtpParameters, paused, appData }), {
    needs: [send],
    chosen: ['rtpParameters'],
  }).finally(() => {
    peer.producersUnderway -= 1;
  });
  if (producer.closed) throw new Failure('not-found', 'the peer left meanwhile');
  peer.producers.set(producer.id, producer);
  producer.on('score', (scores) =>
    peer.tell('producer:scored', { producerId: producer.id, scores: scores.map(({ score }) => score) }),
  );
  if (source === 'audio') await room.listenTo(producer);
  else watchLayers(producer, () => room.consumersOf(producer.id), room.log);
  if (producer.type === 'simulcast') watchDemand(room, peer, producer);
  room.tell('producer:created', toProducerView(producer), peer);
  return producer;
}

function watchDemand(room: Room, peer: Peer, producer: PeerProducer): void {
  const { id: producerId, rtpParameters } = producer;
  const layersWanted = watchLayersWanted({
    layerCount: rtpParameters.encodings?.length ?? 1,
    takers: () =>
      room
        .consumersOf(producerId)
        .map(({ paused, appData }) => ({ paused, spatialLayer: appData.wantedLayers.spatialLayer })),
    tell: (layers) => peer.tell('producer:wanted', { producerId, layers }),
  });
  producer.appData.layersWanted = layersWanted;
  producer.observer.once('close', () => layersWanted.close());
}

/** Ends a track and tells everyone who might consume it. */
export function closeProducer(room: Room, peer: Peer, producer: PeerProducer): void {
  peer.producers.delete(producer.id);
  // Before the notice: whoever has heard it must not find a consumer that the worker has closed already.
  for (const consumer of room.consumersOf(producer.id)) consumer.close();
  producer.close();
  room.tell('producer:closed', { producerId: producer.id }, peer);
}

/** Tells everyone but the one who did it, who knows. */
export async function pauseProducer(
  room: Room,
  producer: PeerProducer,
  by: 'owner' | 'moderator',
  doer?: Peer,
): Promise<void> {
  if (producer.paused) return;
  await askWorker(() => producer.pause(), { needs: [producer] });
  room.tell('producer:paused', { producerId: producer.id, by }, doer);
}

export async function resumeProducer(room: Room, producer: PeerProducer, doer: Peer): Promise<void> {
  if (!producer.paused) return;
  await askWorker(() => producer.resume(), { needs: [producer] });
  room.tell('producer:resumed', { producerId: producer.id }, doer);
}

/** Lets a peer receive a track, paused. Asked again for the same track it gives the same consumer. @throws Failure not-found, conflict */
export async function consume(room: Room, peer: Peer, producerId: string): Promise<ConsumerView> {
  const producer = room.findProducer(producerId);
  if (!producer || producer.appData.peerId === peer.peerId) throw new Failure('not-found', 'no such producer');
  const { rtpCapabilities } = peer;
  if (!rtpCapabilities) throw new Failure('conflict', 'declare the capabilities first');
  const existing = [...peer.consumers.values()].find((consumer) => consumer.producerId === producerId);
  if (existing) return toConsumerView(existing);
  if (!room.router.canConsume({ producerId, rtpCapabilities }))
    throw new Failure('conflict', 'this device cannot decode the track');
  const recv = (producer.appData.source !== 'audio' && peer.transports.pictures) || peer.transports.recv;
  const appData: ConsumedTrackData = { ...producer.appData, wantedLayers: HIGHEST_LAYERS, started: false };
  const preferredLayers = producer.type === 'simulcast' ? { preferredLayers: FIRST_LAYERS } : {};
  const consumer = await askWorker(
    () => recv.consume({ producerId, rtpCapabilities, paused: true, enableRtx: true, appData, ...preferredLayers }),
    { needs: [recv, producer], chosen: ['rtpCapabilities'] },
  );
  if (consumer.closed) throw new Failure('not-found', 'no such producer');
  const raced = [...peer.consumers.values()].find((other) => other.producerId === producerId);
  if (raced) {
    consumer.close();
    return toConsumerView(raced);
  }
  peer.consumers.set(consumer.id, consumer);
  watchConsumer(room, peer, consumer);
  const { source } = appData;
  if (source !== 'audio') await prioritise(consumer, DEFAULT_PRIORITY[source]);
  return toConsumerView(consumer);
}

/** The receiver takes the track from now on, or does not. @throws Failure not-found */
export async function setTaken(consumer: PeerConsumer, taken: boolean): Promise<void> {
  await askWorker(() => (taken ? consumer.resume() : consumer.pause()), { needs: [consumer] });
  consumer.appData.layersWanted?.review();
}

/** @throws Failure not-found */
export async function prioritise(consumer: PeerConsumer, priority: number): Promise<void> {
  await askWorker(() => consumer.setPriority(priority), { needs: [consumer] });
}

function watchConsumer({ log }: Room, peer: Peer, consumer: PeerConsumer): void {
  const consumerId = consumer.id;
  const { layersWanted } = consumer.appData;
  layersWanted?.expect();
  consumer.observer.once('close', () => {
    peer.consumers.delete(consumerId);
    layersWanted?.review();
  });
  consumer.on('score', ({ score, producerScore, producerScores }) =>
    peer.tell('consumer:scored', { consumerId, score, producerScore, producerScores }),
  );
  consumer.on('layerschange', (layers) => {
    // Without layers while somebody paused it is no news about the line.
    if (!layers && (consumer.paused || consumer.producerPaused)) return;
    if (layers) startLayers(consumer, log);
    peer.tell('consumer:layers-changed', { consumerId, layers: layers ?? null });
  });
}

function toConsumerView(consumer: PeerConsumer): ConsumerView {
  const { id: consumerId, producerId, kind, type, rtpParameters, producerPaused, paused, appData } = consumer;
  const { peerId, source } = appData;
  return { consumerId, producerId, peerId, kind, source, rtpParameters, type, producerPaused, paused };
}
