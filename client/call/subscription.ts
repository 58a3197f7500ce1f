import type { types } from 'mediasoup-client';
import { Failure } from '../../server/contract/failure.ts';
import type { PausedBy } from '../../sfu/contract/messages.ts';
import type { ConsumerLayers, ProducerView } from '../../sfu/contract/room.ts';
import type { Clock } from '../review/clock.ts';
import { type FrameWatch, watchFrames } from './frame-watch.ts';
import type { Gate } from './gate.ts';
import { chooseLayer } from './layer-choice.ts';
import { readFramesDecoded } from './line-stats.ts';
import { type PictureStopWatch, watchPictureStop } from './picture-stop.ts';
import { createReconciler } from './reconciler.ts';
import type { RemoteTrack } from './room-state.ts';
import type { Signalling } from './signalling.ts';

/** How a picture is shown here, and so what is asked of the sfu. */
export interface Demand {
  visible: boolean;
  /** Rendered width in device pixels. */
  widthPx: number;
  /** 255 the most important: who gets the bandwidth first. Voice is before all pictures. */
  priority: number;
}

/** Until the tile says otherwise: a side tile, at once, since the first picture matters most. */
const FIRST_DEMAND: Demand = { visible: true, widthPx: 640, priority: 100 };
const RETRY_MS = 2_000;
/** What the sfu knows of a consumer that has just been made: paused, no wishes. */
const FRESH = { flowing: false, layer: undefined, priority: undefined };

export interface SubscriptionParts {
  view: ProducerView;
  /** That the track is received over now; pictures may get another one. */
  transport(): types.Transport;
  /** Where others begin at the same time. */
  gate: Gate | undefined;
  firstDemand?: Demand;
  request: Signalling['request'];
  clock: Clock;
  onChange(): void;
  onFailure(thrown: unknown): void;
}

