import { z } from 'zod';
import type { Reply } from '../../../server/contract/messages.ts';
import { Empty, Id } from '../../../server/contract/primitives.ts';
import { CutOrder } from '../../contract/cut-order.ts';
import { PausedBy } from '../../contract/messages.ts';
import { HallState, PeerView, ProducerView } from '../../contract/room.ts';
import { MediaKind, RtpParameters } from '../../contract/rtp.ts';
import { CutState, ResumeInput } from '../../contract/token.ts';

/** Where the nodes speak to each other; a proxy in front lets nobody through to it. */
export const LINK_PATH = '/sfu/link';

/** A track of the origin's, as an edge node has to know it before it takes it. */
export const MirroredTrack = z.object({
  ...ProducerView.omit({ paused: true, pausedBy: true }).shape,
  type: z.enum(['simple', 'simulcast', 'svc']),
  /** Simulcast layers; 1 where there are none. */
  layers: z.number().int().min(1).max(4),
  pausedBy: PausedBy.exclude(['no-picture']).nullable(),
  /** Its owner's pause is for want of a picture. Apart, since nodes of the last release take no reason that they do not know. */
  isWithoutPicture: z.boolean().exactOptional(),
});
export type MirroredTrack = z.infer<typeof MirroredTrack>;

/**
 * All that is shown of a hall, as its origin has it. Told whole at every change, so that what a lost link kept back needs no other way to be
 * made good. `number` counts up as long as the hall is open.
 */
export const HallMirror = z.object({
  number: z.number().int(),
  peers: z.array(PeerView),
  tracks: z.array(MirroredTrack),
  state: HallState,
});
export type HallMirror = z.infer<typeof HallMirror>;

/** One end of a pair of mediasoup's pipe transports. */
export const PipeEnd = z.object({
  ip: z.string().min(1).max(255),
  port: z.number().int().min(1).max(65_535),
  srtpParameters: z.object({
    cryptoSuite: z.enum(['AEAD_AES_256_GCM', 'AEAD_AES_128_GCM', 'AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32']),
    keyBase64: z.string().min(1).max(200),
  }),
});
export type PipeEnd = z.infer<typeof PipeEnd>;

const ofTrack = z.object({ producerId: Id });

/** What an edge node asks of the origin, each answered by a {@link Reply}. */
export const linkRequests = {
  /**
   * First of all: joins the two ends. `pipeId` names the pair; where the origin still has it, because the link alone was lost, all that was
   * taken flows on. `cut`: what the edge knows is cut, which an origin that was just opened may not.
   */
  'link:attach': {
    input: z.object({ pipeId: Id, end: PipeEnd, cut: CutState }),
    reply: z.object({ isResumed: z.boolean(), end: PipeEnd, mirror: HallMirror }),
  },
  /** Has a track sent through the pipe, paused as it is at the origin. */
  'pipe:take': { input: ofTrack, reply: z.object({ kind: MediaKind, rtpParameters: RtpParameters }) },
  'pipe:release': { input: ofTrack, reply: Empty },
  /** So many layers of a track, the smallest first, are taken by anybody of the edge's. */
  'pipe:demand': {
    input: z.object({ producerId: Id, layers: z.number().int().min(0).max(4) }),
    reply: Empty,
  },
  /** How many sit in the audience there. */
  'link:audience': { input: z.object({ audience: z.number().int().min(0) }), reply: Empty },
  /** `by`: the account of somebody who is on the edge node and may cut; null: the server, which reached the edge alone. */
  'link:cut': { input: z.object({ ...CutOrder.shape, by: Id.nullable() }), reply: CutState },
  'link:resume': { input: z.object({ ...ResumeInput.shape, by: Id.nullable() }), reply: CutState },
  /** What the server knows is cut, as a ticket said on the edge node: taken over where it is newer. */
  'link:learn': { input: z.object({ cut: CutState }), reply: Empty },
} as const;

export type LinkRequests = typeof linkRequests;
export type LinkRequestName = keyof LinkRequests;
export type LinkInput<N extends LinkRequestName> = z.infer<LinkRequests[N]['input']>;
export type LinkReply<N extends LinkRequestName> = z.infer<LinkRequests[N]['reply']>;

export type EdgeToOrigin = {
  [N in LinkRequestName]: (input: LinkInput<N>, reply: (answer: Reply<LinkReply<N>>) => void) => void;
};
export interface OriginToEdge {
  'hall:mirror': (mirror: HallMirror) => void;
}
