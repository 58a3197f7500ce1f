import type { RoomTokenGrant } from '../../sfu/room-token.ts';
import type { Asked } from '../access/asked.ts';
import type { CallTicket } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { issueIceServers, type TurnConfig } from './turn.ts';

export interface TicketParts {
  work: Work<'accounts'>;
  /** Signs a room token with the secret shared with the sfu. */
  mintRoomToken(grant: RoomTokenGrant): string;
  /** Where browsers reach the sfu; empty: where they are. */
  sfuUrl: string;
  turn: TurnConfig | undefined;
}

/** How long a ticket opens the room. Windows fetch a fresh one for each connection. */
const TICKET_MS = 5 * 60_000;

/** Lets the caller, as they stand at the server, into a room. What they may do there the claims say. */
export async function issueRoomTicket(
  { work, mintRoomToken, sfuUrl, turn }: TicketParts,
  { caller, at }: Pick<Asked, 'caller' | 'at'>,
  claims: Pick<RoomTokenGrant, 'roomId' | 'mayPublish' | 'hall'>,
): Promise<CallTicket> {
  const goodUntil = new Date(at.getTime() + TICKET_MS).toISOString();
  // Without a session, as the people of the demo cases are, nobody stays longer than the ticket is good.
  const { expiresAt: signInEndsAt } = (await work.read.accounts.findSession({ sessionId: caller.sessionId })) ?? {
    expiresAt: goodUntil,
  };
  const expiresAt = goodUntil < signInEndsAt ? goodUntil : signInEndsAt;
  const token = mintRoomToken({
    accountId: caller.accountId,
    signInId: caller.sessionId,
    signInEndsAt,
    displayName: caller.name,
    facilityName: caller.facilityName,
    role: caller.role,
    expiresAt,
    ...claims,
  });
  return { sfuUrl, token, expiresAt, iceServers: issueIceServers(turn, caller.accountId, at) };
}
