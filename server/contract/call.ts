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
