import { core } from './core.ts';
import type { Image } from './types.ts';

/** The images of one review in the package's cache, which all reviews of the page share, bounded by bytes. */
export interface ImageCache {
  /** Begins with the case, so that no review takes another's images for its own. */
  idOf(key: string): string;
  has(key: string): boolean;
  /** Counts as a use. */
  find(key: string): Image | undefined;
  /** Takes a finished image; it can be found once this is done. Whatever was used longest ago goes where there is no room. */
  keep(key: string, image: Image): Promise<void>;
  /** How much this review may want at once without taking it from another of the page, which would take it back. */
  readonly shareBytes: number;
  /** Gives up what this review keeps. */
  close(): void;
}

export const IMAGE_SCHEME = 'huizhen';
const CACHE_BYTES = 256 * 1024 ** 2;
/** The package empties its cache for an image that alone is larger. */
const ROOM_FOR_LARGEST = 1.25;

const { imageCache } = core;
imageCache.setMaximumSizeBytes(CACHE_BYTES);
let opened = 0;
let open = 0;
let usedAt = 0;

/** Later than any before. The package counts milliseconds, and would take the newest of one millisecond for the oldest. */
function nextUse(): number {
  usedAt = Math.max(usedAt + 1e-3, Date.now());
  return usedAt;
}

export function createImageCache(home: string): ImageCache {
  opened += 1;
  open += 1;
  const prefix = `${IMAGE_SCHEME}:${home}:${opened}/`;
  let closed = false;
  const idOf = (key: string): string => `${prefix}${key}`;
  const entry = (key: string) => {
    const id = idOf(key);
    return Object.hasOwn(imageCache.imageCache, id) ? imageCache.imageCache[id] : undefined;
  };
  return {
    idOf,
    has: (key) => entry(key)?.loaded === true,
    find(key) {
      const found = entry(key);
      if (!found?.loaded) return undefined;
      found.timeStamp = nextUse();
      return found.image;
    },
    async keep(key, image) {
      // A frame may arrive while its review goes away.
      if (closed) return;
      const id = idOf(key);
      if (entry(key)) imageCache.removeImageLoadObject(id);
      const needed = image.sizeInBytes * ROOM_FOR_LARGEST;
      if (needed > imageCache.getCacheInfo().maximumSizeInBytes) imageCache.setMaximumSizeBytes(needed);
      const promise = Promise.resolve(image);
      // Only finished ones: the package evicts images that are still loading first, and throws their bytes away.
      imageCache.putImageLoadObject(id, { promise });
      const put = entry(key);
      if (put) put.timeStamp = nextUse();
      await promise;
    },
    get shareBytes() {
      return CACHE_BYTES / Math.max(1, open);
    },
    close() {
      if (!closed) open -= 1;
      closed = true;
      for (const { imageId } of [...imageCache.cachedImages])
        if (imageId.startsWith(prefix)) imageCache.removeImageLoadObject(imageId);
    },
  };
}
