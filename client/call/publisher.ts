import type { types } from 'mediasoup-client';
import { Failure, type FailureCode } from '../../server/contract/failure.ts';
import type { ProducerView } from '../../sfu/contract/room.ts';
import type { Clock } from '../review/clock.ts';
import { type CameraLayers, createCameraLayers } from './camera-layers.ts';
import type { CaptureState } from './capture-slot.ts';
import type { LocalMedia } from './local-media.ts';
import { createReconciler } from './reconciler.ts';
import type { SfuMessage, Signalling } from './signalling.ts';
import { cameraEncodings } from './simulcast.ts';

export interface PublisherParts {
  /** Undefined where this person may only listen. */
  transport: types.Transport | undefined;
  canProduce(kind: 'audio' | 'video'): boolean;
  media: LocalMedia;
  request: Signalling['request'];
  clock: Clock;
  onFailure(thrown: unknown): void;
  onChange(): void;
}

interface Sent {
  producer: types.Producer;
  /** As the sfu was last told. */
  paused: boolean;
}

const RETRY_MS = 3_000;
const NOT_AGAIN: readonly FailureCode[] = ['unavailable', 'forbidden', 'conflict'];
const SOURCES = ['audio', 'video'] as const;
type Source = (typeof SOURCES)[number];

/** Sends this person's voice and picture, always as {@link LocalMedia} has them: voice first. */
export class Publisher {
  readonly #parts: PublisherParts;
  readonly #cameraLayers: CameraLayers;
  readonly #sync: () => void;
  readonly #unsubscribe: () => void;
  readonly #sent: Partial<Record<Source, Sent>> = {};
  #cancelRetry: (() => void) | undefined;
  #voiceScore: number | undefined;

  constructor(parts: PublisherParts) {
    this.#parts = parts;
    this.#cameraLayers = createCameraLayers({
      producer: () => this.#sent.video?.producer,
      onFailure: parts.onFailure,
    });
    this.#sync = createReconciler(
      () => this.#bringAllInLine(),
      (thrown) => this.#failed(thrown),
    );
    this.#unsubscribe = parts.media.onState(this.#sync);
    this.#sync();
  }

  /** After a lost connection: what the sfu has of this person's tracks. Makes up for whatever was asked and not answered. */
  reconcile(own: readonly ProducerView[]): void {
    const { request, onFailure } = this.#parts;
    for (const source of SOURCES) {
      const current = this.#sent[source];
      const view = own.find((producer) => producer.producerId === current?.producer.id);
      if (view && current) current.paused = view.paused;
      else if (current) {
        // Whatever became of it, the sfu does not have it any more.
        current.producer.close();
        delete this.#sent[source];
      }
    }
    const known = new Set(SOURCES.map((source) => this.#sent[source]?.producer.id));
    for (const { producerId } of own)
      if (!known.has(producerId)) request('producer:close', { producerId }).catch(onFailure);
    this.#sync();
  }

  /** The largest bitrate of each layer of the camera; empty while it is not sent. */
  get layersBps(): readonly number[] {
    return this.#live('video')?.rtpParameters.encodings?.map(({ maxBitrate = 0 }) => maxBitrate) ?? [];
  }

  /** How many of these, the smallest first, are taken by anybody. */
  get layersTaken(): number {
    return this.#cameraLayers.taken;
  }

  /** Sends at most so many layers, the smallest first; 0 stops the video without asking anybody, so that it works over a line that is all but gone. */
  setLayers(count: number): void {
    if (this.#cameraLayers.limit(count)) this.#parts.onChange();
  }

  isOwn(producerId: string): boolean {
    return SOURCES.some((source) => this.#sent[source]?.producer.id === producerId);
  }

  /** How well the voice arrives at the sfu, 0 to 10; undefined while nothing is known. */
  get voiceScore(): number | undefined {
    return this.#live('audio') ? this.#voiceScore : undefined;
  }

  hear({ name, notice }: SfuMessage): void {
    if (name === 'producer:scored' && notice.producerId === this.#sent.audio?.producer.id)
      this.#voiceScore = notice.scores[0];
    // Often before the answer that the track is there.
    if (name === 'producer:wanted') this.#cameraLayers.want(notice);
  }

  close(): void {
    this.#cancelRetry?.();
    this.#unsubscribe();
  }

  async #bringAllInLine(): Promise<void> {
    const { transport } = this.#parts;
    if (!transport || transport.closed) return;
    for (const source of SOURCES) await this.#bringInLine(transport, source);
  }

  #failed(thrown: unknown): void {
    const { transport, clock, onFailure } = this.#parts;
    if (!transport || transport.closed) return;
    onFailure(thrown);
    // Without a connection reconcile() goes on; what the sfu forbids it forbids again.
    if (thrown instanceof Failure && NOT_AGAIN.includes(thrown.code)) return;
    this.#cancelRetry ??= clock.after(RETRY_MS, () => {
      this.#cancelRetry = undefined;
      this.#sync();
    });
  }

  async #bringInLine(on: types.Transport, source: Source): Promise<void> {
    const { canProduce, request, onChange } = this.#parts;
    const { track, on: wanted, held } = this.#captureOf(source);
    const paused = !(wanted && track && !held);
    const current = this.#sent[source];
    if (!current || current.producer.closed) {
      if (track && !(source === 'video' && paused) && canProduce(source))
        await this.#produce(on, source, track, paused);
      return;
    }
    const { producer } = current;
    if (producer.track !== track) await producer.replaceTrack({ track });
    if (current.paused === paused) return;
    if (paused) producer.pause();
    else producer.resume();
    await request(paused ? 'producer:pause' : 'producer:resume', { producerId: producer.id });
    current.paused = paused;
    onChange();
  }

  async #produce(on: types.Transport, source: Source, track: MediaStreamTrack, paused: boolean): Promise<void> {
    const producer = await on.produce({
      track,
      ...(source === 'audio' ? VOICE : { encodings: cameraEncodings(linesOf(track)), codecOptions: CAMERA_START }),
      // The tracks are LocalMedia's: the preview and the next session go on with them.
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source, paused },
    });
    if (paused) producer.pause();
    this.#sent[source] = { producer, paused };
    if (source === 'video') this.#cameraLayers.apply();
    this.#parts.onChange();
  }

  #captureOf(source: Source): CaptureState {
    const { microphone, camera } = this.#parts.media.state;
    return source === 'audio' ? microphone : camera;
  }

  /** What is being sent and not paused. */
  #live(source: Source): types.Producer | undefined {
    const sent = this.#sent[source];
    return sent && !sent.paused && !sent.producer.closed ? sent.producer : undefined;
  }
}

/** Opus with in-band error correction, and next to nothing sent in silence. */
const VOICE = {
  encodings: [{ dtx: true, priority: 'high', networkPriority: 'high' } satisfies types.RtpEncodingParameters],
  codecOptions: { opusStereo: false, opusDtx: true, opusFec: true, opusNack: true },
};
/** kbit/s; from Chromium's own 300 the larger layers come up to ten seconds late. */
const CAMERA_START = { videoGoogleStartBitrate: 800 };

function linesOf(track: MediaStreamTrack): number {
  const { width = 1280, height = 720 } = track.getSettings();
  return Math.min(width, height);
}
