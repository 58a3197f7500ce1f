import type { RoomTokenGrant } from '../../sfu/room-token.ts';
import type { Asked } from '../access/asked.ts';
import type { CallTicket } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { issueIceServers, type TurnConfig } from './turn.ts';

/** Where a room is entered. */
export interface MediaPlace {
  /** Where browsers reach the sfu; empty: where they are. */
  sfuUrl: string;
  /** With several sfu nodes: the one that the room is on, for a hall theatre and stage. */
  originNodeId?: string;
}

/** Who is to be placed. `unreached`: where they were sent before, and did not get through to. */
export interface Placed {
  accountId: string;
  isWatcher: boolean;
  unreached?: string | undefined;
}

export interface TicketParts {
  work: Work<'accounts'>;
  /** Signs a room token with the secret shared with the sfu. */
  mintRoomToken(grant: RoomTokenGrant): string;
  /** The sfu that somebody is to enter a room at. @throws Failure unavailable / sfu-unreachable where there is none */
  placeIn(roomId: string, who: Placed): Promise<MediaPlace>;
  turn: TurnConfig | undefined;
}

/** How long a ticket opens the room. Windows fetch a fresh one for each connection. */
const TICKET_MS = 5 * 60_000;

/** Lets the caller, as they stand at the server, into a room. What they may do there the claims say. */
export async function issueRoomTicket(
  { work, mintRoomToken, placeIn, turn }: TicketParts,
  { caller, at }: Pick<Asked, 'caller' | 'at'>,
  claims: Pick<RoomTokenGrant, 'roomId' | 'mayPublish' | 'hall'>,
  unreached?: string,
): Promise<CallTicket> {
  const goodUntil = new Date(at.getTime() + TICKET_MS).toISOString();
  // Without a session, as the people of the demo cases are, nobody stays longer than the ticket is good.
  const { expiresAt: signInEndsAt } = (await work.read.accounts.findSession({ sessionId: caller.sessionId })) ?? {
    expiresAt: goodUntil,
  };
  const expiresAt = goodUntil < signInEndsAt ? goodUntil : signInEndsAt;
  const { roomId, mayPublish, hall } = claims;
  const isWatcher = hall?.seat === 'audience' && mayPublish.length === 0;
  const { sfuUrl, originNodeId } = await placeIn(roomId, { accountId: caller.accountId, isWatcher, unreached });
  const token = mintRoomToken({
    accountId: caller.accountId,
    signInId: caller.sessionId,
    signInEndsAt,
    displayName: caller.name,
    facilityName: caller.facilityName,
    role: caller.role,
    expiresAt,
    roomId,
    mayPublish,
    ...(hall && { hall: { ...hall, ...(originNodeId !== undefined && { originNodeId }) } }),
  });
  return { sfuUrl, token, expiresAt, iceServers: issueIceServers(turn, caller.accountId, at) };
}
