import type { ImagingViewport } from '../../server/contract/imaging.ts';
import { createSignal } from '../viewer/signal.ts';
import type { Unsubscribe } from '../viewer/viewer.ts';
import type { ImageCache } from './cornerstone/cache.ts';
import { createPreviewImage } from './cornerstone/image.ts';
import type { Image } from './cornerstone/types.ts';
import type { DicomWeb } from './dicomweb.ts';
import type { Slice } from './series.ts';

/** Somebody who waits longer than this for the stored pixels gets a lossy picture meanwhile. */
const PATIENCE_MS = 350;

type Look = Pick<ImagingViewport, 'voi'>;

/** Lossy pictures drawn by the server, for as long as the stored pixels are under way. Nothing is ever measured on them. */
export interface PreviewStore {
  find(slice: Slice, look: Look): Image | undefined;
  /** This slice is looked at and its stored pixels are missing; undefined: none is. */
  want(slice: Slice | undefined, look: Look): void;
  onChange(listener: (slice: Slice) => void): Unsubscribe;
  close(): void;
}

export function createPreviewStore(dicomWeb: DicomWeb, cache: ImageCache): PreviewStore {
  const changes = createSignal<Slice>();
  let wanted: { key: string; timer: ReturnType<typeof setTimeout>; abort: AbortController } | undefined;

  const keyOf = (slice: Slice, look: Look): string => `${slice.key} preview ${windowOf(look) ?? ''}`;
  const fetch = async (slice: Slice, look: Look, key: string, signal: AbortSignal): Promise<void> => {
    const blob = await dicomWeb.readPreview(slice, windowOf(look), signal);
    const bitmap = await createImageBitmap(blob);
    await cache.keep(key, createPreviewImage(cache.idOf(key), slice.description, bitmap));
    changes.emit(slice);
  };
  const forget = (): void => {
    if (!wanted) return;
    clearTimeout(wanted.timer);
    wanted.abort.abort();
    wanted = undefined;
  };
  return {
    find: (slice, look) => cache.find(keyOf(slice, look)),
    want(slice, look) {
      const key = slice && keyOf(slice, look);
      if (wanted?.key === key) return;
      forget();
      if (!slice || key === undefined || cache.has(key)) return;
      const abort = new AbortController();
      const timer = setTimeout(() => {
        // A preview that does not come is no loss: the stored pixels are on their way.
        fetch(slice, look, key, abort.signal).catch(() => undefined);
      }, PATIENCE_MS);
      wanted = { key, timer, abort };
    },
    onChange: changes.on,
    close: forget,
  };
}

function windowOf({ voi }: Look): string | undefined {
  // The functions as PS3.18 section 8.3.5.1.4 spells them.
  return voi ? `${voi.center},${voi.width},${voi.function.toLowerCase().replace('_', '-')}` : undefined;
}
