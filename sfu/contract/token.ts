import { z } from 'zod';
import { CutInput, CutState, HallSeat, MediaSource, ResumeInput } from '../../server/contract/hall.ts';
import { Id, Instant } from '../../server/contract/primitives.ts';

export { CutInput, CutState, HallSeat, MediaSource, ResumeInput };

/** What may be published at most, whatever a token or a grant says: in a call, and from each seat of a hall. */
export const CALL_SOURCES: readonly MediaSource[] = ['audio', 'video', 'screen'];
export const SEAT_SOURCES: Readonly<Record<HallSeat, readonly MediaSource[]>> = {
  theatre: MediaSource.options,
  stage: CALL_SOURCES,
  audience: ['audio', 'video'],
  advocate: [],
};

const BitsPerSecond = z.number().int().min(100_000).max(100_000_000);

/** What a token says besides where its room is a hall: a demonstration for many. */
export const HallClaims = z.object({
  seat: HallSeat,
  /** May cut the theatre's picture and sound for everyone, and end a cut. */
  mayCut: z.boolean(),
  maxReceiveBps: BitsPerSecond,
  maxSendBps: BitsPerSecond,
  /** What is cut as far as the server knows: holds at an sfu that has counted fewer cuts, as one that was started anew. */
  cut: CutInput.extend({ number: CutState.shape.number.exactOptional() }).exactOptional(),
  /** The sfu node that theatre and stage are on, as the server last knew; absent: the node that the token was made for. */
  originNodeId: Id.exactOptional(),
});
export type HallClaims = z.infer<typeof HallClaims>;

/**
 * What the server vouches for when it lets a person into a room. The only thing that the two processes share.
 * It names a practitioner, never a patient. Signed, not encrypted: whoever holds it can read it.
 */
export const RoomTokenClaims = z
  .object({
    tokenId: Id,
    roomId: Id,
    accountId: Id,
    /** What the person signed in with at the server: when that ends, so does their stay in the room. */
    signInId: Id,
    displayName: z.string().max(100),
    facilityName: z.string().max(200),
    /** The person's role as the server names it; shown to others, decides nothing here. */
    role: z.string().max(32),
    mayPublish: z.array(MediaSource).max(MediaSource.options.length),
    /** Where there is none the room is a call. */
    hall: HallClaims.exactOptional(),
    issuedAt: Instant,
    /** Until then the room may be entered; a person who is in stays in, */
    expiresAt: Instant,
    /** until then at the latest: their sign-in is over, whether or not anybody tells the sfu. */
    signInEndsAt: Instant,
  })
  .refine(({ mayPublish, hall }) => {
    const most = hall ? SEAT_SOURCES[hall.seat] : CALL_SOURCES;
    return mayPublish.every((source) => most.includes(source));
  }, 'the seat may not publish that');
export type RoomTokenClaims = z.infer<typeof RoomTokenClaims>;

/** What a client hands over in Socket.IO's handshake (`auth`). */
export const SfuHandshake = z.object({
  token: z.string().min(1).max(4096),
  contractVersion: z.number().int(),
});
export type SfuHandshake = z.infer<typeof SfuHandshake>;
