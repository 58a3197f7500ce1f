import { BEAT_EVERY_MS, type NodeRecord, SILENT_MS } from './node-record.ts';

/** One heartbeat has not come: whether the node is there will be known soon. */
const DOUBTED_MS = BEAT_EVERY_MS + 1_000;
/** A node that has lost Redis alone goes on; one that is dead costs a question in vain now and then. */
const SILENT_KEPT_MS = 60 * 60 * 1000;

interface Known {
  record: NodeRecord;
  /** When its last heartbeat was heard, in {@link KnownNodes}' own time. */
  heardAtMs: number;
  isGone: boolean;
}

/**
 * The nodes by their heartbeats. Its time goes on only while they can be heard: where Redis is silent nobody is taken for dead, and where it comes
 * back empty everybody has as long as ever to be heard again.
 */
export class KnownNodes {
  readonly #known = new Map<string, Known>();
  #timeMs = 0;
  #readAtMs: number | undefined;

  /** All that is registered now. `nowMs`: of any clock that never goes back. */
  hear(records: readonly NodeRecord[], nowMs: number): void {
    if (this.#readAtMs !== undefined) this.#timeMs += nowMs - this.#readAtMs;
    this.#readAtMs = nowMs;
    for (const record of records) {
      const known = this.#known.get(record.nodeId);
      if (record.beat === known?.record.beat && record.state === known.record.state) continue;
      this.#known.set(record.nodeId, { record, heardAtMs: this.#timeMs, isGone: false });
    }
    const registered = new Set(records.map(({ nodeId }) => nodeId));
    for (const [nodeId, known] of this.#known) {
      const { record, heardAtMs } = known;
      const silentMs = this.#timeMs - heardAtMs;
      const isEnded = this.#isEnded(record);
      known.isGone ||= isEnded || silentMs > SILENT_MS;
      // What a dead node said last stays registered for a while, and must not look like a heartbeat.
      if ((isEnded || silentMs > SILENT_KEPT_MS) && !registered.has(nodeId)) this.#known.delete(nodeId);
    }
  }

  /** They cannot be heard. */
  miss(): void {
    this.#readAtMs = undefined;
  }

  get living(): NodeRecord[] {
    return [...this.#known.values()].filter(({ isGone }) => !isGone).map(({ record }) => record);
  }

  /** Those given up for their silence alone: they may have lost nothing but Redis, and people may be on them. */
  get silent(): NodeRecord[] {
    return [...this.#known.values()].flatMap(({ isGone, record }) => (isGone && !this.#isEnded(record) ? record : []));
  }

  find(nodeId: string): NodeRecord | undefined {
    const known = this.#known.get(nodeId);
    return known?.isGone ? undefined : known?.record;
  }

  /** Whether a heartbeat of a node is overdue, as far as they can be heard. */
  isDoubted(nodeId: string): boolean {
    const known = this.#known.get(nodeId);
    const canHear = this.#readAtMs !== undefined;
    return canHear && known?.isGone === false && this.#timeMs - known.heardAtMs > DOUBTED_MS;
  }

  /** It said so, or another process has been started where it was. */
  #isEnded({ url, startedAtMs, state }: NodeRecord): boolean {
    const isSuccessor = ({ record: other }: Known) => other.url === url && other.startedAtMs > startedAtMs;
    return state === 'closed' || [...this.#known.values()].some(isSuccessor);
  }
}
