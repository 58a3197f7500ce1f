import { Failure } from '../../server/contract/failure.ts';
import { isWorthReadingAgain } from '../../server/contract/failure-fate.ts';
import { blankPixels } from '../../server/formats/image/stored-pixels.ts';
import { createSignal } from '../viewer/signal.ts';
import type { ImageCache } from './cornerstone/cache.ts';
import { createFrameImage, type FrameImage, isFrameImage } from './cornerstone/image.ts';
import type { DecodePool } from './decode-pool.ts';
import type { DicomWeb } from './dicomweb.ts';
import { FrameOrders, outwardFrom } from './frame-orders.ts';
import { FrameRetries } from './frame-retries.ts';
import { decodedBytes, type Slice } from './series.ts';

export type FrameState = 'absent' | 'loading' | 'full' | 'failed';

/** As many requests as a browser opens to one HTTP/1.1 server; prefetching leaves some for everything else. */
const MAX_REQUESTS = 6;
const MAX_PREFETCHES = 4;
/** A request so near to what is looked at goes on even while that one waits. */
const NEAR = 2;

interface Underway {
  slice: Slice;
  abort: AbortController;
  prefetch: boolean;
}

export interface FrameStoreParts {
  dicomWeb: DicomWeb;
  decoders: DecodePool;
  cache: ImageCache;
}

/** The frames of a review: fetched in the order of need, decoded, kept by use, tried again while the line is down. */
export class FrameStore {
  readonly #parts: FrameStoreParts;
  readonly #changes = createSignal<Slice>();
  /** The state of a slice changed. */
  readonly onChange = this.#changes.on;
  readonly #underway = new Map<string, Underway>();
  readonly #failed = new Map<string, Failure>();
  readonly #retries = new FrameRetries();
  readonly #orders = new FrameOrders();
  /** What of the stack is worth having, nearest first. */
  #wanted: Slice[] = [];

