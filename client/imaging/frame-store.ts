import { Failure } from '../../server/contract/failure.ts';
import { isWorthReadingAgain } from '../../server/contract/failure-fate.ts';
import { blankPixels } from '../../server/formats/image/stored-pixels.ts';
import { type Backoff, createBackoff } from '../line/backoff.ts';
import { createSignal } from '../viewer/signal.ts';
import type { Unsubscribe } from '../viewer/viewer.ts';
import type { ImageCache } from './cornerstone/cache.ts';
import { createFrameImage, type FrameImage, isFrameImage } from './cornerstone/image.ts';
import type { DecodePool } from './decode-pool.ts';
import type { DicomWeb } from './dicomweb.ts';
import { outwardFrom } from './outward-order.ts';
import { decodedBytes, type Slice } from './series.ts';

export type FrameState = 'absent' | 'loading' | 'full' | 'failed';

export interface FrameStore {
  /** What is looked at now, in which stack: it comes first, then its neighbours outwards as far as the memory reaches. */
  look(slices: Slice[], index: number): void;
  find(slice: Slice): FrameImage | undefined;
  stateOf(slice: Slice): FrameState;
  failureOf(slice: Slice): Failure | undefined;
  /** Loads one frame out of turn, after what is looked at. */
  load(slice: Slice, signal: AbortSignal): Promise<FrameImage>;
  /** Frames that failed for good are tried again. */
  retryFailed(): void;
  /** The state of a slice changed. */
  onChange(listener: (slice: Slice) => void): Unsubscribe;
  close(): void;
}

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
interface Waiter {
  resolve(image: FrameImage): void;
  reject(failure: unknown): void;
}

