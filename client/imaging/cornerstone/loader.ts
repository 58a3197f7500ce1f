import type { Slice } from '../series.ts';
import { IMAGE_SCHEME, type ImageCache } from './cache.ts';
import { core } from './core.ts';
import { type FrameImage, isFrameImage } from './image.ts';
import type { Image } from './types.ts';

export interface ImageLoader {
  /** From the cache or the server, in the order of need. @throws Failure: what the server answered */
  load(slice: Slice, signal: AbortSignal): Promise<FrameImage>;
  close(): void;
}

type Fetch = (slice: Slice, signal: AbortSignal) => Promise<FrameImage>;

interface Order {
  slice: Slice;
  signal: AbortSignal;
}

/** By the beginning of their image ids. */
const reviews = new Map<string, Fetch>();

core.registerImageLoader(IMAGE_SCHEME, (imageId, options) => ({ promise: fetchImage(imageId, options) }));

async function fetchImage(imageId: string, options: unknown): Promise<Image> {
  const fetch = reviews.get(prefixOf(imageId));
  if (!fetch || !isOrder(options)) throw new Error('no review has this image');
  return fetch(options.slice, options.signal);
}

/** Answers the package's loadImage for one review. Its loadAndCacheImage is not to be used: it caches what is not there yet. */
export function openImageLoader(cache: ImageCache, fetch: Fetch): ImageLoader {
  const prefix = prefixOf(cache.idOf(''));
  reviews.set(prefix, fetch);
  return {
    async load(slice, signal) {
      const order: Order = { slice, signal };
      const image = await core.loadImage(cache.idOf(slice.key), order);
      if (!isFrameImage(image)) throw new Error('an image without its pixels');
      return image;
    },
    close() {
      reviews.delete(prefix);
    },
  };
}

function prefixOf(imageId: string): string {
  return imageId.slice(0, imageId.indexOf('/') + 1);
}

function isOrder(options: unknown): options is Order {
  return typeof options === 'object' && options !== null && 'slice' in options && 'signal' in options;
}
