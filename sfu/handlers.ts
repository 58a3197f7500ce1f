import type { types } from 'mediasoup';
import { Failure } from '../server/contract/failure.ts';
import { askWorker } from './ask-worker.ts';
import type { SfuRequestInput, SfuRequestName, SfuRequestReply } from './contract/messages.ts';
import { EdgeHall } from './hall/edge-hall.ts';
import { Hall } from './hall/hall.ts';
import { chooseLayers } from './layers.ts';
import { pauseProducer, resumeProducer } from './pauses.ts';
import { type Peer, type PeerConsumer, type PeerProducer, toTransportView } from './peer.ts';
import type { Room } from './room.ts';
import { closeProducer, consume, prioritise, produce, renameProducer, setTaken } from './tracks.ts';
import { renewPictureTransport } from './transports.ts';

export type SfuHandlers = {
  [N in SfuRequestName]: (input: SfuRequestInput<N>, requestId: string) => Promise<SfuRequestReply<N>>;
};
/** One connection's place in a room, as its requests need it. */
export interface Seat {
  look(): Promise<SfuRequestReply<'room:look'>>;
  join(input: SfuRequestInput<'room:join'>): Promise<SfuRequestReply<'room:join'>>;
  /** @throws Failure conflict before the join and after the leave */
  getJoined(): { room: Room; peer: Peer };
}

/** Everything is looked up among the peer's own: what is another's is not-found. */
export function createHandlers(seat: Seat): SfuHandlers {
  return {
    'room:look': () => seat.look(),
    'room:join': (input) => seat.join(input),
    async 'room:leave'() {
      const { room, peer } = seat.getJoined();
      room.remove(peer);
      return {};
    },
    async 'capabilities:declare'({ rtpCapabilities }) {
      seat.getJoined().peer.rtpCapabilities = rtpCapabilities;
      return {};
    },
    async 'transport:connect'({ transportId, dtlsParameters }) {
      const transport = getTransport(seat, transportId);
      await transport.connect({ dtlsParameters }).catch((cause: unknown) => {
        throw new Failure('conflict', 'the transport is connected or closed', { cause });
      });
      return {};
    },
    async 'transport:restart-ice'({ transportId }) {
      const transport = getTransport(seat, transportId);
      return { iceParameters: await askWorker(() => transport.restartIce(), { needs: [transport] }) };
    },
    async 'transport:renew'() {
      const { room, peer } = seat.getJoined();
      return toTransportView(await renewPictureTransport(room, peer));
    },
    async 'producer:create'(input) {
      const { room, peer } = seat.getJoined();
      const producer = await produce(room, peer, input);
      return { producerId: producer.id };
    },
    async 'producer:pause'({ producerId, why }) {
      const { room, peer } = seat.getJoined();
      await pauseProducer(room, getProducer(seat, producerId), why ?? 'owner', peer);
      return {};
    },
    async 'producer:resume'({ producerId }) {
      const { room, peer } = seat.getJoined();
      await resumeProducer(room, getProducer(seat, producerId), peer);
      return {};
    },
    async 'producer:close'({ producerId }) {
      const { room, peer } = seat.getJoined();
      closeProducer(room, peer, getProducer(seat, producerId));
      return {};
    },
    async 'producer:rename'({ producerId, label }) {
      const { room, peer } = seat.getJoined();
      renameProducer(room, peer, getProducer(seat, producerId), label);
      return {};
    },
    async 'consumer:create'({ producerId }) {
      const { room, peer } = seat.getJoined();
      return await consume(room, peer, producerId);
    },
    async 'consumer:pause'({ consumerId }) {
      await setTaken(getConsumer(seat, consumerId), false);
      return {};
    },
    async 'consumer:resume'({ consumerId }) {
      await setTaken(getConsumer(seat, consumerId), true);
      return {};
    },
    async 'consumer:close'({ consumerId }) {
      getConsumer(seat, consumerId).close();
      return {};
    },
    async 'consumer:set-preferred-layers'({ consumerId, layers }) {
      await chooseLayers(getConsumer(seat, consumerId), layers);
      return {};
    },
    async 'consumer:set-priority'({ consumerId, priority }) {
      await prioritise(getConsumer(seat, consumerId), priority);
      return {};
    },
    async 'hall:cut'(input) {
      const { hall, accountId } = getHallToCut(seat);
      return await hall.cut(input, accountId);
    },
    async 'hall:resume'(input) {
      const { hall, accountId } = getHallToCut(seat);
      return await hall.resume(input, accountId);
    },
  };
}

/** @throws Failure forbidden where the token does not say that its bearer may */
function getHallToCut(seat: Seat): { hall: Hall | EdgeHall; accountId: string } {
  const { room, peer } = seat.getJoined();
  if (!((room instanceof Hall || room instanceof EdgeHall) && peer.claims.hall?.mayCut))
    throw new Failure('forbidden', 'may not cut');
  return { hall: room, accountId: peer.claims.accountId };
}

function getTransport(seat: Seat, transportId: string): types.WebRtcTransport {
  const { send, recv, pictures } = seat.getJoined().peer.transports;
  const found = [send, recv, pictures].find((transport) => transport?.id === transportId);
  if (!found) throw new Failure('not-found', 'no such transport');
  return found;
}

function getProducer(seat: Seat, producerId: string): PeerProducer {
  const found = seat.getJoined().peer.producers.get(producerId);
  if (!found) throw new Failure('not-found', 'no such producer of yours');
  return found;
}

function getConsumer(seat: Seat, consumerId: string): PeerConsumer {
  const found = seat.getJoined().peer.consumers.get(consumerId);
  if (!found) throw new Failure('not-found', 'no such consumer');
  return found;
}
