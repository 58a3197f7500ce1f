import { z } from 'zod';
import { PersonView } from './account.ts';
import { Id, Instant } from './primitives.ts';

export const CallView = z.object({
  callId: Id,
  startedAt: Instant,
  startedBy: PersonView,
  endedAt: Instant.nullable(),
});
export type CallView = z.infer<typeof CallView>;

/**
 * Whether calls can be held. `preparing`: this machine is still making its media worker, once, and needs about so many seconds more;
 * `failed`: it could not, and tries again when the server is started anew.
 */
export const MediaReadiness = z.discriminatedUnion('state', [
  z.object({ state: z.literal('ready') }),
  z.object({ state: z.literal('preparing'), leftS: z.number().int().positive() }),
  z.object({ state: z.literal('failed') }),
]);
export type MediaReadiness = z.infer<typeof MediaReadiness>;

export const IceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
});
export type IceServer = z.infer<typeof IceServer>;

/** All a browser needs to enter the room: where the sfu is (empty: this origin) a token that says what it may do there, and relays with credentials that last some minutes longer. */
export const CallTicket = z.object({
  sfuUrl: z.string(),
  token: z.string(),
  expiresAt: Instant,
  iceServers: z.array(IceServer),
});
export type CallTicket = z.infer<typeof CallTicket>;
