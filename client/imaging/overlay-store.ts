import type { OverlayData } from '../../server/formats/image/draw-overlays.ts';
import type { StoredPixels } from '../../server/formats/image/stored-pixels.ts';
import { overOutages } from '../line/retry.ts';
import { createSignal } from '../viewer/signal.ts';
import type { Unsubscribe } from '../viewer/viewer.ts';
import type { DicomWeb } from './dicomweb.ts';
import type { Slice } from './series.ts';

/** Overlay bits, fetched when a picture that has them is looked at: metadata names most of them by their address only. */
export interface OverlayStore {
  /** What is here of the slice's planes, with those that lay in its pixels; what is missing is fetched. */
  find(slice: Slice, pixels: StoredPixels): OverlayData;
  /** All planes of the slice. @throws Failure: what the server answered */
  load(slice: Slice, pixels: StoredPixels): Promise<OverlayData>;
  /** A plane of the slice could not be had, so that the picture lacks what others may see on it. */
  isIncomplete(slice: Slice): boolean;
  onChange(listener: (slice: Slice) => void): Unsubscribe;
  close(): void;
}

export function createOverlayStore(dicomWeb: DicomWeb): OverlayStore {
  const closing = new AbortController();
  const changes = createSignal<Slice>();
  const here = new Map<string, Uint8Array>();
  const fetching = new Map<string, Promise<void>>();
  const failed = new Set<string>();

  const keysOf = (slice: Slice): { key: string; group: string }[] =>
    slice.description.overlays
      .filter(({ embeddedBit }) => embeddedBit === null)
      .map(({ group }) => ({ key: `${slice.sopInstanceUid}/${group}`, group }));
  const fetch = (slice: Slice, key: string, group: string): Promise<void> => {
    const known = fetching.get(key);
    if (known) return known;
    const { signal } = closing;
    const promise = overOutages(() => dicomWeb.readBulk(slice, `${group}3000`, signal), signal).then((bytes) => {
      here.set(key, bytes);
      changes.emit(slice);
    });
    fetching.set(key, promise);
    promise.catch(() => {
      if (signal.aborted) return;
      failed.add(key);
      changes.emit(slice);
    });
    return promise;
  };
  const collect = (slice: Slice, pixels: StoredPixels): OverlayData => {
    const own = keysOf(slice).flatMap(({ key, group }): [string, Uint8Array][] => {
      const bits = here.get(key);
      return bits ? [[group, bits]] : [];
    });
    return { ...Object.fromEntries(own), ...pixels.overlays };
  };
  return {
    find(slice, pixels) {
      for (const { key, group } of keysOf(slice)) if (!here.has(key)) void fetch(slice, key, group);
      return collect(slice, pixels);
    },
    async load(slice, pixels) {
      await Promise.all(keysOf(slice).map(({ key, group }) => fetch(slice, key, group)));
      return collect(slice, pixels);
    },
    isIncomplete: (slice) => keysOf(slice).some(({ key }) => failed.has(key)),
    onChange: changes.on,
    close: () => closing.abort(),
  };
}
