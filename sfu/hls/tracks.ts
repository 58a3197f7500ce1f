import type { types } from 'mediasoup';
import { type HallProgram, isSameTrack, type TrackRef } from '../../server/contract/demonstration-live.ts';
import type { Logger } from '../../server/runtime/log.ts';
import { namesOf, type PeerProducer } from '../peer.ts';
import { type Decoder, startDecoder } from './decoder.ts';
import { blacken, drawSmaller, NewestPicture } from './pictures.ts';
import { WaitingSound } from './sound.ts';

/** A track of the hall, and whose it is. */
export interface HallTrack {
  producer: PeerProducer;
  accountId: string;
}

interface Decoded {
  producer: PeerProducer;
  picture: NewestPicture;
  sound: WaitingSound;
  close(): void;
}

/** What could not be decoded is tried again after so long. */
const AGAIN_AFTER_MS = 2_000;
/** Where the smaller picture lies, and how much smaller it is. */
const PLACES = {
  'picture-in-picture': { x: 704, y: 388, factor: 4 },
  left: { x: 0, y: 134, factor: 2 },
  right: { x: 480, y: 134, factor: 2 },
} as const;

/** The tracks of a hall that are on air or heard, each decoded as long as it flows: a pause, of whatever reason, leaves nothing of it. */
export class DecodedTracks {
  readonly #router: types.Router;
  readonly #log: Logger;
  /** By the producer. */
  readonly #decoded = new Map<string, Decoded>();
  readonly #triedAtMs = new Map<string, number>();
  #program: HallProgram = { layout: 'single', main: null, second: null };
  #tracks: readonly HallTrack[] = [];

  constructor(router: types.Router, log: Logger) {
    this.#router = router;
    this.#log = log;
  }

  /** Decodes what is wanted now, and nothing else. */
  follow(program: HallProgram, tracks: readonly HallTrack[]): void {
    this.#program = program;
    this.#tracks = tracks;
    const pictures = [this.#find(program.main), this.#find(program.second)];
    const voices = tracks.filter(({ producer }) => producer.appData.source === 'audio').map(({ producer }) => producer);
    const wanted = [...pictures, ...voices].filter((one) => one !== undefined && flows(one)) as PeerProducer[];
    for (const [producerId, { close }] of this.#decoded)
      if (!wanted.some(({ id }) => id === producerId)) {
        close();
        this.#decoded.delete(producerId);
      }
    for (const producer of wanted) if (!this.#decoded.has(producer.id)) this.#begin(producer);
  }

  /** What is on air now; black where nothing is. */
  draw(picture: Buffer): void {
    const { layout, main, second } = this.#program;
    const [first, other] = [this.#pictureOf(main), layout === 'single' ? undefined : this.#pictureOf(second)];
    if (layout !== 'side-by-side' && first) first.copy(picture);
    else blacken(picture);
    if (layout === 'side-by-side' && first) drawSmaller(first, picture, PLACES.left);
    if (other) drawSmaller(other, picture, PLACES[layout === 'side-by-side' ? 'right' : 'picture-in-picture']);
  }

  /** All voices, into samples that are silent before. */
  mix(samples: Buffer): void {
    for (const { producer, sound } of this.#decoded.values())
      if (producer.kind === 'audio' && flows(producer)) sound.mixInto(samples);
  }

  close(): void {
    for (const { close } of this.#decoded.values()) close();
    this.#decoded.clear();
  }

  #pictureOf(ref: TrackRef | null): Buffer | undefined {
    const producer = this.#find(ref);
    return producer && flows(producer) ? this.#decoded.get(producer.id)?.picture.whole : undefined;
  }

  /** What had nothing left to send may have come anew under the same name: whichever flows is meant. */
  #find(ref: TrackRef | null): PeerProducer | undefined {
    if (!ref) return undefined;
    const named = this.#tracks.filter(
      ({ producer: { appData, kind }, accountId }) =>
        kind === 'video' && isSameTrack(ref, { accountId, label: null, ...namesOf(appData), source: appData.source }),
    );
    return (named.find(({ producer }) => flows(producer)) ?? named[0])?.producer;
  }

  #begin(producer: PeerProducer): void {
    if (Date.now() - (this.#triedAtMs.get(producer.id) ?? 0) < AGAIN_AFTER_MS) return;
    this.#triedAtMs.set(producer.id, Date.now());
    const [picture, sound] = [new NewestPicture(), new WaitingSound()];
    let decoder: Decoder | undefined;
    let isOver = false;
    const close = () => {
      isOver = true;
      decoder?.close();
    };
    const decoded: Decoded = { producer, picture, sound, close };
    const forget = () => {
      close();
      producer.observer.off('pause', startAnew).off('close', startAnew);
      if (this.#decoded.get(producer.id) === decoded) this.#decoded.delete(producer.id);
    };
    // What a decoder still holds of the time before a pause must not come after it.
    const startAnew = () => {
      forget();
      this.#triedAtMs.delete(producer.id);
    };
    this.#decoded.set(producer.id, decoded);
    producer.observer.once('pause', startAnew).once('close', startAnew);
    const onBytes = (bytes: Buffer) => {
      if (isOver) return;
      if (producer.kind === 'video') picture.add(bytes);
      else sound.add(bytes);
    };
    startDecoder({ router: this.#router, producer, log: this.#log, onBytes }).then(
      (made) => {
        decoder = made;
        if (isOver) made.close();
        void made.ended.then(forget);
      },
      (err: unknown) => {
        this.#log.warn({ err, producerId: producer.id }, 'a track is not shown as HLS; it is tried again');
        forget();
      },
    );
  }
}

const flows = ({ closed, paused }: PeerProducer): boolean => !closed && !paused;
