import type { types } from 'mediasoup';
import { Failure } from '../server/contract/failure.ts';
import type { RoomTokenClaims } from './contract/token.ts';
import { MAX_INCOMING_BITRATE_BPS, TRANSPORT_OPTIONS } from './media.ts';
import type { Peer, PeerTransports } from './peer.ts';
import type { Room } from './room.ts';

/** Begins with less than a new peer's: the line is one that was thin a moment ago. The smallest layer and some more. */
const RENEWED_BITRATE_BPS = 300_000;

const create = (
  { router, mediaWorker: { webRtcServer } }: Room,
  initialAvailableOutgoingBitrate: number = TRANSPORT_OPTIONS.initialAvailableOutgoingBitrate,
) => router.createWebRtcTransport({ ...TRANSPORT_OPTIONS, initialAvailableOutgoingBitrate, webRtcServer });

/** The transports of somebody who enters; without leave to publish there is none to send over. */
export async function createTransports(room: Room, { mayPublish }: RoomTokenClaims): Promise<PeerTransports> {
  const [recv, send] = await Promise.all([create(room), mayPublish.length > 0 ? create(room) : undefined]);
  // Not waited for: it counts once much is sent, and the one who enters waits for the transports.
  send?.setMaxIncomingBitrate(MAX_INCOMING_BITRATE_BPS).catch((err: unknown) => {
    room.log.debug({ err }, 'the ceiling of what a peer sends was not set');
  });
  return { recv, send };
}

/**
 * A transport for the peer's pictures alone, in place of what they came over: its estimate of the line starts anew. Their consumers are closed.
 * @throws Failure not-found where the peer left meanwhile
 */
export async function renewPictureTransport(room: Room, peer: Peer): Promise<types.WebRtcTransport> {
  const fresh = await create(room, RENEWED_BITRATE_BPS);
  if (peer.closed) {
    fresh.close();
    throw new Failure('not-found', 'the peer left meanwhile');
  }
  for (const consumer of peer.consumers.values()) if (consumer.kind === 'video') consumer.close();
  peer.transports.pictures?.close();
  peer.transports.pictures = fresh;
  return fresh;
}
