import type { types } from 'mediasoup-client';
import { Failure, type FailureCode } from '../../server/contract/failure.ts';
import type { ProducerView } from '../../sfu/contract/room.ts';
import type { MediaSource } from '../../sfu/contract/token.ts';
import type { Clock } from '../review/clock.ts';
import { createPictureLayers, type PictureLayers } from './picture-layers.ts';
import { createReconciler } from './reconciler.ts';
import type { OutgoingTrack, Sending } from './sending.ts';
import type { SfuMessage, Signalling } from './signalling.ts';

export interface PublisherParts {
  /** Undefined where this person may only listen. */
  transport(): types.Transport | undefined;
  mayPublish(): readonly MediaSource[];
  canProduce(kind: 'audio' | 'video'): boolean;
  sending: Sending;
  request: Signalling['request'];
  clock: Clock;
  onFailure(thrown: unknown): void;
  onChange(): void;
}

interface Sent {
  producer: types.Producer;
  /** As the sfu was last told. */
  paused: boolean;
  pausedFor: OutgoingTrack['pausedFor'];
  /** As it was asked to be called. */
  label: string | undefined;
}

/** One layer of one picture. */
interface Layer {
  key: string;
  bps: number;
  index: number;
  producerId: string;
}

const RETRY_MS = 3_000;
const NOT_AGAIN: readonly FailureCode[] = ['unavailable', 'forbidden', 'conflict'];

