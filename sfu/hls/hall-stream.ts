import { randomInt } from 'node:crypto';
import type { types } from 'mediasoup';
import type { HallProgram } from '../../server/contract/demonstration-live.ts';
import type { Logger } from '../../server/runtime/log.ts';
import type { HlsOrder, HlsState } from '../contract/hls.ts';
import { type Encoder, startEncoder } from './encoder.ts';
import {
  FRAGMENT_MS,
  FRAMES_A_FRAGMENT,
  FRAMES_A_SECOND,
  PICTURE_BYTES,
  SAMPLE_BYTES,
  SAMPLES_A_FRAME,
} from './format.ts';
import { DecodedTracks, type HallTrack } from './tracks.ts';

interface Fragment {
  name: string;
  number: number;
  beganAtMs: number;
  bytes: Buffer;
}

interface HallStreamParts {
  router: types.Router;
  log: Logger;
  listTracks(): readonly HallTrack[];
}

/** Nobody has asked for it for so long: it ends. */
const NEEDED_FOR_MS = 20_000;
const FOLLOW_EVERY_MS = 500;
/** In the list. As many again can still be had by those who have an older list. */
const LISTED = 6;
/** Pictures that are made up for at once after a busy moment; beyond, their time is left out. */
const MOST_BEHIND = 3;
/** Buffers go round. More than can wait for the encoder: it has taken one before it comes again. */
const BUFFERS = 8;

const makeId = () => randomInt(36 ** 8).toString(36);

/**
 * What is on air and all voices of a hall as one stream of H.264 and AAC, in fragments, for those whom no media reaches. It lies in memory
 * alone: nothing of it can be left behind, whatever this process dies of.
 */
export class HallStream {
  /** Names what is handed out; another one where players are to let go of what they have loaded. */
  #id = makeId();
  readonly #startedAtMs = Date.now();
  /** Of the first fragment; a stream begun later has higher ones, whatever happened between. */
  readonly #firstNumber = Math.floor(this.#startedAtMs / FRAGMENT_MS);
  readonly #parts: HallStreamParts;
  readonly #tracks: DecodedTracks;
  readonly #encoder: Encoder;
  readonly #timers: NodeJS.Timeout[];
  readonly #pictures = Array.from({ length: BUFFERS }, () => Buffer.alloc(PICTURE_BYTES));
  #program: HallProgram;
  #neededAtMs = Date.now();
  #init: Buffer | undefined;
  #fragments: Fragment[] = [];
  /** Fragments that have come out of the encoder. */
  #made = 0;
  /** The first fragment that may be handed out: those before it show what was cut since. */
  #firstShown = 0;
  #frames = 0;
  #beganAtMs: number[] = [];
  #clockFromMs = performance.now();
  #closed = false;
  #diedAtMs: number | undefined;

  constructor(parts: HallStreamParts, { program }: HlsOrder) {
    this.#parts = parts;
    this.#program = program;
    this.#tracks = new DecodedTracks(parts.router, parts.log);
    this.#encoder = startEncoder({
      log: parts.log,
      onInit: (bytes) => {
        this.#init = bytes;
      },
      onFragment: (bytes) => this.#keep(bytes),
    });
    void this.#encoder.ended.then(() => {
      if (!this.#closed) this.#diedAtMs = Date.now();
      this.close();
    });
    this.#timers = [
      setInterval(() => this.#tick(), 1000 / FRAMES_A_SECOND),
      setInterval(() => this.#look(), FOLLOW_EVERY_MS),
    ].map((timer) => timer.unref());
    this.follow();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Its encoder ended by itself; undefined where it did not. */
  get diedAtMs(): number | undefined {
    return this.#diedAtMs;
  }

  /** It is needed, and shows this from now on. Where that is nothing any more, those who are late do not go on seeing what was taken off air. */
  order({ program }: HlsOrder): HlsState {
    this.#neededAtMs = Date.now();
    const isTakenOff = program.main === null && this.#program.main !== null;
    this.#program = program;
    if (isTakenOff) this.renew();
    else this.follow();
    return {
      initName: this.#init ? `${this.#id}-init.mp4` : null,
      streamNumber: Math.floor(this.#startedAtMs / 1000),
      fragmentMs: FRAGMENT_MS,
      fault: null,
      oldestNumber: this.#fragments[0]?.number ?? this.#firstNumber + Math.max(this.#made, this.#firstShown),
      fragments: this.#fragments.slice(-LISTED).map(({ name, number, beganAtMs }) => ({
        name,
        number,
        beganAt: new Date(beganAtMs).toISOString(),
      })),
    };
  }

  /** undefined: there is none, or none any more. */
  find(name: string): Buffer | undefined {
    if (name === `${this.#id}-init.mp4`) return this.#init;
    return this.#fragments.find((one) => one.name === name)?.bytes;
  }

  /** The tracks of the hall are others, or flow no more. */
  follow(): void {
    if (!this.#closed) this.#tracks.follow(this.#program, this.#parts.listTracks());
  }

  /** Something was cut: nobody is handed anything any more of what was made until now. */
  dropMade(): void {
    this.#firstShown = this.#frames === 0 ? 0 : Math.floor((this.#frames - 1) / FRAMES_A_FRAGMENT) + 1;
    this.#fragments = [];
    this.follow();
  }

  /** What was made is not to be seen any more, by those either who have it already: they see by the names that it is another one. */
  renew(): void {
    this.dropMade();
    this.#id = makeId();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#tracks.close();
    this.#encoder.close();
    this.#fragments = [];
    this.#init = undefined;
  }

  #look(): void {
    if (Date.now() - this.#neededAtMs > NEEDED_FOR_MS) this.close();
    else this.follow();
  }

  /** Gives the encoder all pictures that are due, each with the sound that belongs to it. */
  #tick(): void {
    const due = Math.floor(((performance.now() - this.#clockFromMs) * FRAMES_A_SECOND) / 1000) - this.#frames;
    if (this.#encoder.isBehind() || due > MOST_BEHIND) {
      this.#clockFromMs += (due * 1000) / FRAMES_A_SECOND;
      return;
    }
    for (let count = 0; count < due; count += 1) {
      const picture = this.#pictures[this.#frames % BUFFERS] as Buffer;
      const samples = Buffer.alloc(SAMPLES_A_FRAME * SAMPLE_BYTES);
      this.#tracks.draw(picture);
      this.#tracks.mix(samples);
      if (this.#frames % FRAMES_A_FRAGMENT === 0) this.#beganAtMs.push(Date.now());
      this.#encoder.give(picture, samples);
      this.#frames += 1;
    }
  }

  #keep(bytes: Buffer): void {
    const index = this.#made;
    this.#made += 1;
    const beganAtMs = this.#beganAtMs.shift() ?? Date.now();
    if (this.#closed || index < this.#firstShown) return;
    const number = this.#firstNumber + index;
    this.#fragments.push({ name: `${this.#id}-${number}.m4s`, number, beganAtMs, bytes });
    this.#fragments.splice(0, this.#fragments.length - 2 * LISTED);
  }
}
