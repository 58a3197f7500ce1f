import { setTimeout as sleep } from 'node:timers/promises';
import { KnownNodes } from '../../sfu/nodes/known-nodes.ts';
import { type NodeRecord, SILENT_MS } from '../../sfu/nodes/node-record.ts';
import type { NodeRegistry } from '../../sfu/nodes/registry.ts';
import type { Logger } from '../runtime/log.ts';

const READ_EVERY_MS = 1_000;
const LOOK_EVERY_MS = 200;
/** What one more who watches adds to a node: a person, a picture and a voice, of what a core carries (`sfu/load.ts`). */
const LOAD_OF_ONE = 3 / 500;

/** The sfu nodes as this server knows them: those last known while Redis is silent. */
export class NodeWatch {
  readonly #registry: NodeRegistry;
  readonly #log: Logger;
  readonly #known = new KnownNodes();
  /** How many were sent to each node since its last heartbeat. */
  readonly #sent = new Map<string, { beat: number; count: number }>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(registry: NodeRegistry, log: Logger) {
    this.#registry = registry;
    this.#log = log;
  }

  /** Reads them for the first time. */
  async open(): Promise<void> {
    await this.#read();
    const again = () => {
      this.#timer = setTimeout(() => void this.#read().finally(() => this.#closed || again()), READ_EVERY_MS).unref();
    };
    again();
  }

  get living(): NodeRecord[] {
    return this.#known.living;
  }

  /** Given up for their silence alone. */
  get silent(): NodeRecord[] {
    return this.#known.silent;
  }

  /** With what was sent there meanwhile in their load. */
  get choices(): NodeRecord[] {
    return this.living.map((node) => {
      const sent = this.#sent.get(node.nodeId);
      const count = sent?.beat === node.beat ? sent.count : 0;
      return { ...node, load: node.load + (count * LOAD_OF_ONE) / Math.max(1, node.workers) };
    });
  }

  find(nodeId: string | undefined): NodeRecord | undefined {
    return nodeId === undefined ? undefined : this.#known.find(nodeId);
  }

  /** The node that says of itself that a room is on it, theatre and stage of a hall. */
  findOrigin(roomId: string): NodeRecord | undefined {
    return this.living.find(({ origins }) => origins.includes(roomId));
  }

  /** Somebody is sent to a node. */
  count({ nodeId, beat }: NodeRecord): void {
    const sent = this.#sent.get(nodeId);
    this.#sent.set(nodeId, { beat, count: sent?.beat === beat ? sent.count + 1 : 1 });
  }

  /** Waits until it is known whether a node is there whose heartbeat is overdue. @returns whether it had to be waited for */
  async settle(nodeId: string): Promise<boolean> {
    if (!this.#known.isDoubted(nodeId)) return false;
    for (let waitedMs = 0; waitedMs < SILENT_MS && this.#known.isDoubted(nodeId); waitedMs += LOOK_EVERY_MS)
      await sleep(LOOK_EVERY_MS);
    return true;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#registry.close();
  }

  async #read(): Promise<void> {
    const before = new Set(this.living.map(({ nodeId }) => nodeId));
    try {
      this.#known.hear(await this.#registry.list(), performance.now());
    } catch (err) {
      this.#known.miss();
      this.#log.debug({ err }, 'the sfu nodes are those last known');
    }
    for (const { nodeId, url } of this.living)
      if (!before.delete(nodeId)) this.#log.info({ nodeId, url }, 'sfu node found');
    for (const nodeId of before) this.#log.warn({ nodeId }, 'sfu node gone');
  }
}