/** Sends what this window is to send and may, always as {@link Sending} has it. */
export class Publisher {
  readonly #parts: PublisherParts;
  readonly #sync: () => void;
  readonly #unsubscribe: () => void;
  readonly #sent = new Map<string, Sent>();
  readonly #pictureLayers = new Map<string, PictureLayers>();
  /** Layers taken, by producer: often told before the answer that the track is there. */
  readonly #wanted = new Map<string, number>();
  /** What somebody could not decode, by key. */
  readonly #forAll = new Set<string>();
  /** Of producers, told before the answer that they are there. */
  readonly #undecodable = new Set<string>();
  #cancelRetry: (() => void) | undefined;
  #voiceScore: number | undefined;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    this.#sync = createReconciler(
      () => this.#bringAllInLine(),
      (thrown) => this.#failed(thrown),
    );
    this.#unsubscribe = parts.sending.onState(this.#sync);
    this.#sync();
  }

  /** After a lost connection: what the sfu has of this person's tracks. Makes up for whatever was asked and not answered. */
  reconcile(own: readonly ProducerView[]): void {
    const { request, onFailure } = this.#parts;
    for (const [key, current] of this.#sent) {
      const view = own.find(({ producerId }) => producerId === current.producer.id);
      if (view) {
        current.paused = view.paused;
        current.pausedFor = view.pausedBy === 'no-picture' ? 'no-picture' : undefined;
        current.label = view.label;
      }
      // Whatever became of it, the sfu does not have it any more.
      else this.#forget(key);
    }
    for (const { producerId } of own)
      if (!this.isOwn(producerId)) request('producer:close', { producerId }).catch(onFailure);
    this.#sync();
  }

  /** What may be sent, or over which transport, has changed. */
  readonly follow = (): void => this.#sync();

  /** The largest bitrate of each layer of each picture, in the order in which the line gets them; empty while no picture is sent. */
  get layersBps(): readonly number[] {
    return this.#layers().map(({ bps }) => bps);
  }

  /** How many pictures are sent and not paused. */
  get pictureCount(): number {
    return this.#layers().filter(({ index }) => index === 0).length;
  }

  /** So many of these, the first of them, hold all that are taken by anybody. */
  get layersTaken(): number {
    const layers = this.#layers();
    if (layers.length === 0) return Number.POSITIVE_INFINITY;
    return layers.findLastIndex(({ producerId, index }) => index < (this.#wanted.get(producerId) ?? layers.length)) + 1;
  }

  /** Sends at most so many layers, the first of them; 0 stops the video without asking anybody, so that it works over a line that is all but gone. */
  setLayers(count: number): void {
    const layers = this.#layers();
    let isNews = false;
    for (const key of new Set(layers.map((layer) => layer.key))) {
      const allowed = layers.slice(0, count).filter((layer) => layer.key === key).length;
      isNews = this.#layersOf(key).limit(allowed) || isNews;
    }
    if (isNews) this.#parts.onChange();
  }

  isOwn(producerId: string): boolean {
    return this.#keyOf(producerId) !== undefined;
  }

  /** How well the voice arrives at the sfu, 0 to 10; undefined while nothing is known. */
  get voiceScore(): number | undefined {
    return this.#voice() ? this.#voiceScore : undefined;
  }

  hear({ name, notice }: SfuMessage): void {
    if (name === 'producer:scored' && notice.producerId === this.#voice()?.id) this.#voiceScore = notice.scores[0];
    if (name === 'producer:wanted') {
      this.#wanted.set(notice.producerId, notice.layers);
      for (const layers of this.#pictureLayers.values()) layers.apply();
    }
    if (name === 'producer:undecodable') this.#sendForAll(notice.producerId);
    if (name === 'producer:closed') {
      const key = this.#keyOf(notice.producerId);
      if (key !== undefined) this.#forget(key);
    }
  }

  close(): void {
    this.#cancelRetry?.();
    this.#unsubscribe();
  }

  async #bringAllInLine(): Promise<void> {
    const { transport, mayPublish, sending, request, onFailure } = this.#parts;
    const on = transport();
    if (!on || on.closed) return;
    const allowed = mayPublish();
    const wanted = sending.tracks.filter(({ source }) => allowed.includes(source));
    for (const [key, { producer }] of this.#sent) {
      if (wanted.some((one) => one.key === key)) continue;
      if (!producer.closed) request('producer:close', { producerId: producer.id }).catch(onFailure);
      this.#forget(key);
    }
    // One device that fails holds up none of the others.
    const failures: unknown[] = [];
    for (const outgoing of wanted)
      await this.#bringInLine(on, outgoing).catch((thrown: unknown) => failures.push(thrown));
    for (const { key, label } of wanted) this.#rename(key, label);
    if (failures.length > 0) throw failures[0];
  }

  #failed(thrown: unknown): void {
    const { transport, clock, onFailure } = this.#parts;
    if (!transport() || transport()?.closed) return;
    onFailure(thrown);
    // Without a connection reconcile() goes on; what the sfu forbids it forbids again.
    if (thrown instanceof Failure && NOT_AGAIN.includes(thrown.code)) return;
    this.#cancelRetry ??= clock.after(RETRY_MS, () => {
      this.#cancelRetry = undefined;
      this.#sync();
    });
  }

  async #bringInLine(on: types.Transport, outgoing: OutgoingTrack): Promise<void> {
    const { canProduce, request, onChange } = this.#parts;
    const { key, source, track } = outgoing;
    const paused = outgoing.paused || !track;
    const pausedFor = paused ? outgoing.pausedFor : undefined;
    const current = this.#sent.get(key);
    if (!current || current.producer.closed) {
      if (track && !(source !== 'audio' && paused) && canProduce(source === 'audio' ? 'audio' : 'video'))
        await this.#produce(on, outgoing, track, paused);
      return;
    }
    const { producer } = current;
    if (producer.track !== track) await producer.replaceTrack({ track });
    if (current.paused !== paused || current.pausedFor !== pausedFor) {
      const { id: producerId } = producer;
      if (paused) {
        producer.pause();
        await request('producer:pause', { producerId, ...(pausedFor && { why: pausedFor }) });
      } else {
        producer.resume();
        await request('producer:resume', { producerId });
      }
      Object.assign(current, { paused, pausedFor });
      onChange();
    }
  }

  /** Nothing waits for it: a name that is refused, or not answered, keeps no pause back. */
  #rename(key: string, label: string | undefined): void {
    const sent = this.#sent.get(key);
    if (!sent || sent.producer.closed || sent.label === label) return;
    const before = sent.label;
    sent.label = label;
    const named = { producerId: sent.producer.id, ...(label !== undefined && { label }) };
    this.#parts.request('producer:rename', named).catch((thrown: unknown) => {
      if (this.#sent.get(key) !== sent) return;
      if (sent.label === label) sent.label = before;
      this.#failed(thrown);
    });
  }

  async #produce(
    on: types.Transport,
    { key, source, label, inputId, encode }: OutgoingTrack,
    track: MediaStreamTrack,
    paused: boolean,
  ): Promise<void> {
    const producer = await on.produce({
      track,
      ...encode(track, this.#forAll.has(key)),
      // The tracks are their owner's: the preview and the next session go on with them.
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source, label, inputId, paused },
    });
    if (paused) producer.pause();
    this.#sent.set(key, { producer, paused, pausedFor: undefined, label });
    if (this.#undecodable.delete(producer.id) && !this.#forAll.has(key)) return this.#sendForAll(producer.id);
    if (source !== 'audio') this.#layersOf(key).apply();
    this.#parts.onChange();
  }

  /** Publishes it anew, once, in what every browser decodes. */
  #sendForAll(producerId: string): void {
    const { request, onFailure } = this.#parts;
    const key = this.#keyOf(producerId);
    if (key === undefined) this.#undecodable.add(producerId);
    if (key === undefined || this.#forAll.has(key)) return;
    this.#forAll.add(key);
    request('producer:close', { producerId }).catch(onFailure);
    this.#forget(key);
    this.#sync();
  }

  #forget(key: string): void {
    const sent = this.#sent.get(key);
    if (!sent) return;
    this.#sent.delete(key);
    this.#wanted.delete(sent.producer.id);
    sent.producer.close();
    this.#parts.onChange();
  }

  #keyOf(producerId: string): string | undefined {
    return [...this.#sent].find(([, { producer }]) => producer.id === producerId)?.[0];
  }

  #layersOf(key: string): PictureLayers {
    const made =
      this.#pictureLayers.get(key) ??
      createPictureLayers({
        producer: () => this.#sent.get(key)?.producer,
        taken: (producerId) => this.#wanted.get(producerId),
        onFailure: this.#parts.onFailure,
      });
    this.#pictureLayers.set(key, made);
    return made;
  }

  /** Of what is sent and not paused: the smallest layer of each picture, then the next of each, in the order of their tracks. */
  #layers(): Layer[] {
    const pictures = this.#parts.sending.tracks.flatMap(({ key, source }) => {
      const producer = source === 'audio' ? undefined : this.#live(key);
      const encodings = producer?.rtpParameters.encodings ?? [];
      return encodings.map(({ maxBitrate = 0 }, index) => ({
        key,
        bps: maxBitrate,
        index,
        producerId: producer?.id ?? '',
      }));
    });
    return pictures.sort((a, b) => a.index - b.index);
  }

  #voice(): types.Producer | undefined {
    const voice = this.#parts.sending.tracks.find(({ source }) => source === 'audio');
    return voice && this.#live(voice.key);
  }

  /** What is being sent and not paused. */
  #live(key: string): types.Producer | undefined {
    const sent = this.#sent.get(key);
    return sent && !sent.paused && !sent.producer.closed ? sent.producer : undefined;
  }
}