/** The frames of a review: fetched in the order of need, decoded, kept by use, tried again while the line is down. */
export function createFrameStore(parts: { dicomWeb: DicomWeb; decoders: DecodePool; cache: ImageCache }): FrameStore {
  const { dicomWeb, decoders, cache } = parts;
  const changes = createSignal<Slice>();
  const underway = new Map<string, Underway>();
  const failed = new Map<string, Failure>();
  const attempts = new Map<string, { backoff: Backoff; notBefore: number }>();
  const ordered = new Map<string, { slice: Slice; waiters: Set<Waiter> }>();
  /** What of the stack is worth having, nearest first. */
  let wanted: Slice[] = [];

  const isMissing = (slice: Slice): boolean => !cache.has(slice.key) && !failed.has(slice.key);
  const isDue = ({ key }: Slice): boolean => (attempts.get(key)?.notBefore ?? 0) <= performance.now();

  const pump = (): void => {
    const [first] = wanted;
    const waiting = first !== undefined && isMissing(first);
    if (waiting && isDue(first)) {
      makeRoom();
      if (!underway.has(first.key)) start(first, false);
    }
    for (const { slice } of ordered.values())
      if (underway.size < MAX_REQUESTS && !underway.has(slice.key) && isDue(slice)) start(slice, false);
    // While the person waits for what they look at, the line is for that alone.
    if (waiting && underway.has(first.key)) return;
    for (const slice of wanted) {
      if (prefetches() >= MAX_PREFETCHES || underway.size >= MAX_REQUESTS) break;
      if (isMissing(slice) && !underway.has(slice.key) && isDue(slice)) start(slice, true);
    }
  };
  const prefetches = (): number => [...underway.values()].filter(({ prefetch }) => prefetch).length;
  const makeRoom = (): void => {
    const near = new Set(wanted.slice(0, 2 * NEAR + 1).map(({ key }) => key));
    for (const { slice, abort, prefetch } of [...underway.values()])
      if (prefetch && !near.has(slice.key)) {
        underway.delete(slice.key);
        abort.abort();
        changes.emit(slice);
      }
  };
  const start = (slice: Slice, prefetch: boolean): void => {
    const abort = new AbortController();
    const self: Underway = { slice, abort, prefetch };
    underway.set(slice.key, self);
    changes.emit(slice);
    read(slice, abort.signal)
      .then(
        (image) => {
          attempts.delete(slice.key);
          settle(slice, (waiter) => waiter.resolve(image));
        },
        (thrown: unknown) => {
          if (abort.signal.aborted) return;
          if (thrown instanceof Failure && isWorthReadingAgain(thrown, triesOf(slice) + 1)) {
            postpone(slice, thrown);
            return;
          }
          // What our own decoder could not draw, it cannot draw the next time either.
          const failure =
            thrown instanceof Failure
              ? thrown
              : new Failure('internal', 'a frame could not be drawn', { cause: thrown });
          attempts.delete(slice.key);
          failed.set(slice.key, failure);
          settle(slice, (waiter) => waiter.reject(failure));
        },
      )
      .finally(() => {
        if (underway.get(slice.key) === self) underway.delete(slice.key);
        if (abort.signal.aborted) return;
        changes.emit(slice);
        pump();
      });
  };
  const read = async (slice: Slice, signal: AbortSignal): Promise<FrameImage> => {
    const { key, description } = slice;
    // There is nothing to ask the server for where an object has overlays alone.
    const pixels = description.onlyOverlays
      ? blankPixels(description)
      : await decoders.decode(await dicomWeb.readFrame(slice, signal), description);
    const image = createFrameImage(cache.idOf(key), description, pixels);
    await cache.keep(key, image);
    return image;
  };
  const find = ({ key }: Slice): FrameImage | undefined => {
    const image = cache.find(key);
    return isFrameImage(image) ? image : undefined;
  };
  const settle = ({ key }: Slice, tell: (waiter: Waiter) => void): void => {
    const waiters = ordered.get(key)?.waiters ?? [];
    ordered.delete(key);
    for (const waiter of waiters) tell(waiter);
  };
  const triesOf = ({ key }: Slice): number => attempts.get(key)?.backoff.attempts ?? 0;
  const postpone = ({ key }: Slice, failure: Failure): void => {
    const backoff = attempts.get(key)?.backoff ?? createBackoff();
    const waitMs = backoff.nextMs(failure.retryAfterS);
    attempts.set(key, { backoff, notBefore: performance.now() + waitMs });
    setTimeout(pump, waitMs + 1);
  };
  const retryNow = (): void => {
    attempts.clear();
    pump();
  };
  window.addEventListener('online', retryNow);

  return {
    look(slices, index) {
      wanted = reachable(outwardFrom(slices, index), cache.shareBytes);
      const keys = new Set(wanted.map(({ key }) => key));
      for (const { slice, abort, prefetch } of [...underway.values()])
        if (prefetch && !keys.has(slice.key)) {
          underway.delete(slice.key);
          abort.abort();
        }
      pump();
    },
    find,
    stateOf({ key }) {
      if (cache.has(key)) return 'full';
      if (failed.has(key)) return 'failed';
      return underway.has(key) ? 'loading' : 'absent';
    },
    failureOf: ({ key }) => failed.get(key),
    load(slice, signal) {
      const known = find(slice);
      if (known) return Promise.resolve(known);
      const failure = failed.get(slice.key);
      if (failure) return Promise.reject(failure);
      return new Promise((resolve, reject) => {
        const order = ordered.get(slice.key) ?? { slice, waiters: new Set<Waiter>() };
        const waiter = { resolve, reject };
        ordered.set(slice.key, order);
        order.waiters.add(waiter);
        signal.addEventListener('abort', () => {
          order.waiters.delete(waiter);
          if (order.waiters.size === 0 && ordered.get(slice.key) === order) ordered.delete(slice.key);
          reject(signal.reason);
        });
        const going = underway.get(slice.key);
        if (going) going.prefetch = false;
        pump();
      });
    },
    retryFailed() {
      failed.clear();
      retryNow();
    },
    onChange: changes.on,
    close() {
      window.removeEventListener('online', retryNow);
      wanted = [];
      ordered.clear();
      for (const { abort } of underway.values()) abort.abort();
      underway.clear();
    },
  };
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
