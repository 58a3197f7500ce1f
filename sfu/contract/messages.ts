import { z } from 'zod';
import type { Reply } from '../../server/contract/messages.ts';
import { Empty, Id } from '../../server/contract/primitives.ts';
import {
  ConsumerLayers,
  ConsumerView,
  HallState,
  PausedBy,
  PeerView,
  ProducerView,
  RoomJoin,
  RoomSnapshot,
  TrackLabel,
  TransportView,
} from './room.ts';
import { DtlsParameters, IceParameters, RtpCapabilities, RtpParameters } from './rtp.ts';
import { CutInput, CutState, MediaSource, ResumeInput } from './token.ts';

export { PausedBy };

interface Request<I extends z.ZodType, O extends z.ZodType> {
  input: I;
  reply: O;
}
const request = <I extends z.ZodType, O extends z.ZodType>(input: I, reply: O): Request<I, O> => ({ input, reply });
const ofTransport = z.object({ transportId: Id });
const ofProducer = z.object({ producerId: Id });
const ofConsumer = z.object({ consumerId: Id });
const ofPeer = z.object({ peerId: Id });

const Score = z.number().int().min(0).max(10);

/** What a client asks. Each is answered by an acknowledgement, {@link Reply}. All but `room:look` and `room:join` need a peer that has joined. */
export const requests = {
  /** Who is in the room, for the page before entering: whoever looks is not seen, and makes no room. */
  'room:look': request(Empty, z.object({ peers: z.array(PeerView) })),
  'room:join': request(RoomJoin, RoomSnapshot),
  'room:leave': request(Empty, Empty),
  'capabilities:declare': request(z.object({ rtpCapabilities: RtpCapabilities }), Empty),
  'transport:connect': request(z.object({ transportId: Id, dtlsParameters: DtlsParameters }), Empty),
  'transport:restart-ice': request(ofTransport, z.object({ iceParameters: IceParameters })),
  /** Gives the pictures a receive transport of their own and closes what they came over; each is consumed anew. The voices stay where they are. */
  'transport:renew': request(Empty, TransportView),
  'producer:create': request(
    z.object({
      source: MediaSource,
      label: TrackLabel.exactOptional(),
      inputId: Id.exactOptional(),
      rtpParameters: RtpParameters,
      paused: z.boolean(),
    }),
    ofProducer,
  ),
  /** `why`: its camera gives no picture; left out: its owner wants it so. Paused already, it is for this reason from now on. */
  'producer:pause': request(ofProducer.extend({ why: z.literal('no-picture').exactOptional() }), Empty),
  'producer:resume': request(ofProducer, Empty),
  'producer:close': request(ofProducer, Empty),
  /** It is called so from now on; without a label: by what it shows alone. */
  'producer:rename': request(ofProducer.extend({ label: TrackLabel.exactOptional() }), Empty),
  'consumer:create': request(ofProducer, ConsumerView),
  'consumer:pause': request(ofConsumer, Empty),
  'consumer:resume': request(ofConsumer, Empty),
  'consumer:close': request(ofConsumer, Empty),
  'consumer:set-preferred-layers': request(z.object({ consumerId: Id, layers: ConsumerLayers }), Empty),
  /** Video only, 255 the most important: who gets the bandwidth first. Voice always comes before video. */
  'consumer:set-priority': request(z.object({ consumerId: Id, priority: z.number().int().min(1).max(255) }), Empty),
  /** Cuts off what is named of the theatre, for everyone; what is cut already stays so. Only with `mayCut`, as is `hall:resume`. */
  'hall:cut': request(CutInput, CutState),
  /** Ends the cut of what is named; refused where there is a newer cut than the sender knows of. */
  'hall:resume': request(ResumeInput, CutState),
} as const;

/** What the sfu tells without being asked. */
export const notices = {
  'peer:joined': PeerView,
  'peer:left': ofPeer,
  /** The peer's signalling is lost; it has the grace window to return. */
  'peer:away': ofPeer,
  'peer:returned': ofPeer,
  /** Another connection took over this session: this one is finished and must not reconnect. */
  'peer:replaced': Empty,
  /** This person's right to be here has ended (signed out, taken off the case): the connection is closed after it. */
  'peer:removed': Empty,
  'producer:created': ProducerView,
  /** Each consumer of it is closed with it. */
  'producer:closed': ofProducer,
  'producer:paused': z.object({ producerId: Id, by: PausedBy }),
  'producer:resumed': ofProducer,
  'producer:renamed': ofProducer.extend({ label: TrackLabel.exactOptional() }),
  /** To its owner only: how well the track arrives at the sfu, 0 (nothing) to 10, one for each simulcast layer. */
  'producer:scored': z.object({ producerId: Id, scores: z.array(Score) }),
  /** To its owner only: so many of its simulcast layers, the smallest first, are taken by anybody; 0: none. The others need not be sent. */
  'producer:wanted': z.object({ producerId: Id, layers: z.number().int().min(0).max(4) }),
  /** To its owner only: somebody of theatre and stage, or in a call, has a device that cannot decode it. */
  'producer:undecodable': ofProducer,
  /** `layers` null while not paused: the line cannot carry even the smallest picture; voice goes on. */
  'consumer:layers-changed': z.object({ consumerId: Id, layers: ConsumerLayers.nullable() }),
  /**
   * `score`: the line to this receiver; `producerScore`: of the layer that flows, 0 where none does; `producerScores`: the line from the
   * sender, one for each simulcast layer, all 0 where the sender sends nothing.
   */
  'consumer:scored': z.object({
    consumerId: Id,
    score: Score,
    producerScore: Score,
    producerScores: z.array(Score),
  }),
  /** Null: silence. */
  'speaker:changed': z.object({ peerId: Id.nullable() }),
  /** Twice a second while anybody is heard: dBov, -127 (silent) to 0. Once empty when all fall silent. */
  'levels:changed': z.object({ levels: z.array(z.object({ peerId: Id, levelDbov: z.number() })) }),
  /** The call is over for everyone; the connection is closed after it. */
  'room:ended': Empty,
  /**
   * The media process under the room, or under one's place in it, died: everything built on it is gone, join again on this same connection. The
   * audience of a hall waits `afterMs` first, each for another time, so that not all come at once.
   */
  'room:rejoin': z.object({ afterMs: z.number().int().min(0).max(2_000) }),
  /** This sfu has no place for the person any more, another one has: fetch a fresh ticket in `afterMs`. Until then what flows goes on. */
  'room:move': z.object({ afterMs: z.number().int().min(0).max(10_000) }),
  'hall:state': HallState,
  /** What the person may publish has changed: `sendTransport` null where that is nothing. The receive transport stays. */
  'publish:changed': z.object({ mayPublish: z.array(MediaSource), sendTransport: TransportView.nullable() }),
} as const;

export type SfuRequests = typeof requests;
export type SfuRequestName = keyof SfuRequests;
export type SfuRequestInput<N extends SfuRequestName> = z.infer<SfuRequests[N]['input']>;
export type SfuRequestReply<N extends SfuRequestName> = z.infer<SfuRequests[N]['reply']>;
export type SfuNotices = typeof notices;
export type SfuNoticeName = keyof SfuNotices;
export type SfuNotice<N extends SfuNoticeName> = z.infer<SfuNotices[N]>;

/** Socket.IO's type parameters, derived. */
export type ClientToSfu = {
  [N in SfuRequestName]: (input: SfuRequestInput<N>, reply: (answer: Reply<SfuRequestReply<N>>) => void) => void;
};
export type SfuToClient = { [N in SfuNoticeName]: (notice: SfuNotice<N>) => void };
