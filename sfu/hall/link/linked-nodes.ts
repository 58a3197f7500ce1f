import type { types } from 'mediasoup';
import type { Socket } from 'socket.io';
import { Failure } from '../../../server/contract/failure.ts';
import type { Logger } from '../../../server/runtime/log.ts';
import { askWorker } from '../../ask-worker.ts';
import { heaviest } from '../../pause-reasons.ts';
import { type PeerProducer, toProducerView } from '../../peer.ts';
import type { EdgeToOrigin, HallMirror, LinkInput, LinkReply, MirroredTrack, OriginToEdge } from './messages.ts';
import { openPipe, toPipeEnd } from './pipe-end.ts';

export type LinkSocket = Socket<EdgeToOrigin, OriginToEdge>;

export interface LinkedNodesParts {
  router: types.Router;
  /** Where other nodes reach this one. */
  listenInfo: types.TransportListenInfo;
  log: Logger;
  findProducer(producerId: string): PeerProducer | undefined;
  mirror(): Omit<HallMirror, 'number'>;
  /** More or fewer watch on other nodes. */
  onAudience(): void;
}

/** A link alone is often lost for a moment: the pipe goes on, and is joined again. */
const KEEP_MS = 10_000;

/** Another node from which a part of the audience receives. */
interface LinkedNode {
  readonly nodeId: string;
  readonly pipe: types.PipeTransport;
  readonly taken: Map<string, types.Consumer>;
  socket: LinkSocket | undefined;
  audience: number;
  keeping?: NodeJS.Timeout;
}

/** The nodes that a hall's origin is linked to: what it shows is mirrored there, and what they take is piped to them. */
export class LinkedNodes {
  readonly #parts: LinkedNodesParts;
  /** By the id of the pipe. */
  readonly #nodes = new Map<string, LinkedNode>();
  #number = 0;
  #telling: NodeJS.Immediate | undefined;

  constructor(parts: LinkedNodesParts) {
    this.#parts = parts;
  }

  get count(): number {
    return this.#nodes.size;
  }

