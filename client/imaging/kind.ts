import type { Kind, KindParts } from '../viewer/viewer.ts';
import { createImageCache } from './cornerstone/cache.ts';
import { core } from './cornerstone/core.ts';
import { createImageLoader } from './cornerstone/loader.ts';
import { toCoreViewport } from './cornerstone/viewport.ts';
import { createDecodePool } from './decode-pool.ts';
import { createDicomWeb } from './dicomweb.ts';
import { FrameStore } from './frame-store.ts';
import { createImagingViewer } from './imaging-viewer.ts';
import { createLibrary } from './library.ts';
import { createOverlayStore } from './overlay-store.ts';
import { addressOfPicture, pictureIdOf, picturesOf } from './pictures.ts';
import { createPreviewStore } from './preview-store.ts';
import type { Slice } from './series.ts';
import { imageToCanvas } from './transform.ts';
import { initialView, pixelAspectOf } from './view.ts';
import './imaging.css';

/** Radiology: stacks of DICOM images over DICOMweb. */
export function createKind({ home }: KindParts): Kind {
  const dicomWeb = createDicomWeb(home);
  const decoders = createDecodePool();
  const library = createLibrary(dicomWeb);
  const cache = createImageCache(home);
  const frames = new FrameStore({ dicomWeb, decoders, cache });
  const images = createImageLoader(cache, (slice: Slice, signal) => frames.load(slice, signal));
  const previews = createPreviewStore(dicomWeb, cache);
  const overlays = createOverlayStore(dicomWeb);
  return {
    pictures: picturesOf,
    pictureId: (target) => (target.kind === 'imaging' ? pictureIdOf(target) : ''),
    createViewer: () => createImagingViewer({ library, images, frames, previews, overlays }),
    async drawThumbnail(picture, canvas, signal) {
      const { slices } = await library.read(addressOfPicture(picture));
      // The middle of a stack says more about it than its end.
      const slice = slices[Math.floor(slices.length / 2)];
      // The first to ask for a canvas's context decides how it is drawn.
      const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
      if (!slice || !context) return;
      const image = await images.load(slice, signal);
      const planes = await overlays.load(slice, image.pixels);
      const view = initialView(slice, canvas);
      const to = imageToCanvas(view, canvas, pixelAspectOf(slice.description));
      const look = { voi: view.voi, invert: view.invert, overlays: planes };
      core.renderToCanvas(canvas, image, toCoreViewport(view, to, canvas, image, look));
    },
    dispose() {
      previews.close();
      overlays.close();
      frames.close();
      cache.close();
      library.close();
      decoders.close();
    },
  };
}
