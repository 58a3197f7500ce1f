import { Failure } from '../server/contract/failure.ts';
import { askWorker } from './ask-worker.ts';
import type { SfuRequestInput } from './contract/messages.ts';
import type { ConsumerView } from './contract/room.ts';
import type { RtpCapabilities } from './contract/rtp.ts';
import type { LayerTaker } from './layer-demand.ts';
import { FIRST_LAYERS, HIGHEST_LAYERS, startLayers, watchLayers } from './layers.ts';
import { watchLayersWanted } from './layers-wanted.ts';
import { DEFAULT_PRIORITY, kindOf } from './media.ts';
import {
  type ConsumedTrackData,
  namesOf,
  type Peer,
  type PeerConsumer,
  type PeerProducer,
  type ProducedTrackData,
  type RoomTrack,
  toProducerView,
} from './peer.ts';
import type { Room } from './room.ts';

const MAX_PRODUCERS = 8;

/** Lets a peer send a track and tells the others. @throws Failure forbidden, conflict, invalid-message */
export async function produce(
  room: Room,
  peer: Peer,
  { source, rtpParameters, paused, ...names }: SfuRequestInput<'producer:create'>,
): Promise<PeerProducer> {
  const { send } = peer.transports;
  if (!send || !peer.mayPublish.includes(source)) throw new Failure('forbidden', `may not publish ${source}`);
  const kind = kindOf(source);
  // mediasoup would take a voice for a picture: it looks up the codec without looking at the kind.
  if (!rtpParameters.codecs.every(({ mimeType }) => mimeType.toLowerCase().startsWith(`${kind}/`)))
    throw new Failure('invalid-message', `${source} needs ${kind} codecs`, { fields: ['rtpParameters.codecs'] });
  if (peer.producers.size + peer.producersUnderway >= MAX_PRODUCERS)
    throw new Failure('conflict', `at most ${MAX_PRODUCERS} producers`);
  const { pausedBy, ...terms } = room.termsFor(peer, source);
  if (paused) pausedBy.push('owner');
  const appData: ProducedTrackData = {
    peerId: peer.peerId,
    source,
    ...namesOf(names),
    pausedBy: new Set(pausedBy),
    consumers: new Set(),
    farTakers: new Map(),
  };
  peer.producersUnderway += 1;
  const producer = await askWorker(
    () => send.produce({ kind, rtpParameters, paused: pausedBy.length > 0, appData, ...terms }),
    { needs: [send], chosen: ['rtpParameters'] },
  ).finally(() => {
    peer.producersUnderway -= 1;
  });
  if (producer.closed) throw new Failure('not-found', 'the peer left meanwhile');
  if (!peer.mayPublish.includes(source)) {
    producer.close();
    throw new Failure('forbidden', `may not publish ${source} any more`);
  }
  peer.producers.set(producer.id, producer);
  producer.on('score', (scores) =>
    peer.tell('producer:scored', { producerId: producer.id, scores: scores.map(({ score }) => score) }),
  );
  if (source !== 'audio') watchLayers(producer, () => [...appData.consumers], room.log);
  if (producer.type === 'simulcast') watchDemand(peer, producer);
  await room.addProducer(producer);
  room.tell('producer:created', toProducerView(producer), peer);
  return producer;
}

function watchDemand(peer: Peer, producer: PeerProducer): void {
  const { id: producerId, rtpParameters, appData } = producer;
  const layersWanted = watchLayersWanted({
    layerCount: rtpParameters.encodings?.length ?? 1,
    takers: () => takersOf(appData),
    tell: (layers) => peer.tell('producer:wanted', { producerId, layers }),
  });
  producer.appData.layersWanted = layersWanted;
  producer.observer.once('close', () => layersWanted.close());
}

/** All who receive a picture, here and by way of other nodes, and what of it. */
export function takersOf({ consumers, farTakers }: Pick<ProducedTrackData, 'consumers' | 'farTakers'>): LayerTaker[] {
  const here = [...consumers].map(({ paused, appData: { wantedLayers } }) => ({
    paused,
    spatialLayer: wantedLayers.spatialLayer,
  }));
  return [...here, ...farTakers.values()];
}