  /** Those who watch on other nodes. */
  get audience(): number {
    let audience = 0;
    for (const node of this.#nodes.values()) audience += node.audience;
    return audience;
  }

  /** Joins a node's end of a pipe to one made here, or to the one from before. */
  async attach(
    socket: LinkSocket,
    nodeId: string,
    { pipeId, end }: LinkInput<'link:attach'>,
  ): Promise<LinkReply<'link:attach'>> {
    const known = this.#nodes.get(pipeId);
    if (known) {
      clearTimeout(known.keeping);
      known.socket = socket;
    } else await this.#open(socket, nodeId, { pipeId, end });
    const node = this.#nodes.get(pipeId);
    if (!node || node.pipe.closed) throw new Failure('unavailable', 'the hall closed meanwhile', { retryAfterS: 1 });
    socket.once('disconnect', (reason) => this.#lose(pipeId, socket, reason));
    // Gone while the pipe was made: it says so no more.
    if (!socket.connected) this.#lose(pipeId, socket, 'transport close');
    return { isResumed: known !== undefined, end: toPipeEnd(node.pipe), mirror: this.#mirrorNow() };
  }

  /** @throws Failure not-found */
  async take(socket: LinkSocket, producerId: string): Promise<LinkReply<'pipe:take'>> {
    const node = this.#nodeOf(socket);
    const producer = this.#parts.findProducer(producerId);
    if (!producer) throw new Failure('not-found', 'no such producer');
    const { pipe, taken } = node;
    let sent = taken.get(producerId);
    if (!sent) {
      sent = await askWorker(() => pipe.consume({ producerId }), { needs: [producer, pipe] });
      taken.set(producerId, sent);
      sent.observer.once('close', () => this.#forget(node, producer));
      this.#demand(node, producer, Number.MAX_SAFE_INTEGER);
    }
    return { kind: sent.kind, rtpParameters: sent.rtpParameters };
  }

  release(socket: LinkSocket, producerId: string): void {
    this.#nodeOf(socket).taken.get(producerId)?.close();
  }

  demand(socket: LinkSocket, { producerId, layers }: LinkInput<'pipe:demand'>): void {
    const node = this.#nodeOf(socket);
    const producer = this.#parts.findProducer(producerId);
    if (producer && node.taken.has(producerId)) this.#demand(node, producer, layers);
  }

  setAudience(socket: LinkSocket, audience: number): void {
    this.#nodeOf(socket).audience = audience;
    this.#parts.onAudience();
  }

  /** Whatever is shown has changed: the nodes are told in this turn of the event loop, once. */
  changed(): void {
    if (this.#nodes.size === 0) return;
    this.#telling ??= setImmediate(() => {
      this.#telling = undefined;
      const mirror = this.#mirrorNow();
      for (const { socket } of this.#nodes.values()) socket?.emit('hall:mirror', mirror);
    });
  }

  close(): void {
    clearImmediate(this.#telling);
    for (const { socket, pipe, keeping } of this.#nodes.values()) {
      clearTimeout(keeping);
      pipe.close();
      socket?.disconnect(true);
    }
    this.#nodes.clear();
  }

  async #open(socket: LinkSocket, nodeId: string, { pipeId, end }: Pick<LinkInput<'link:attach'>, 'pipeId' | 'end'>) {
    const pipe = await openPipe(this.#parts.router, this.#parts.listenInfo);
    try {
      await pipe.connect(end);
    } catch (error) {
      pipe.close();
      throw error;
    }
    // The node has begun anew: what it had before nobody takes any more.
    for (const [other, node] of this.#nodes) if (node.nodeId === nodeId) this.#drop(other);
    this.#nodes.set(pipeId, { nodeId, pipe, socket, taken: new Map(), audience: 0 });
    this.#parts.log.info({ nodeId }, 'node linked');
  }

  #demand({ nodeId }: LinkedNode, { appData, rtpParameters }: PeerProducer, layers: number): void {
    const most = rtpParameters.encodings?.length ?? 1;
    appData.farTakers.set(nodeId, { paused: layers === 0, spatialLayer: Math.min(layers, most) - 1 });
    appData.layersWanted?.review();
  }

  #forget({ nodeId, taken }: LinkedNode, { id, appData }: PeerProducer): void {
    taken.delete(id);
    appData.farTakers.delete(nodeId);
    appData.layersWanted?.review();
  }

  #lose(pipeId: string, socket: LinkSocket, reason: string): void {
    const node = this.#nodes.get(pipeId);
    if (!node || node.socket !== socket) return;
    node.socket = undefined;
    // Its last watcher has gone; anything else is a lost link.
    if (reason === 'client namespace disconnect') this.#drop(pipeId);
    else node.keeping = setTimeout(() => this.#drop(pipeId), KEEP_MS).unref();
  }

  #drop(pipeId: string): void {
    const node = this.#nodes.get(pipeId);
    if (!node) return;
    this.#nodes.delete(pipeId);
    clearTimeout(node.keeping);
    node.pipe.close();
    node.socket?.disconnect(true);
    this.#parts.log.info({ nodeId: node.nodeId }, 'node unlinked');
    this.#parts.onAudience();
  }

  /** @throws Failure conflict before it is attached */
  #nodeOf(socket: LinkSocket): LinkedNode {
    for (const node of this.#nodes.values()) if (node.socket === socket) return node;
    throw new Failure('conflict', 'attach the pipe first');
  }

  #mirrorNow(): HallMirror {
    this.#number += 1;
    return { number: this.#number, ...this.#parts.mirror() };
  }
}

export function toMirroredTrack(producer: PeerProducer): MirroredTrack {
  const { paused: _, pausedBy: __, ...view } = toProducerView(producer);
  const reason = heaviest(producer.appData.pausedBy);
  const isWithoutPicture = reason === 'no-picture';
  return {
    ...view,
    type: producer.type,
    layers: producer.rtpParameters.encodings?.length ?? 1,
    pausedBy: isWithoutPicture ? 'owner' : reason,
    ...(isWithoutPicture && { isWithoutPicture }),
  };
}
