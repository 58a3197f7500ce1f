import type { types } from 'mediasoup-client';
import { Failure, type FailureCode } from '../../server/contract/failure.ts';
import type { ProducerView } from '../../sfu/contract/room.ts';
import type { Clock } from '../review/clock.ts';
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

/** Sends this person's voice and picture, always as {@link LocalMedia} has them: voice first. */
export interface Publisher {
  /** After a lost connection: what the sfu has of this person's tracks. Makes up for whatever was asked and not answered. */
  reconcile(own: readonly ProducerView[]): void;
  /** The largest bitrate of each layer of the camera; empty while it is not sent. */
  readonly layersBps: readonly number[];
  /** How many of these, the smallest first, are taken by anybody. */
  readonly layersTaken: number;
  /** Sends at most so many layers, the smallest first; 0 stops the video without asking anybody, so that it works over a line that is all but gone. */
  setLayers(count: number): void;
  isOwn(producerId: string): boolean;
  /** How well the voice arrives at the sfu, 0 to 10; undefined while nothing is known. */
  readonly voiceScore: number | undefined;
  hear(message: SfuMessage): void;
  close(): void;
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

export function createPublisher({
  transport,
  canProduce,
  media,
  request,
  clock,
  onFailure,
  onChange,
}: PublisherParts): Publisher {
  const sent: Partial<Record<Source, Sent>> = {};
  /** As many as the line carries. */
  let layers = Number.POSITIVE_INFINITY;
  /** As the sfu told last; of another track it says nothing. */
  let wanted: { producerId: string; layers: number } | undefined;
  let cancelRetry: (() => void) | undefined;
  let voiceScore: number | undefined;
  const captureOf = (source: Source): CaptureState =>
    source === 'audio' ? media.state.microphone : media.state.camera;

  async function produce(on: types.Transport, source: Source, track: MediaStreamTrack, paused: boolean): Promise<void> {
    const producer = await on.produce({
      track,
      ...(source === 'audio' ? VOICE : { encodings: cameraEncodings(linesOf(track)), codecOptions: CAMERA_START }),
      // The tracks are LocalMedia's: the preview and the next session go on with them.
      stopTracks: false,
      disableTrackOnPause: false,
      appData: { source, paused },
    });
    if (paused) producer.pause();
    sent[source] = { producer, paused };
    if (source === 'video') applyLayers();
    onChange();
  }

  async function bringInLine(on: types.Transport, source: Source): Promise<void> {
    const { track, on: wanted, held } = captureOf(source);
    const paused = !(wanted && track && !held);
    const current = sent[source];
    if (!current || current.producer.closed) {
      if (track && !(source === 'video' && paused) && canProduce(source)) await produce(on, source, track, paused);
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

  const layersTaken = () =>
    wanted !== undefined && wanted.producerId === sent.video?.producer.id ? wanted.layers : Number.POSITIVE_INFINITY;

  // One after another: the parameters that are set must be those that were read last.
  const applyLayers = createReconciler(async () => {
    const producer = sent.video?.producer;
    const sender = producer?.rtpSender;
    if (!sender || producer?.closed) return;
    const count = Math.min(layers, layersTaken());
    const parameters = sender.getParameters();
    if (parameters.encodings.every(({ active }, index) => active === index < count)) return;
    for (const [index, encoding] of parameters.encodings.entries()) encoding.active = index < count;
    await sender.setParameters(parameters);
  }, onFailure);

  const sync = createReconciler(
    async () => {
      if (!transport || transport.closed) return;
      for (const source of SOURCES) await bringInLine(transport, source);
    },
    (thrown) => {
      if (!transport || transport.closed) return;
      onFailure(thrown);
      // Without a connection reconcile() goes on; what the sfu forbids it forbids again.
      if (thrown instanceof Failure && NOT_AGAIN.includes(thrown.code)) return;
      cancelRetry ??= clock.after(RETRY_MS, () => {
        cancelRetry = undefined;
        sync();
      });
    },
  );
  const unsubscribe = media.onState(sync);
  sync();

  return {
    reconcile(own) {
      for (const source of SOURCES) {
        const view = own.find((producer) => producer.producerId === sent[source]?.producer.id);
        const current = sent[source];
        if (view && current) current.paused = view.paused;
        else if (current) {
          // Whatever became of it, the sfu does not have it any more.
          current.producer.close();
          delete sent[source];
        }
      }
      const known = new Set(SOURCES.map((source) => sent[source]?.producer.id));
      for (const { producerId } of own)
        if (!known.has(producerId)) request('producer:close', { producerId }).catch(onFailure);
      sync();
    },
    get layersBps() {
      const live = sent.video && !sent.video.paused && !sent.video.producer.closed;
      return live ? (sent.video?.producer.rtpParameters.encodings ?? []).map(({ maxBitrate = 0 }) => maxBitrate) : [];
    },
    get layersTaken() {
      return layersTaken();
    },
    setLayers(count) {
      if (layers === count) return;
      layers = count;
      applyLayers();
      onChange();
    },
    isOwn: (producerId) => SOURCES.some((source) => sent[source]?.producer.id === producerId),
    get voiceScore() {
      const live = sent.audio && !sent.audio.paused && !sent.audio.producer.closed;
      return live ? voiceScore : undefined;
    },
    hear({ name, notice }) {
      if (name === 'producer:scored' && notice.producerId === sent.audio?.producer.id) voiceScore = notice.scores[0];
      if (name === 'producer:wanted') {
        // Often before the answer that the track is there.
        wanted = notice;
        applyLayers();
      }
    },
    close() {
      cancelRetry?.();
      unsubscribe();
    },
  };
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