/** One track of somebody else, received as long as it is wanted here. */
export class Subscription {
  readonly #parts: SubscriptionParts;
  readonly #stop: PictureStopWatch;
  readonly #sync: () => void;
  #view: ProducerView;
  #gate: Gate | undefined;
  #demand: Demand;
  /** As the sfu was last told. */
  #told: { flowing: boolean; layer: number | undefined; priority: number | undefined } = FRESH;
  #consumer: types.Consumer | undefined;
  #frames: FrameWatch | undefined;
  #undecodable = false;
  #pausedBy: PausedBy | null;
  #isTrial = false;
  #cancelRetry: (() => void) | undefined;
  #closed = false;

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
    this.#view = parts.view;
    this.#pausedBy = parts.view.pausedBy ?? null;
    this.#gate = parts.gate;
    this.#demand = parts.firstDemand ?? FIRST_DEMAND;
    this.#stop = watchPictureStop({
      isExpected: () => !this.#view.paused && this.#told.flowing,
      isStill: () => this.#frames?.state === 'still',
      clock: parts.clock,
      onChange: parts.onChange,
    });
    this.#sync = createReconciler(
      () => this.#bringInLine(),
      (thrown) => this.#failed(thrown),
    );
    this.#sync();
  }

  get view(): ProducerView {
    return this.#view;
  }

  get remote(): RemoteTrack {
    const { producerId, paused } = this.#view;
    const track = this.#consumer?.track ?? null;
    const awaited = this.#frames?.state === 'awaited';
    return { producerId, track, paused, stopped: this.#stop.cause, undecodable: this.#undecodable, awaited };
  }

  /** 0 to 10: the line from the sender; null where nothing is known. */
  get senderScore(): number | null {
    return this.#stop.senderScore;
  }

  get consumerId(): string | undefined {
    return this.#consumer?.id;
  }

  /** Who keeps it paused, where that was told. */
  get pausedBy(): PausedBy | null {
    return this.#view.paused ? this.#pausedBy : null;
  }

  setPaused(paused: boolean, by: PausedBy | null = null): void {
    this.#view = { ...this.#view, paused };
    this.#pausedBy = by;
    this.#stop.startAnew();
    this.#expectFrames();
    this.#parts.onChange();
  }

  rename(label: string | undefined): void {
    const { label: _, ...view } = this.#view;
    this.#view = { ...view, ...(label !== undefined && { label }) };
    this.#parts.onChange();
  }

  setDemand(demand: Demand): void {
    this.#demand = demand;
    this.#sync();
  }

  setLayers(layers: ConsumerLayers | null): void {
    this.#stop.setLayersGone(layers === null);
  }

  setScores(producerScores: readonly number[]): void {
    this.#stop.setScores(producerScores);
  }

  /** The connection to the sfu is gone: until {@link Subscription.reconcile} nothing is said of the line. */
  lose(): void {
    this.#frames?.setExpected(false);
  }

  /** The transport has changed: receives the track anew, over that one. A picture that the line did not bear is away until a layer of it begins. */
  renew(): void {
    this.#isTrial = this.#stop.cause === 'own-line';
    this.#drop();
    this.#told = FRESH;
    this.#sync();
  }

  /** After a lost connection: whether the sfu still has the consumer, and as what. */
  reconcile(view: ProducerView, own: { consumerId: string; paused: boolean } | undefined): void {
    this.#view = view;
    this.#pausedBy = view.pausedBy ?? null;
    this.#stop.startAnew();
    if (own && own.consumerId === this.#consumer?.id) this.#told = { ...FRESH, flowing: !own.paused };
    else if (this.#consumer) this.#drop();
    this.#expectFrames();
    this.#parts.onChange();
    this.#sync();
  }

  close(): void {
    this.#closed = true;
    this.#stop.close();
    this.#cancelRetry?.();
    this.#drop();
  }

  async #bringInLine(): Promise<void> {
    if (this.#closed || this.#undecodable || this.#parts.transport().closed) return;
    if (!this.#consumer) await this.#create();
    if (this.#consumer && !this.#closed) await this.#tell(this.#consumer.id);
  }

  #failed(thrown: unknown): void {
    const { clock, onChange, onFailure } = this.#parts;
    if (this.#closed || (thrown instanceof Failure && thrown.code === 'not-found')) return;
    if (thrown instanceof Failure && thrown.code === 'conflict') {
      this.#undecodable = true;
      onChange();
      return;
    }
    onFailure(thrown);
    this.#told = FRESH;
    this.#cancelRetry ??= clock.after(RETRY_MS, () => {
      this.#cancelRetry = undefined;
      this.#sync();
    });
  }

  async #create(): Promise<void> {
    const asked = this.#parts.request('consumer:create', { producerId: this.#view.producerId });
    // Those that failed do not hold the others up.
    await (this.#gate ? Promise.allSettled([asked]).then(this.#gate.pass) : asked);
    this.#gate = undefined;
    const { consumerId, producerId, kind, rtpParameters } = await asked;
    const transport = this.#parts.transport();
    if (this.#closed || transport.closed) return;
    this.#told = FRESH;
    // Over a transport that is not connected yet nothing comes before it can be taken: no need to wait for one another.
    const isFirst = transport.connectionState === 'new';
    const consuming = transport.consume({ id: consumerId, producerId, kind, rtpParameters });
    const [created] = await Promise.all([consuming, isFirst ? this.#tell(consumerId) : undefined]);
    if (this.#closed) return created.close();
    performance.mark(`call:consumed-${kind}`);
    this.#consumer = created;
    if (this.#isPicture) this.#watch(created);
    this.#expectFrames();
    this.#parts.onChange();
  }

  /** Tells the sfu what is wanted and not told yet. */
  async #tell(consumerId: string): Promise<void> {
    const { request } = this.#parts;
    const { visible, widthPx, priority } = this.#demand;
    const layer = this.#isPicture ? chooseLayer(widthPx, this.#told.layer, this.#view.source) : undefined;
    // Asked for in one go: the answers do not matter to each other.
    const asks: Promise<unknown>[] = [];
    if (layer !== undefined && visible && layer !== this.#told.layer) {
      this.#told = { ...this.#told, layer };
      asks.push(request('consumer:set-preferred-layers', { consumerId, layers: { spatialLayer: layer } }));
    }
    if (this.#isPicture && priority !== this.#told.priority) {
      this.#told = { ...this.#told, priority };
      asks.push(request('consumer:set-priority', { consumerId, priority }));
    }
    const flowing = !this.#isPicture || visible;
    if (flowing !== this.#told.flowing) {
      this.#told = { ...this.#told, flowing };
      if (!this.#isTrial) this.#stop.startAnew();
      this.#isTrial = false;
      this.#expectFrames();
      asks.push(request(flowing ? 'consumer:resume' : 'consumer:pause', { consumerId }));
    }
    await Promise.all(asks);
  }

  get #isPicture(): boolean {
    return this.#view.kind === 'video';
  }

  #expectFrames(): void {
    this.#frames?.setExpected(this.#told.flowing && !this.#view.paused);
  }

  #watch(created: types.Consumer): void {
    const { clock, onChange } = this.#parts;
    this.#frames?.close();
    const made: FrameWatch = watchFrames({
      countFrames: async () => readFramesDecoded(await created.getStats()),
      clock,
      onChange: () => {
        if (this.#frames !== made) return;
        this.#stop.judge();
        onChange();
      },
    });
    this.#frames = made;
  }

  #drop(): void {
    this.#consumer?.close();
    this.#consumer = undefined;
    this.#frames?.close();
    this.#frames = undefined;
  }
}
