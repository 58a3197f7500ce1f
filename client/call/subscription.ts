import type { types } from 'mediasoup-client';
import { Failure } from '../../server/contract/failure.ts';
import type { ConsumerLayers, ProducerView } from '../../sfu/contract/room.ts';
import type { Clock } from '../review/clock.ts';
import { type FrameWatch, watchFrames } from './frame-watch.ts';
import type { Gate } from './gate.ts';
import { chooseLayer } from './layer-choice.ts';
import { readFramesDecoded } from './line-stats.ts';
import { createReconciler } from './reconciler.ts';
import type { PictureStop, RemoteTrack } from './room-state.ts';
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
/** A layer change or a key frame leaves a gap of up to a second; only a longer one is worth a word. */
const STOP_AFTER_MS = 1_500;
const RETRY_MS = 2_000;

export interface SubscriptionParts {
  view: ProducerView;
  /** That the track is received over now; pictures may get another one. */
  transport(): types.Transport;
  /** Where others begin at the same time. */
  gate: Gate | undefined;
  request: Signalling['request'];
  clock: Clock;
  onChange(): void;
  onFailure(thrown: unknown): void;
}

/** One track of somebody else, received as long as it is wanted here. */
export interface Subscription {
  readonly view: ProducerView;
  readonly remote: RemoteTrack;
  /** 0 to 10: the line from the sender; null where nothing is known. */
  readonly senderScore: number | null;
  readonly consumerId: string | undefined;
  setPaused(paused: boolean): void;
  setDemand(demand: Demand): void;
  setLayers(layers: ConsumerLayers | null): void;
  setScores(producerScores: readonly number[]): void;
  /** The connection to the sfu is gone: until {@link Subscription.reconcile} nothing is said of the line. */
  lose(): void;
  /** The transport has changed: receives the track anew, over that one. */
  renew(): void;
  /** After a lost connection: whether the sfu still has the consumer, and as what. */
  reconcile(view: ProducerView, own: { consumerId: string; paused: boolean } | undefined): void;
  close(): void;
}

