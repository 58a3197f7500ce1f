import type { types } from 'mediasoup';
import { Failure } from '../server/contract/failure.ts';
import type { TransportView } from './contract/room.ts';
import type { RoomTokenClaims } from './contract/token.ts';
import { shutWhereTooThin } from './judge-line.ts';
import { MAX_INCOMING_BITRATE_BPS, TRANSPORT_OPTIONS } from './media.ts';
import { type Peer, type PeerTransports, toTransportView } from './peer.ts';
import type { Place } from './place.ts';
import type { Room } from './room.ts';

/** Begins with less than a new peer's: the line is one that was thin a moment ago. The smallest layer and some more. */
const RENEWED_BITRATE_BPS = 300_000;

const create = (
  { router, mediaWorker: { webRtcServer } }: Place,
  initialAvailableOutgoingBitrate: number = TRANSPORT_OPTIONS.initialAvailableOutgoingBitrate,
) => router.createWebRtcTransport({ ...TRANSPORT_OPTIONS, initialAvailableOutgoingBitrate, webRtcServer });

/** The most that is sent to a peer; 0: as much as its line carries. */
export function ceilingOf({ hall }: RoomTokenClaims): number {
  return hall?.maxReceiveBps ?? 0;
}

/** The transports of somebody who enters; without leave to publish there is none to send over. */
export async function createTransports(room: Room, place: Place, claims: RoomTokenClaims): Promise<PeerTransports> {
  const maySend = room.mayPublish(claims).length > 0;
  const [recv, send] = await Promise.all([
    createReceiving(room, place, claims),
    maySend ? createSending(room, claims) : undefined,
  ]);
  return { recv, send, place };
}

/** Makes, keeps or closes what a peer sends over, as it may publish now. */
export async function fitSendTransport(room: Room, peer: Peer): Promise<TransportView | null> {
  const { transports } = peer;
  if (peer.mayPublish.length === 0) {
    transports.send?.close();
    transports.send = undefined;
  } else if (!transports.send) {
    const send = await createSending(room, peer.claims);
    // Granted twice, taken back, or left meanwhile.
    if (peer.closed || peer.mayPublish.length === 0 || transports.send) send.close();
    else transports.send = send;
  }
  return transports.send ? toTransportView(transports.send) : null;
}

async function createSending(room: Room, { hall }: RoomTokenClaims): Promise<types.WebRtcTransport> {
  const send = await create(room.origin);
  // Not waited for: it counts once much is sent, and the one who enters waits for the transports.
  send.setMaxIncomingBitrate(hall?.maxSendBps ?? MAX_INCOMING_BITRATE_BPS).catch((err: unknown) => {
    room.log.debug({ err }, 'the ceiling of what a peer sends was not set');
  });
  return send;
}

async function createReceiving(
  room: Room,
  place: Place,
  claims: RoomTokenClaims,
  initialBps?: number,
): Promise<types.WebRtcTransport> {
  const recv = await create(place, initialBps);
  const ceiling = ceilingOf(claims);
  if (ceiling > 0)
    recv.setMaxOutgoingBitrate(ceiling).catch((err: unknown) => {
      room.log.debug({ err }, 'the ceiling of what a peer receives was not set');
    });
  return recv;
}

/**
 * A transport for the peer's pictures alone, in place of what they came over: its estimate of the line starts anew. Their consumers are closed.
 * @throws Failure not-found where the peer left meanwhile
 */
export async function renewPictureTransport(room: Room, peer: Peer): Promise<types.WebRtcTransport> {
  const fresh = await createReceiving(room, peer.transports.place, peer.claims, RENEWED_BITRATE_BPS);
  if (peer.closed) {
    fresh.close();
    throw new Failure('not-found', 'the peer left meanwhile');
  }
  for (const consumer of peer.consumers.values()) if (consumer.kind === 'video') consumer.close();
  peer.transports.pictures?.close();
  peer.transports.pictures = fresh;
  shutWhereTooThin(fresh).catch((err: unknown) => {
    if (!fresh.closed) room.log.debug({ err, peerId: peer.peerId }, 'a line was not judged');
  });
  return fresh;
}
