import { z } from 'zod';
import { TrackLabel } from '../../server/contract/hall.ts';
import { Id } from '../../server/contract/primitives.ts';
import { RecordingSign } from './recording.ts';
import { DtlsParameters, IceCandidate, IceParameters, MediaKind, RtpCapabilities, RtpParameters } from './rtp.ts';
import { CutState, HallSeat, MediaSource } from './token.ts';

/** One window of one person in the room. */
export const PeerView = z.object({
  peerId: Id,
  accountId: Id,
  displayName: z.string(),
  facilityName: z.string(),
  role: z.string(),
  /** The signalling is lost and may come back; media may still flow. */
  away: z.boolean(),
  /** In a hall. */
  seat: HallSeat.exactOptional(),
});
export type PeerView = z.infer<typeof PeerView>;

export { TrackLabel };

/**
 * Who or what keeps a track from flowing: its owner, or that the owner's camera gives no picture; a moderator, a cut, that too few cameras are shown
 * for it to be among them, or that the watchers' node has lost the theatre's, so that nothing of it can be shown as live.
 */
export const PausedBy = z.enum(['owner', 'no-picture', 'moderator', 'cut', 'last-n', 'origin-lost']);
export type PausedBy = z.infer<typeof PausedBy>;

/** A track that a peer sends. */
export const ProducerView = z.object({
  producerId: Id,
  peerId: Id,
  kind: MediaKind,
  source: MediaSource,
  label: TrackLabel.exactOptional(),
  /** Names it among its sender's, whatever it is called. */
  inputId: Id.exactOptional(),
  paused: z.boolean(),
  /** Why it is. */
  pausedBy: PausedBy.exactOptional(),
});
export type ProducerView = z.infer<typeof ProducerView>;

/** What mediasoup-client's `createSendTransport` and `createRecvTransport` take, with `transportId` as `id`. */
export const TransportView = z.object({
  transportId: Id,
  iceParameters: IceParameters,
  iceCandidates: z.array(IceCandidate),
  dtlsParameters: DtlsParameters,
});
export type TransportView = z.infer<typeof TransportView>;

export const ConsumerView = z.object({
  consumerId: Id,
  producerId: Id,
  peerId: Id,
  kind: MediaKind,
  source: MediaSource,
  label: TrackLabel.exactOptional(),
  rtpParameters: RtpParameters,
  type: z.enum(['simple', 'simulcast', 'svc', 'pipe']),
  producerPaused: z.boolean(),
  /** As the receiver left it; a new consumer is paused until `consumer:resume`. */
  paused: z.boolean(),
});
export type ConsumerView = z.infer<typeof ConsumerView>;

export const RoomJoin = z.object({
  /** Chosen by the window, random, told to nobody else: with the account it names the peer across lost connections. */
  sessionId: Id,
  /** The window still has its transports of this session and wants to go on with them. */
  resume: z.boolean(),
  /** Where the person is in the room in another window: that one is put out. Without it whoever is in stays in. */
  takeOver: z.boolean().exactOptional(),
  /** Where known from before; else `capabilities:declare` follows once the device is loaded. */
  rtpCapabilities: RtpCapabilities.optional(),
});
export type RoomJoin = z.infer<typeof RoomJoin>;

/** What everybody in a hall is told of it, once a second where something changed, and at once of a cut. */
export const HallState = z.object({
  /** How many sit in the audience; nobody is told who. */
  audience: z.number().int(),
  cut: CutState,
  /** The peers of theatre and stage, and whoever of the audience may publish now: those that `peers` and `peer:*` are about. */
  stage: z.array(Id),
  /** Who speaks now; null in silence. */
  speakerPeerId: Id.nullable(),
  recording: RecordingSign,
});
export type HallState = z.infer<typeof HallState>;

/** Everything that a peer needs to stand where the room stands: after a resume it replaces whatever notices were missed. */
export const RoomSnapshot = z.object({
  peerId: Id,
  /** False: what the window had before is gone, it builds new transports from those below. */
  resumed: z.boolean(),
  routerRtpCapabilities: RtpCapabilities,
  /** What the person may publish now. */
  mayPublish: z.array(MediaSource),
  /** Null where that is nothing. */
  sendTransport: TransportView.nullable(),
  recvTransport: TransportView,
  /** The others in the room; in a hall those of its stage. */
  peers: z.array(PeerView),
  /** The tracks of the others. */
  producers: z.array(ProducerView),
  /** Who speaks now; null in silence. */
  speakerPeerId: Id.nullable(),
  /** Where the room is a hall. */
  hall: HallState.exactOptional(),
  /** The receiver's own, as the sfu has them; all empty unless resumed. */
  ownProducers: z.array(ProducerView),
  ownConsumers: z.array(z.object({ consumerId: Id, producerId: Id, paused: z.boolean() })),
});
export type RoomSnapshot = z.infer<typeof RoomSnapshot>;

/** Simulcast layers, 0 the smallest. */
export const ConsumerLayers = z.object({
  spatialLayer: z.number().int().min(0).max(8),
  temporalLayer: z.number().int().min(0).max(8).exactOptional(),
});
export type ConsumerLayers = z.infer<typeof ConsumerLayers>;
