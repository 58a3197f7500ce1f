import { randomUUID } from 'node:crypto';
import type { types } from 'mediasoup';
import { io, type Socket } from 'socket.io-client';
import { Failure } from '../../../server/contract/failure.ts';
import { FailureView } from '../../../server/contract/failure-view.ts';
import type { Logger } from '../../../server/runtime/log.ts';
import type { CutState } from '../../contract/token.ts';
import { TakenTracks } from '../taken-tracks.ts';
import {
  HallMirror,
  LINK_PATH,
  type LinkInput,
  type LinkReply,
  type LinkRequestName,
  linkRequests,
  type OriginToEdge,
} from './messages.ts';
import { openPipe, toPipeEnd } from './pipe-end.ts';

/** Where a hall's origin is reached just now. */
export interface OriginAddress {
  nodeId: string;
  url: string;
}

/** `fresh`: nothing of what was taken before flows any more; `resumed`: it does, but what was told meanwhile was not heard. */
export type MirrorOccasion = 'change' | 'resumed' | 'fresh';

export interface OriginLinkParts {
  /** Where what is taken arrives. */
  router: types.Router;
  listenInfo: types.TransportListenInfo;
  /** undefined: nobody knows of it, or it is gone. */
  findOrigin(): Promise<OriginAddress | undefined>;
  mintToken(toNodeId: string): string;
  cut(): CutState;
  onMirror(mirror: HallMirror, occasion: MirrorOccasion): void;
  onLost(): void;
  /** Whether a track that arrives is to be kept from flowing at first. */
  isPaused(producerId: string): boolean;
  onArrived(producer: types.Producer): void;
  log: Logger;
}

const RETRY_MS = 500;
const CONNECT_MS = 2_000;
const ANSWER_MS = 3_000;

interface Pipe {
  originId: string;
  pipeId: string;
  transport: types.PipeTransport;
  /** Ours knows the other end. */
  isJoined: boolean;
}

/** An edge node's way to the node that has a hall's theatre and stage, kept up for ever. What is taken over it flows through one pipe. */
export class OriginLink {
  readonly #parts: OriginLinkParts;
  #socket: Socket<OriginToEdge> | undefined;
  #pipe: Pipe | undefined;
  #tracks = new TakenTracks((producerId) => this.#open(producerId));
  #isUp = false;
  #number = 0;
  #retry: NodeJS.Timeout | undefined;
  #closed = false;
  readonly #waiting = new Set<() => void>();

  constructor(parts: OriginLinkParts) {
    this.#parts = parts;
    void this.#strive();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  get originId(): string | undefined {
    return this.#pipe?.originId;
  }