  constructor(parts: FrameStoreParts) {
    this.#parts = parts;
    window.addEventListener('online', this.#retryNow);
  }

  /** What is looked at now, in which stack: it comes first, then its neighbours outwards as far as the memory reaches. */
  look(slices: Slice[], index: number): void {
    this.#wanted = reachable(outwardFrom(slices, index), this.#parts.cache.shareBytes);
    this.#dropPrefetchesBut(this.#wanted);
    this.#pump();
  }

  find({ key }: Slice): FrameImage | undefined {
    const image = this.#parts.cache.find(key);
    return isFrameImage(image) ? image : undefined;
  }

  stateOf({ key }: Slice): FrameState {
    if (this.#parts.cache.has(key)) return 'full';
    if (this.#failed.has(key)) return 'failed';
    return this.#underway.has(key) ? 'loading' : 'absent';
  }

  failureOf({ key }: Slice): Failure | undefined {
    return this.#failed.get(key);
  }

  /** Loads one frame out of turn, after what is looked at. */
  load(slice: Slice, signal: AbortSignal): Promise<FrameImage> {
    const known = this.find(slice);
    if (known) return Promise.resolve(known);
    const failure = this.failureOf(slice);
    if (failure) return Promise.reject(failure);
    const arriving = this.#orders.wait(slice, signal);
    const going = this.#underway.get(slice.key);
    if (going) going.prefetch = false;
    this.#pump();
    return arriving;
  }

  /** Frames that failed for good are tried again. */
  retryFailed(): void {
    this.#failed.clear();
    this.#retryNow();
  }

  close(): void {
    window.removeEventListener('online', this.#retryNow);
    this.#wanted = [];
    this.#orders.clear();
    for (const { abort } of this.#underway.values()) abort.abort();
    this.#underway.clear();
  }

  readonly #retryNow = (): void => {
    this.#retries.clear();
    this.#pump();
  };

  /** Begins what there is room for. */
  #pump(): void {
    const [first] = this.#wanted;
    const waiting = first !== undefined && this.#isMissing(first);
    if (waiting && this.#retries.isDue(first)) {
      const dropped = this.#dropPrefetchesBut(this.#wanted.slice(0, 2 * NEAR + 1));
      for (const slice of dropped) this.#changes.emit(slice);
      if (!this.#underway.has(first.key)) this.#start(first, false);
    }
    for (const slice of this.#orders.slices())
      if (this.#underway.size < MAX_REQUESTS && this.#mayStart(slice)) this.#start(slice, false);
    // While the person waits for what they look at, the line is for that alone.
    if (!(waiting && this.#underway.has(first.key))) this.#prefetch();
  }

  #prefetch(): void {
    const isFull = (): boolean => {
      const prefetches = [...this.#underway.values()].filter(({ prefetch }) => prefetch);
      return prefetches.length >= MAX_PREFETCHES || this.#underway.size >= MAX_REQUESTS;
    };
    for (const slice of this.#wanted) {
      if (isFull()) break;
      if (this.#isMissing(slice) && this.#mayStart(slice)) this.#start(slice, true);
    }
  }

  #isMissing({ key }: Slice): boolean {
    return !this.#parts.cache.has(key) && !this.#failed.has(key);
  }

  #mayStart(slice: Slice): boolean {
    return !this.#underway.has(slice.key) && this.#retries.isDue(slice);
  }

  /** @returns those that were under way, and are not any more. */
  #dropPrefetchesBut(kept: readonly Slice[]): Slice[] {
    const keys = new Set(kept.map(({ key }) => key));
    const dropped = [...this.#underway.values()].filter(({ slice, prefetch }) => prefetch && !keys.has(slice.key));
    for (const { slice, abort } of dropped) {
      this.#underway.delete(slice.key);
      abort.abort();
    }
    return dropped.map(({ slice }) => slice);
  }

  #start(slice: Slice, prefetch: boolean): void {
    const abort = new AbortController();
    const self: Underway = { slice, abort, prefetch };
    this.#underway.set(slice.key, self);
    this.#changes.emit(slice);
    this.#read(slice, abort.signal)
      .then(
        (image) => {
          this.#retries.forget(slice);
          this.#orders.arrived(slice, image);
        },
        (thrown: unknown) => {
          if (!abort.signal.aborted) this.#fail(slice, thrown);
        },
      )
      .finally(() => {
        if (this.#underway.get(slice.key) === self) this.#underway.delete(slice.key);
        if (abort.signal.aborted) return;
        this.#changes.emit(slice);
        this.#pump();
      });
  }

  async #read(slice: Slice, signal: AbortSignal): Promise<FrameImage> {
    const { dicomWeb, decoders, cache } = this.#parts;
    const { key, description } = slice;
    // There is nothing to ask the server for where an object has overlays alone.
    const pixels = description.onlyOverlays
      ? blankPixels(description)
      : await decoders.decode(await dicomWeb.readFrame(slice, signal), description);
    const image = createFrameImage(cache.idOf(key), description, pixels);
    await cache.keep(key, image);
    return image;
  }

  #fail(slice: Slice, thrown: unknown): void {
    if (thrown instanceof Failure && isWorthReadingAgain(thrown, this.#retries.triesOf(slice) + 1)) {
      setTimeout(() => this.#pump(), this.#retries.postpone(slice, thrown) + 1);
      return;
    }
    // What our own decoder could not draw, it cannot draw the next time either.
    const failure =
      thrown instanceof Failure ? thrown : new Failure('internal', 'a frame could not be drawn', { cause: thrown });
    this.#retries.forget(slice);
    this.#failed.set(slice.key, failure);
    this.#orders.failed(slice, failure);
  }
}

/** As many of the nearest as fit into the memory with some room for whatever else is opened. */
function reachable(nearestFirst: Slice[], shareBytes: number): Slice[] {
  let bytes = 0;
  const count = nearestFirst.findIndex((slice) => {
    bytes += decodedBytes(slice);
    return bytes > shareBytes * 0.8;
  });
  return count < 0 ? nearestFirst : nearestFirst.slice(0, Math.max(1, count));
}
