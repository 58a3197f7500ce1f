import { randomUUID } from 'node:crypto';
import type { types } from 'mediasoup';
import type { Logger } from '../../server/runtime/log.ts';
import { KnownNodes } from './known-nodes.ts';
import { BEAT_EVERY_MS, type NodeRecord } from './node-record.ts';
import type { NodeRegistry } from './registry.ts';

export interface JoinedNodesParts {
  registry: NodeRegistry;
  /** Where servers and other nodes reach this one, and where browsers do. */
  url: string;
  publicUrl: string;
  /** Where other nodes' pipes reach it. */
  listenInfo: types.TransportListenInfo;
  log: Logger;
}

/** What changes from beat to beat. */
export type NodeFigures = Pick<NodeRecord, 'workers' | 'load' | 'busiestCpuShare' | 'rooms' | 'origins'>;

/** This process as one of several sfu nodes: says that it is there, and knows the others. */
export class JoinedNodes {
  readonly nodeId = randomUUID();
  readonly listenInfo: types.TransportListenInfo;
  readonly #parts: JoinedNodesParts;
  readonly #known = new KnownNodes();
  readonly #startedAtMs = Date.now();
  #figures: () => NodeFigures = () => ({ workers: 0, load: 0, busiestCpuShare: 0, rooms: {}, origins: [] });
  #state: NodeRecord['state'] = 'open';
  #beat = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: JoinedNodesParts) {
    this.#parts = parts;
    this.listenInfo = parts.listenInfo;
  }

  /** From now on it is there for others. */
  announce(figures: () => NodeFigures): void {
    this.#figures = figures;
    const beat = async () => {
      await this.#say();
      if (this.#state !== 'closed') this.#timer = setTimeout(beat, BEAT_EVERY_MS).unref();
    };
    void beat();
  }

  /** Others that take people. */
  get others(): NodeRecord[] {
    return this.#known.living.filter(({ nodeId, state }) => nodeId !== this.nodeId && state === 'open');
  }

  /**
   * Where the node is that has a hall's theatre and stage.
   * @param lastKnown holds while Redis does not answer
   * @returns undefined where nobody knows it, or it is this one
   */
  async findOrigin(
    roomId: string,
    lastKnown: string | undefined,
  ): Promise<{ nodeId: string; url: string } | undefined> {
    const { registry, log } = this.#parts;
    const originId = await registry.findOrigin(roomId).catch((err: unknown) => {
      log.debug({ err, roomId }, 'the origin is the one last known');
      return undefined;
    });
    const nodeId = originId ?? lastKnown;
    if (nodeId === undefined || nodeId === this.nodeId) return undefined;
    if (!this.#known.find(nodeId)) await this.#listen();
    return this.#known.find(nodeId);
  }

  async drain(): Promise<void> {
    this.#state = 'draining';
    await this.#say();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#state = 'closed';
    await this.#say();
    this.#parts.registry.close();
  }

  async #say(): Promise<void> {
    const { registry, url, publicUrl, log } = this.#parts;
    this.#beat += 1;
    const { nodeId } = this;
    const fixed = { nodeId, startedAtMs: this.#startedAtMs, beat: this.#beat, url, publicUrl, state: this.#state };
    await registry
      .put({ ...fixed, ...this.#figures() })
      .catch((err: unknown) => log.debug({ err }, 'a heartbeat was not heard'));
    await this.#listen();
  }

  async #listen(): Promise<void> {
    try {
      this.#known.hear(await this.#parts.registry.list(), performance.now());
    } catch (err) {
      this.#known.miss();
      this.#parts.log.debug({ err }, 'the other nodes are those last known');
    }
  }
}