/** The track is called so from now on; undefined: by what it shows alone. */
export function renameProducer(
  room: Room,
  owner: Peer,
  { id: producerId, appData }: PeerProducer,
  label?: string,
): void {
  if (label === undefined) delete appData.label;
  else appData.label = label;
  room.tell('producer:renamed', { producerId, ...(label !== undefined && { label }) }, owner);
}

/** Ends a track and tells everyone who might consume it; its owner where it was not they who ended it. */
export function closeProducer(room: Room, peer: Peer, producer: PeerProducer, owner?: 'tell-owner'): void {
  peer.producers.delete(producer.id);
  // Before the notice: whoever has heard it must not find a consumer that the worker has closed already.
  for (const consumer of [...producer.appData.consumers]) consumer.close();
  producer.close();
  room.tell('producer:closed', { producerId: producer.id }, owner ? undefined : peer);
}

/** Lets a peer receive a track, paused. Asked again for the same track it gives the same consumer. @throws Failure not-found, conflict */
export async function consume(room: Room, peer: Peer, producerId: string): Promise<ConsumerView> {
  const producer = room.findTrack(producerId);
  if (!producer || producer.appData.peerId === peer.peerId) throw new Failure('not-found', 'no such producer');
  const { rtpCapabilities } = peer;
  if (!rtpCapabilities) throw new Failure('conflict', 'declare the capabilities first');
  const existing = [...peer.consumers.values()].find((consumer) => consumer.producerId === producerId);
  if (existing) return toConsumerView(existing);
  const release = await askWorker(() => room.bring(producer, peer.transports.place), { needs: [producer, peer] });
  try {
    return await consumeThere(room, peer, producer, rtpCapabilities, release);
  } catch (error) {
    release();
    throw error;
  }
}

async function consumeThere(
  room: Room,
  peer: Peer,
  producer: RoomTrack,
  rtpCapabilities: RtpCapabilities,
  release: () => void,
): Promise<ConsumerView> {
  const { id: producerId } = producer;
  if (producer.closed || peer.closed) throw new Failure('not-found', 'no such producer');
  if (!peer.transports.place.router.canConsume({ producerId, rtpCapabilities })) {
    // Of an audience of hundreds one old browser is not to cost the theatre its hardware encoder.
    if (peer.claims.hall?.seat !== 'audience')
      room.getPeer(producer.appData.peerId)?.tell('producer:undecodable', { producerId });
    throw new Failure('conflict', 'this device cannot decode the track');
  }
  const { peerId, source, label, layersWanted } = producer.appData;
  const recv = (source !== 'audio' && peer.transports.pictures) || peer.transports.recv;
  const appData: ConsumedTrackData = {
    peerId,
    source,
    ...(label !== undefined && { label }),
    ...(layersWanted && { layersWanted }),
    wantedLayers: HIGHEST_LAYERS,
    started: false,
  };
  const preferredLayers = producer.type === 'simulcast' ? { preferredLayers: FIRST_LAYERS } : {};
  const consumer = await askWorker(
    () => recv.consume({ producerId, rtpCapabilities, paused: true, enableRtx: true, appData, ...preferredLayers }),
    { needs: [recv, producer], chosen: ['rtpCapabilities'] },
  );
  if (consumer.closed) throw new Failure('not-found', 'no such producer');
  const raced = [...peer.consumers.values()].find((other) => other.producerId === producerId);
  if (raced) {
    consumer.close();
    release();
    return toConsumerView(raced);
  }
  peer.consumers.set(consumer.id, consumer);
  producer.appData.consumers.add(consumer);
  consumer.observer.once('close', () => {
    producer.appData.consumers.delete(consumer);
    release();
  });
  watchConsumer(room, peer, consumer);
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
  const { peerId, source, label } = appData;
  const ofTrack = { producerId, peerId, kind, source, ...(label !== undefined && { label }) };
  return { consumerId, ...ofTrack, rtpParameters, type, producerPaused, paused };
}