  /** Waits until it is up, but no longer than that. */
  async isReady(withinMs: number): Promise<boolean> {
    if (this.#isUp || this.#closed) return this.#isUp;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, withinMs);
      this.#waiting.add(done);
    });
    return this.#isUp;
  }

  /** Has a track arrive at the router. @returns what to call once it is taken no more */
  async take(producerId: string): Promise<() => void> {
    return await this.#tracks.take(producerId);
  }

  /** @throws Failure: the origin's own, or unavailable while it is not reached */
  async ask<N extends LinkRequestName>(name: N, input: LinkInput<N>): Promise<LinkReply<N>> {
    const socket = this.#socket;
    if (!socket || !this.#isUp) throw unreachable('the hall’s origin is not reached');
    return await askOver(socket, name, input);
  }

  /** Like {@link ask}, where the next mirror or attach makes good what is lost. */
  tell<N extends LinkRequestName>(name: N, input: LinkInput<N>): void {
    this.ask(name, input).catch((err: unknown) => this.#parts.log.debug({ err, name }, 'the origin was not told'));
  }

  /** The origin is another one now, or may be. */
  renew(): void {
    this.#socket?.disconnect();
    this.#lost();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#socket?.disconnect();
    this.#pipe?.transport.close();
    for (const wake of this.#waiting) wake();
  }

  async #strive(): Promise<void> {
    this.#retry = undefined;
    try {
      const origin = await this.#parts.findOrigin();
      if (this.#closed) return;
      if (!origin) throw unreachable('no node has the hall’s theatre');
      await this.#connect(origin);
    } catch (err) {
      if (this.#closed) return;
      this.#parts.log.debug({ err }, 'the hall’s origin is not reached');
      this.#again();
    }
  }

  #again(): void {
    if (!this.#closed) this.#retry ??= setTimeout(() => void this.#strive(), RETRY_MS).unref();
  }

  async #connect(origin: OriginAddress): Promise<void> {
    const socket: Socket<OriginToEdge> = io(origin.url, {
      path: LINK_PATH,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: CONNECT_MS,
      auth: { token: this.#parts.mintToken(origin.nodeId) },
    });
    // Two strive at once where the origin changed while one was asking for it.
    const older = this.#socket;
    this.#socket = socket;
    older?.disconnect();
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      await this.#attach(socket, origin.nodeId);
    } catch (error) {
      socket.disconnect();
      throw error;
    }
    if (this.#closed || !socket.connected || this.#socket !== socket) {
      socket.disconnect();
      this.#lost();
      return;
    }
    socket.on('disconnect', () => {
      if (this.#socket === socket) this.#lost();
    });
    for (const wake of this.#waiting) wake();
  }

  async #attach(socket: Socket<OriginToEdge>, originId: string): Promise<void> {
    if (this.#pipe?.originId !== originId || this.#pipe.transport.closed) await this.#replacePipe(originId);
    const wasJoined = this.#pipe?.isJoined ?? false;
    const mirrors: HallMirror[] = [];
    let isAttached = false;
    socket.on('hall:mirror', (raw) => {
      const { data: mirror, error } = HallMirror.safeParse(raw);
      if (!mirror) this.#parts.log.error({ err: error }, 'the origin tells what this node does not understand');
      else if (isAttached) this.#see(mirror, 'change');
      else mirrors.push(mirror);
    });
    let reply = await this.#askToAttach(socket);
    // It has forgotten the pipe: ours cannot be joined to another one.
    if (!reply.isResumed && wasJoined) {
      await this.#replacePipe(originId);
      reply = await this.#askToAttach(socket);
    }
    // Its first answer may have been lost: the end of a pipe that it knows is the same.
    const pipe = this.#pipe;
    if (pipe && !pipe.isJoined) {
      await pipe.transport.connect(reply.end);
      pipe.isJoined = true;
    }
    isAttached = true;
    this.#isUp = true;
    this.#see(reply.mirror, reply.isResumed && wasJoined ? 'resumed' : 'fresh');
    for (const mirror of mirrors) this.#see(mirror, 'change');
  }

  async #askToAttach(socket: Socket<OriginToEdge>): Promise<LinkReply<'link:attach'>> {
    if (!this.#pipe) throw unreachable('the link was closed');
    const { pipeId, transport } = this.#pipe;
    return await askOver(socket, 'link:attach', { pipeId, end: toPipeEnd(transport), cut: this.#parts.cut() });
  }

  async #replacePipe(originId: string): Promise<void> {
    this.#pipe?.transport.close();
    const transport = await openPipe(this.#parts.router, this.#parts.listenInfo);
    if (this.#closed) transport.close();
    this.#pipe = { originId, pipeId: randomUUID(), transport, isJoined: false };
    this.#tracks = new TakenTracks((producerId) => this.#open(producerId));
    this.#number = 0;
  }

  /** What is older than what is known is no news. */
  #see(mirror: HallMirror, occasion: MirrorOccasion): void {
    if (occasion === 'change' && mirror.number <= this.#number) return;
    this.#number = mirror.number;
    this.#parts.onMirror(mirror, occasion);
  }

  #lost(): void {
    if (this.#closed) return;
    const wasUp = this.#isUp;
    this.#isUp = false;
    if (wasUp) this.#parts.onLost();
    this.#again();
  }

  async #open(producerId: string): Promise<types.Producer> {
    await this.isReady(ANSWER_MS);
    const { kind, rtpParameters } = await this.ask('pipe:take', { producerId });
    const pipe = this.#pipe;
    if (!pipe) throw unreachable('the link was closed');
    const paused = this.#parts.isPaused(producerId);
    const arrived = await pipe.transport.produce({ id: producerId, kind, rtpParameters, paused });
    this.#parts.onArrived(arrived);
    arrived.observer.once('close', () => this.tell('pipe:release', { producerId }));
    return arrived;
  }
}

async function askOver<N extends LinkRequestName>(socket: Socket, name: N, input: LinkInput<N>): Promise<LinkReply<N>> {
  const answer: unknown = await socket
    .timeout(ANSWER_MS)
    .emitWithAck(name, input)
    .catch((cause: unknown) => {
      throw unreachable(`no answer to ${name}`, cause);
    });
  if (typeof answer === 'object' && answer !== null && 'ok' in answer) {
    if (answer.ok === true && 'value' in answer) return linkRequests[name].reply.parse(answer.value) as LinkReply<N>;
    const view = 'failure' in answer ? FailureView.safeParse(answer.failure) : undefined;
    if (view?.success) throw new Failure(view.data.code, view.data.message);
  }
  throw unreachable(`the reply to ${name} is none`);
}

function unreachable(message: string, cause?: unknown): Failure {
  return new Failure('unavailable', message, {
    reason: 'sfu-unreachable',
    retryAfterS: 1,
    ...(cause ? { cause } : {}),
  });
}
