import { z } from 'zod';
import { Id, Instant } from '../../server/contract/primitives.ts';

/** What a track shows. `audio` is a voice, `video` a camera, `screen` a shared screen. */
export const MediaSource = z.enum(['audio', 'video', 'screen']);
export type MediaSource = z.infer<typeof MediaSource>;

/**
 * What the server vouches for when it lets a person into a room. The only thing that the two processes share.
 * It names a practitioner, never a patient. Signed, not encrypted: whoever holds it can read it.
 */
export const RoomTokenClaims = z.object({
  tokenId: Id,
  roomId: Id,
  accountId: Id,
  /** What the person signed in with at the server: when that ends, so does their stay in the room. */
  signInId: Id,
  displayName: z.string().max(100),
  facilityName: z.string().max(200),
  /** The person's role as the server names it; shown to others, decides nothing here. */
  role: z.string().max(32),
  mayPublish: z.array(MediaSource).max(3),
  issuedAt: Instant,
  /** Until then the room may be entered; a person who is in stays in, */
  expiresAt: Instant,
  /** until then at the latest: their sign-in is over, whether or not anybody tells the sfu. */
  signInEndsAt: Instant,
});
export type RoomTokenClaims = z.infer<typeof RoomTokenClaims>;

/** What a client hands over in Socket.IO's handshake (`auth`). */
export const SfuHandshake = z.object({
  token: z.string().min(1).max(4096),
  contractVersion: z.number().int(),
});
export type SfuHandshake = z.infer<typeof SfuHandshake>;
