import { randomUUID } from 'node:crypto';
import { createNodeControl, type NodeControl, type SfuControl } from '../../sfu/control.ts';
import type { NodeRecord } from '../../sfu/nodes/node-record.ts';
import { inTime } from './in-time.ts';
import { type OrderParts, orderCut, orderResume } from './order-cut.ts';

export interface ControlNodesParts {
  living(): NodeRecord[];
  /** Those that are heard of no more, and may have lost Redis alone. They are told and asked as well; nobody counts on their answer. */
  silent(): NodeRecord[];
  /** The node that a room is on. @throws Failure unavailable */
  originOf(roomId: string): Promise<NodeRecord>;
  /** The same as far as it is known: what cannot wait for a node that may be gone. */
  findOrigin(roomId: string): Promise<NodeRecord | undefined>;
  /** While no node has registered: the one sfu that the server was told of. */
  alone: NodeControl;
  secret: string;
}

/**
 * One control over several sfu nodes. What concerns people, and cuts, goes to all of them: nobody else knows where somebody is; what is recorded,
 * made into HLS and shown as a still goes to the node that the theatre is on.
 */
export function controlNodes({ living, silent, originOf, findOrigin, alone, secret }: ControlNodesParts): SfuControl {
  const controlOf = ({ url }: NodeRecord) => createNodeControl({ url, secret });
  const all = (): NodeControl[] => {
    const nodes = living();
    return nodes.length === 0 ? [alone] : nodes.map(controlOf);
  };
  const askSilent = async <T>(ask: (control: NodeControl) => Promise<T>): Promise<T[]> => {
    const answers = await Promise.allSettled(silent().map((node) => inTime(ask(controlOf(node)))));
    return answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  };
  const ofOrigin = async (roomId: string): Promise<NodeControl> =>
    living().length === 0 ? alone : controlOf(await originOf(roomId));
  const orderAll = (roomId: string): OrderParts => ({
    controls: all(),
    ...splitSilent(roomId),
    findLikely: async () =>
      living().length === 0 ? alone : controlOf((await findOrigin(roomId)) ?? (await originOf(roomId))),
  });
  const splitSilent = (roomId: string): Pick<OrderParts, 'lastOrigins' | 'silent'> => {
    const has = ({ origins }: NodeRecord) => origins.includes(roomId);
    const isMoved = living().some(has);
    const isLast = (node: NodeRecord) => has(node) && !isMoved;
    const nodes = silent();
    return {
      lastOrigins: nodes.filter(isLast).map(controlOf),
      silent: nodes.filter((node) => !isLast(node)).map(controlOf),
    };
  };
  /** One that does not answer keeps no other from being told; then whoever asked hears of it. */
  const everywhere = async (order: (control: NodeControl) => Promise<void>) => {
    const [done] = await Promise.all([Promise.allSettled(all().map(order)), askSilent(order)]);
    for (const one of done) if (one.status === 'rejected') throw one.reason;
  };
  /** What those say that answer: a node that has just died is known to be gone some seconds later. */
  const gather = async <T>(ask: (control: NodeControl) => Promise<T>): Promise<T[]> => {
    const answers = await Promise.allSettled(all().map(ask));
    const given = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = answers.find((one) => one.status === 'rejected');
    if (given.length === 0 && failed) throw failed.reason;
    return given;
  };
  return {
    endRoom: (roomId) => everywhere((control) => control.endRoom(roomId)),
    removePerson: (removal) => everywhere((control) => control.removePerson(removal)),
    mutePeer: (roomId, accountId) => everywhere((control) => control.mutePeer(roomId, accountId)),
    setPublish: (roomId, accountId, sources) => everywhere((control) => control.setPublish(roomId, accountId, sources)),
    async listPeople() {
      const silentOnes = askSilent((control) => control.listPeople());
      return [...(await Promise.all(all().map((control) => control.listPeople()))), ...(await silentOnes)].flat();
    },
    async listPeopleReached() {
      const silentOnes = askSilent((control) => control.listPeople());
      return [...(await gather((control) => inTime(control.listPeople()))), ...(await silentOnes)].flat();
    },
    async cutHall(roomId, what) {
      const order = { orderId: randomUUID(), ...what };
      return await orderCut(orderAll(roomId), (control) => control.orderCut(roomId, order));
    },
    resumeHall: (roomId, what) =>
      orderResume(orderAll(roomId), (control, how) => control.orderResume(roomId, { ...what, ...how })),
    startRecording: async (roomId, order) => await (await ofOrigin(roomId)).startRecording(roomId, order),
    stopRecording: async (roomId) => await (await ofOrigin(roomId)).stopRecording(roomId),
    findRecording: async (roomId) => await (await ofOrigin(roomId)).findRecording(roomId),
    putPoster: async (roomId, poster) => await (await ofOrigin(roomId)).putPoster(roomId, poster),
    findPoster: async (roomId) => await (await ofOrigin(roomId)).findPoster(roomId),
    orderStream: async (roomId, order) => await (await ofOrigin(roomId)).orderStream(roomId, order),
    takeStreamBack: async (roomId) => await (await ofOrigin(roomId)).takeStreamBack(roomId),
    readFragment: async (roomId, name) => await (await ofOrigin(roomId)).readFragment(roomId, name),
    async listHalls() {
      const nodes = living();
      if (nodes.length === 0) return await alone.listHalls();
      const answers = await Promise.allSettled(
        [...nodes, ...silent()].map(async (node) =>
          (await inTime(controlOf(node).listHalls())).map((hall) => ({ ...hall, node })),
        ),
      );
      const halls = answers.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
      const open = new Set(halls.flatMap(({ roomId, isOrigins }) => (isOrigins ? [roomId] : [])));
      // What is cut is right at the node that the theatre is on; elsewhere it may be older.
      const right = await Promise.all(
        halls.map(async ({ node, ...hall }) => {
          const { roomId, isOrigins } = hall;
          const isRight = open.has(roomId) ? isOrigins : (await findOrigin(roomId))?.nodeId === node.nodeId;
          return isRight ? [hall] : [];
        }),
      );
      return right.flat();
    },
    async health() {
      const each = await gather((control) => control.health());
      return { workers: each.reduce((sum, { workers }) => sum + workers, 0) };
    },
    readiness: () => ({ state: 'ready' }),
  };
}
