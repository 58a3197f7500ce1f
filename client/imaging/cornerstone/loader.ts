import { IMAGE_SCHEME, type ImageCache } from './cache.ts';
import { core } from './core.ts';
import { type FrameImage, isFrameImage } from './image.ts';
import type { Image } from './types.ts';

/** @typeParam Slice what one review asks its server for; it has the image's key */
export interface ImageLoader<Slice> {
  /** From the cache or the server, in the order of need. @throws Failure: what the server answered */
  load(slice: Slice, signal: AbortSignal): Promise<FrameImage>;
}

/** What goes through the package as a load's options. */
interface Order {
  fetch(): Promise<FrameImage>;
}

core.registerImageLoader(IMAGE_SCHEME, (_imageId, options) => ({ promise: fetchImage(options) }));

async function fetchImage(options: unknown): Promise<Image> {
  if (!isOrder(options)) throw new Error('no review asks for this image');
  return options.fetch();
}

/** Answers the package's loadImage for one review. Its loadAndCacheImage is not to be used: it caches what is not there yet. */
export function createImageLoader<Slice extends { key: string }>(
  cache: ImageCache,
  fetch: (slice: Slice, signal: AbortSignal) => Promise<FrameImage>,
): ImageLoader<Slice> {
  return {
    async load(slice, signal) {
      const order: Order = { fetch: () => fetch(slice, signal) };
      const image = await core.loadImage(cache.idOf(slice.key), order);
      if (!isFrameImage(image)) throw new Error('an image without its pixels');
      return image;
    },
  };
}

function isOrder(options: unknown): options is Order {
  return typeof options === 'object' && options !== null && 'fetch' in options;
}
