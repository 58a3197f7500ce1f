import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeRecord } from '../../sfu/nodes/node-record.ts';
import type { NodeRegistry } from '../../sfu/nodes/registry.ts';
import type { MediaPlace, Placed } from '../call/ticket.ts';
import { Failure } from '../contract/index.ts';
import type { Logger } from '../runtime/log.ts';
import type { NodeWatch } from './node-watch.ts';
import { chooseForWatcher, chooseOrigin, drawOrigin } from './placement.ts';

/** Those whose node has died come back within this time, spread evenly. */
const RETURN_WITHIN_MS = 2_000;
/** Some hundred demonstrations; what is forgotten here Redis still knows. */
const MOST_REMEMBERED = 50_000;

export interface PlacesParts {
  registry: NodeRegistry;
  watch: NodeWatch;
  log: Logger;
}

/** Who is sent to which sfu node. Redis knows it for all servers; what this one knows holds while Redis is silent. */
export class Places {
  readonly #parts: PlacesParts;
  readonly #origins = new Map<string, string>();
  readonly #seats = new Map<string, string>();

  constructor(parts: PlacesParts) {
    this.#parts = parts;
  }

  /** @throws Failure unavailable / sfu-unreachable where there is no node that takes anybody */
  async placeIn(roomId: string, who: Placed): Promise<MediaPlace> {
    const origin = await this.originOf(roomId);
    const node = who.isWatcher ? await this.#seatOf(roomId, who, origin) : origin;
    this.#parts.watch.count(node);
    return { sfuUrl: sfuUrlOf(node), originNodeId: origin.nodeId };
  }

  /** The node that a room is on, for a hall theatre and stage: where there is none it is chosen. @throws Failure unavailable */
  async originOf(roomId: string): Promise<NodeRecord> {
    const { registry, watch } = this.#parts;
    const lastKnown = watch.findOrigin(roomId)?.nodeId ?? this.#origins.get(roomId);
    const told = await this.#ask(async () => ({ nodeId: await registry.findOrigin(roomId) }), undefined);
    const now = told?.nodeId ?? lastKnown;
    if (now !== undefined) await watch.settle(now);
    const node = watch.find(now);
    // One that is about to stop keeps what is open there.
    if (node && (node.state === 'open' || node.rooms[roomId] !== undefined)) {
      this.#remember(this.#origins, roomId, node.nodeId);
      return node;
    }
    // Another server that Redis does not answer either comes to the same.
    const chosen = (told ? chooseOrigin(watch.choices) : drawOrigin(watch.choices, roomId)) ?? node;
    if (!chosen) throw noNode();
    const claimed = await this.#ask(() => registry.claimOrigin(roomId, chosen.nodeId, now), chosen.nodeId);
    this.#remember(this.#origins, roomId, claimed);
    return watch.find(claimed) ?? chosen;
  }

  /** The node that a room is on, as far as it is known. Redis, which may hang, is asked last, and no node that may be gone is waited for. */
  async findOrigin(roomId: string): Promise<NodeRecord | undefined> {
    const { registry, watch } = this.#parts;
    return (
      watch.findOrigin(roomId) ??
      watch.find(this.#origins.get(roomId)) ??
      watch.find(await this.#ask(() => registry.findOrigin(roomId), undefined))
    );
  }

  async #seatOf(roomId: string, { accountId, unreached }: Placed, origin: NodeRecord): Promise<NodeRecord> {
    const { registry, watch } = this.#parts;
    const key = `${roomId} ${accountId}`;
    const seat = await this.#ask(() => registry.findSeat(roomId, accountId), this.#seats.get(key));
    const waited = seat !== undefined && (await watch.settle(seat));
    // Whoever comes back is still waited for there.
    const kept = watch.find(seat);
    const isReached = (node: NodeRecord) => unreached === undefined || sfuUrlOf(node) !== unreached;
    if (kept?.state === 'open' && isReached(kept)) return kept;
    if (waited) await sleep(randomInt(RETURN_WITHIN_MS + 1));
    const others = watch.choices.filter(isReached);
    const choices = others.some(({ state }) => state === 'open') ? others : watch.choices;
    const chosen = chooseForWatcher(choices, { roomId, originId: origin.nodeId }) ?? origin;
    this.#remember(this.#seats, key, chosen.nodeId);
    await this.#ask(() => registry.putSeat(roomId, accountId, chosen.nodeId), undefined);
    return chosen;
  }

  async #ask<T>(question: () => Promise<T>, lastKnown: T): Promise<T> {
    try {
      return (await question()) ?? lastKnown;
    } catch (err) {
      this.#parts.log.debug({ err }, 'places are those last known');
      return lastKnown;
    }
  }

  #remember(what: Map<string, string>, key: string, nodeId: string): void {
    if (what.size >= MOST_REMEMBERED) what.clear();
    what.set(key, nodeId);
  }
}

const sfuUrlOf = ({ publicUrl }: NodeRecord): string => (publicUrl === '/' ? '' : publicUrl);

function noNode(): Failure {
  return new Failure('unavailable', 'there is no sfu node', { reason: 'sfu-unreachable', retryAfterS: 2 });
}
