import type { types } from 'mediasoup';
import { Failure } from '../../server/contract/failure.ts';
import type { RoomTokenClaims } from '../contract/token.ts';
import type { JoinedNodes } from '../nodes/joined-nodes.ts';
import type { RecorderParts } from '../recorder/recorder.ts';
import type { Room } from '../room.ts';
import type { MediaWorker } from '../workers.ts';
import { EdgeHall } from './edge-hall.ts';
import { Hall } from './hall.ts';
import { mintLinkToken } from './link/token.ts';
import type { SpreadRoomParts } from './spread-room.ts';
import type { Standing } from './standing.ts';

/** An sfu alone makes no pipe to another one. */
const NO_NODES: types.TransportListenInfo = { protocol: 'udp', ip: '127.0.0.1' };

export interface HallOpening extends SpreadRoomParts {
  standing: Standing;
  recorder: RecorderParts;
  node: JoinedNodes | undefined;
  secret: string;
}

/**
 * The node that has a hall's theatre and stage, as the newest token says.
 * @returns undefined: this one
 */
export function originOf(
  standing: Standing,
  { hall, issuedAt }: Pick<RoomTokenClaims, 'hall' | 'issuedAt'>,
  node: JoinedNodes | undefined,
): string | undefined {
  const atMs = Date.parse(issuedAt);
  if (!standing.origin || standing.origin.atMs <= atMs) standing.origin = { nodeId: hall?.originNodeId, atMs };
  const { nodeId } = standing.origin;
  if (nodeId === undefined || nodeId === node?.nodeId) return undefined;
  if (!node) throw new Failure('unavailable', 'the hall is on another node, and this sfu has none', { retryAfterS: 5 });
  return nodeId;
}

/** @param originId undefined: theatre and stage are here */
export async function openHall(
  opening: HallOpening,
  mediaWorker: MediaWorker,
  originId: string | undefined,
): Promise<Hall | EdgeHall> {
  const { node, secret, standing, roomId } = opening;
  const listenInfo = node?.listenInfo ?? NO_NODES;
  if (originId === undefined || !node) return await Hall.open({ ...opening, listenInfo }, mediaWorker);
  const parts = {
    ...opening,
    listenInfo,
    mintLinkToken: (toNodeId: string) => mintLinkToken({ fromNodeId: node.nodeId, toNodeId, roomId }, secret),
    findOrigin: () => node.findOrigin(roomId, standing.origin?.nodeId),
  };
  return await EdgeHall.open(parts, mediaWorker, originId);
}

/** A hall stands where the newest token says: one that does not is left, and opened anew. @returns whether it stands right */
export function standsRight(room: Room, originId: string | undefined): boolean {
  if (room instanceof Hall && originId !== undefined) {
    room.moveAll();
    return false;
  }
  if (!(room instanceof EdgeHall)) return true;
  if (originId === undefined) {
    room.abandon();
    return false;
  }
  room.followOrigin(originId);
  return true;
}
