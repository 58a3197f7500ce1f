import { createHash } from 'node:crypto';
import type { NodeRecord } from '../../sfu/nodes/node-record.ts';

/** Of a node's load: another one is begun with for a hall once those that it is on are fuller. */
export const FULL_ABOVE = 0.6;

/** A node with what has been sent there since it was heard last. */
export interface NodeChoice extends Pick<NodeRecord, 'nodeId' | 'load' | 'state' | 'rooms'> {}

const byLoad = (one: NodeChoice, other: NodeChoice) => one.load - other.load;

/** Where a call, or theatre and stage of a hall, are to be: the least loaded node. */
export function chooseOrigin<N extends NodeChoice>(nodes: readonly N[]): N | undefined {
  return nodes.filter(({ state }) => state === 'open').sort(byLoad)[0];
}

/** The same while servers cannot agree: by a draw that comes out alike for all who know of the same nodes, whatever they have sent there. */
export function drawOrigin<N extends NodeChoice>(nodes: readonly N[], roomId: string): N | undefined {
  const lot = ({ nodeId }: N) => createHash('sha256').update(`${roomId} ${nodeId}`).digest('hex');
  const open = nodes.filter(({ state }) => state === 'open').map((node) => ({ node, lot: lot(node) }));
  return open.sort((one, other) => (one.lot < other.lot ? -1 : 1))[0]?.node;
}

/**
 * Where one more of a hall's audience is to be: on a node that has a part of it already, as long as there is room, since each further one gets all
 * that is taken there once more; else on the least loaded.
 */
export function chooseForWatcher<N extends NodeChoice>(
  nodes: readonly N[],
  { roomId, originId }: { roomId: string; originId: string },
): N | undefined {
  const open = nodes.filter(({ state }) => state === 'open').sort(byLoad);
  const used = open.filter(({ nodeId, rooms }) => nodeId === originId || rooms[roomId] !== undefined);
  const hasRoom = ({ load }: N) => load < FULL_ABOVE;
  return used.find(hasRoom) ?? open.find(hasRoom) ?? open[0];
}
