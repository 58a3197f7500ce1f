import { setTimeout as sleep } from 'node:timers/promises';
import { createSfuControl, type SfuControl } from '../../sfu/control.ts';
import type { NodeRecord } from '../../sfu/nodes/node-record.ts';

export interface ControlNodesParts {
  living(): NodeRecord[];
  /** The node that a room is on. @throws Failure unavailable */
  originOf(roomId: string): Promise<NodeRecord>;
  /** The same at once, as far as it is known: what cannot wait for a node that may be gone. */
  findOrigin(roomId: string): Promise<NodeRecord | undefined>;
  /** While no node has registered: the one sfu that the server was told of. */
  alone: SfuControl;
  secret: string;
}

/** A theatre's node that has not cut by then may hang: nobody elsewhere waits for it. */
const SLOW_CUT_MS = 200;

/**
 * One control over several sfu nodes. What concerns people goes to all of them: nobody else knows where somebody is; what is cut, recorded,
 * made into HLS and shown as a still goes to the node that the theatre is on.
 */
export function controlNodes({ living, originOf, findOrigin, alone, secret }: ControlNodesParts): SfuControl {
  const controlOf = ({ url }: NodeRecord) => createSfuControl({ url, secret });
  const all = () => {
    const nodes = living();
    return nodes.length === 0 ? [alone] : nodes.map(controlOf);
  };
  const ofOrigin = async (roomId: string) => (living().length === 0 ? alone : controlOf(await originOf(roomId)));
  /** One that does not answer keeps no other from being told; then whoever asked hears of it. */
  const everywhere = async (order: (control: SfuControl) => Promise<void>) => {
    const done = await Promise.allSettled(all().map(order));
    for (const one of done) if (one.status === 'rejected') throw one.reason;
  };
  /** What those say that answer: a node that has just died is known to be gone some seconds later. */
  const gather = async <T>(ask: (control: SfuControl) => Promise<T>): Promise<T[]> => {
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
    listPeople: async () => (await gather((control) => control.listPeople())).flat(),
    async cutHall(roomId, what) {
      const origin = await findOrigin(roomId);
      const others = living().filter(({ nodeId }) => nodeId !== origin?.nodeId);
      const answer = (origin ? controlOf(origin) : await ofOrigin(roomId)).cutHall(roomId, what);
      const isTaken = answer.then(
        () => true,
        () => false,
      );
      // What still comes from there to those who watch elsewhere ends there.
      if (!(await Promise.race([isTaken, sleep(SLOW_CUT_MS, false)])))
        await Promise.allSettled(others.map((node) => controlOf(node).cutHall(roomId, what)));
      return await answer;
    },
    resumeHall: async (roomId, what) => await (await ofOrigin(roomId)).resumeHall(roomId, what),
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
        nodes.map(async (node) => ({ node, halls: await controlOf(node).listHalls() })),
      );
      const halls = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      // What is cut is right at the node that the theatre is on; elsewhere it may be older.
      const right = await Promise.all(
        halls.flatMap(({ node, halls }) =>
          halls.map(async (hall) => ((await originOf(hall.roomId)).nodeId === node.nodeId ? [hall] : [])),
        ),
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