export function createSubscription(parts: SubscriptionParts): Subscription {
  const { request, clock, onChange, onFailure } = parts;
  let { view, gate } = parts;
  const isPicture = view.kind === 'video';
  let consumer: types.Consumer | undefined;
  let demand = FIRST_DEMAND;
  /** As the sfu was last told. */
  let told: { flowing: boolean; layer: number | undefined; priority: number | undefined } = FRESH;
  let stopped: PictureStop | null = null;
  let layersGone = false;
  let cancelStop: (() => void) | undefined;
  let cancelRetry: (() => void) | undefined;
  let scores: readonly number[] | null = null;
  let undecodable = false;
  let closed = false;
  let frames: FrameWatch | undefined;

  const wantsFlow = () => !isPicture || demand.visible;

  async function create(): Promise<void> {
    const asked = request('consumer:create', { producerId: view.producerId });
    // Those that failed do not hold the others up.
    await (gate ? Promise.allSettled([asked]).then(gate.pass) : asked);
    gate = undefined;
    const { consumerId, producerId, kind, rtpParameters } = await asked;
    const transport = parts.transport();
    if (closed || transport.closed) return;
    told = FRESH;
    // Over a transport that is not connected yet nothing comes before it can be taken: no need to wait for one another.
    const isFirst = transport.connectionState === 'new';
    const consuming = transport.consume({ id: consumerId, producerId, kind, rtpParameters });
    const [created] = await Promise.all([consuming, isFirst ? tell(consumerId) : undefined]);
    if (closed) return created.close();
    performance.mark(`call:consumed-${kind}`);
    consumer = created;
    if (isPicture) watch(created);
    frames?.setExpected(told.flowing && !view.paused);
    onChange();
  }

  /** Tells the sfu what is wanted and not told yet. */
  async function tell(consumerId: string): Promise<void> {
    const layer = isPicture ? chooseLayer(demand.widthPx, told.layer) : undefined;
    // Asked for in one go: the answers do not matter to each other.
    const asks: Promise<unknown>[] = [];
    if (layer !== undefined && demand.visible && layer !== told.layer) {
      told = { ...told, layer };
      asks.push(request('consumer:set-preferred-layers', { consumerId, layers: { spatialLayer: layer } }));
    }
    if (isPicture && demand.priority !== told.priority) {
      told = { ...told, priority: demand.priority };
      asks.push(request('consumer:set-priority', { consumerId, priority: demand.priority }));
    }
    const flowing = wantsFlow();
    if (flowing !== told.flowing) {
      told = { ...told, flowing };
      startAnew();
      frames?.setExpected(flowing && !view.paused);
      asks.push(request(flowing ? 'consumer:resume' : 'consumer:pause', { consumerId }));
    }
    await Promise.all(asks);
  }

  const sync = createReconciler(
    async () => {
      if (closed || undecodable || parts.transport().closed) return;
      if (!consumer) await create();
      if (consumer && !closed) await tell(consumer.id);
    },
    (thrown) => {
      if (closed || (thrown instanceof Failure && thrown.code === 'not-found')) return;
      if (thrown instanceof Failure && thrown.code === 'conflict') {
        undecodable = true;
        return onChange();
      }
      onFailure(thrown);
      told = FRESH;
      cancelRetry ??= clock.after(RETRY_MS, () => {
        cancelRetry = undefined;
        sync();
      });
    },
  );

  function watch(created: types.Consumer): void {
    frames?.close();
    const countFrames = async () => readFramesDecoded(await created.getStats());
    const made: FrameWatch = watchFrames({
      countFrames,
      clock,
      onChange: () => {
        if (frames !== made) return;
        judge();
        onChange();
      },
    });
    frames = made;
  }
  function drop(): void {
    consumer?.close();
    consumer = undefined;
    frames?.close();
    frames = undefined;
  }

  function stopCause(): PictureStop | null {
    if (view.paused || !told.flowing) return null;
    if (scores !== null && scores.length > 0 && scores.every((score) => score === 0)) return 'their-line';
    if (layersGone) return 'own-line';
    // What flows by all reports and does not move is not there: a stopped picture stays so until it moves.
    return frames?.state === 'still' ? (stopped ?? 'own-line') : null;
  }
  function setStopped(cause: PictureStop | null): void {
    cancelStop?.();
    cancelStop = undefined;
    if (stopped === cause) return;
    stopped = cause;
    onChange();
  }
  function judge(): void {
    const cause = stopCause();
    // The decoder has waited long enough already.
    if (cause === null || stopped !== null || frames?.state === 'still') setStopped(cause);
    else cancelStop ??= clock.after(STOP_AFTER_MS, () => setStopped(stopCause()));
  }
  function startAnew(): void {
    layersGone = false;
    scores = null;
    judge();
  }

  sync();
  return {
    get view() {
      return view;
    },
    get remote() {
      const { producerId, paused } = view;
      const track = consumer?.track ?? null;
      return { producerId, track, paused, stopped, undecodable, awaited: frames?.state === 'awaited' };
    },
    get senderScore() {
      // Nobody may take a picture that is not taken here: its sender stops it, which is no news about their line.
      if (view.paused || !told.flowing || scores === null || scores.length === 0) return null;
      return Math.max(...scores);
    },
    get consumerId() {
      return consumer?.id;
    },
    setPaused(paused) {
      view = { ...view, paused };
      startAnew();
      frames?.setExpected(told.flowing && !paused);
      onChange();
    },
    setDemand(next) {
      demand = next;
      sync();
    },
    setLayers(layers) {
      layersGone = layers === null;
      judge();
    },
    setScores(producerScores) {
      scores = producerScores;
      judge();
    },
    lose: () => frames?.setExpected(false),
    renew() {
      drop();
      told = FRESH;
      sync();
    },
    reconcile(next, own) {
      view = next;
      startAnew();
      if (own && own.consumerId === consumer?.id) told = { ...FRESH, flowing: !own.paused };
      else if (consumer) drop();
      frames?.setExpected(told.flowing && !view.paused);
      onChange();
      sync();
    },
    close() {
      closed = true;
      cancelStop?.();
      cancelRetry?.();
      drop();
    },
  };
}

/** What the sfu knows of a consumer that has just been made: paused, no wishes. */
const FRESH = { flowing: false, layer: undefined, priority: undefined };
