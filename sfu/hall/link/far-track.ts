import type { types } from 'mediasoup';
import type { Logger } from '../../../server/runtime/log.ts';
import type { PausedBy } from '../../contract/messages.ts';
import { watchLayers } from '../../layers.ts';
import { watchLayersWanted } from '../../layers-wanted.ts';
import { heaviest } from '../../pause-reasons.ts';
import { namesOf, type ProducedTrackData, type RoomTrack } from '../../peer.ts';
import { takersOf } from '../../tracks.ts';
import type { MirroredTrack } from './messages.ts';

interface FarTrackParts {
  log: Logger;
  /** So many of its layers are taken here. */
  onDemand(layers: number): void;
}

/** A track of the origin's at an edge node: known to everybody there, and brought once somebody takes it. */
export class FarTrack implements RoomTrack {
  readonly id: string;
  readonly kind: RoomTrack['kind'];
  readonly type: RoomTrack['type'];
  readonly appData: ProducedTrackData;
  readonly #log: Logger;
  #arrived: types.Producer | undefined;
  #closed = false;

  constructor(
    { producerId, kind, type, peerId, source, layers, pausedBy, ...names }: MirroredTrack,
    parts: FarTrackParts,
  ) {
    this.id = producerId;
    this.kind = kind;
    this.type = type;
    this.#log = parts.log;
    this.appData = {
      peerId,
      source,
      ...namesOf(names),
      pausedBy: new Set(pausedBy ? [pausedBy] : []),
      consumers: new Set(),
      farTakers: new Map(),
    };
    if (type !== 'simulcast') return;
    const takers = () => takersOf(this.appData);
    this.appData.layersWanted = watchLayersWanted({ layerCount: layers, takers, tell: parts.onDemand });
  }

  get closed(): boolean {
    return this.#closed;
  }

  get paused(): boolean {
    return this.pausedBy !== null;
  }

  get pausedBy(): PausedBy | null {
    return heaviest(this.appData.pausedBy);
  }

  get isTaken(): boolean {
    return this.#arrived !== undefined;
  }

  /** @returns whether it was called otherwise before */
  rename(label: string | undefined): boolean {
    if (this.appData.label === label) return false;
    if (label === undefined) delete this.appData.label;
    else this.appData.label = label;
    return true;
  }

  /** It has been brought to the node's router. */
  arrive(producer: types.Producer): void {
    if (this.#arrived === producer) return;
    this.#arrived = producer;
    producer.observer.once('close', () => {
      if (this.#arrived === producer) this.#arrived = undefined;
    });
    if (this.#closed) producer.close();
    else if (this.kind === 'video') watchLayers(producer, () => [...this.appData.consumers], this.#log);
    this.#follow();
  }

  /** All that keeps it from flowing here. @returns whether what is told of it is another reason now */
  hold(reasons: (PausedBy | null)[]): boolean {
    const before = this.pausedBy;
    this.appData.pausedBy = new Set(reasons.filter((reason) => reason !== null));
    this.#follow();
    return this.pausedBy !== before;
  }

  close(): void {
    this.#closed = true;
    this.appData.layersWanted?.close();
    // Before the notice: whoever has heard it must not find a consumer that the worker has closed already.
    for (const consumer of [...this.appData.consumers]) consumer.close();
    this.#arrived?.close();
  }

  /** The worker takes changes in order; mediasoup shows one as made once the worker has answered. */
  #follow(): void {
    const producer = this.#arrived;
    if (!producer || producer.closed || producer.paused === this.paused) return;
    (this.paused ? producer.pause() : producer.resume()).then(
      () => this.#follow(),
      (err: unknown) => this.#log.debug({ err, producerId: this.id }, 'a pause was not passed on'),
    );
  }
}
