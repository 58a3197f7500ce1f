import type { Kind, KindParts } from '../review/viewer.ts';
import { createDecodePool } from './decode-pool.ts';
import { createDicomWeb } from './dicomweb.ts';
import { createFramePainter, drawThrough } from './frame-painter.ts';
import { createFrameStore } from './frame-store.ts';
import { createImagingViewer } from './imaging-viewer.ts';
import { createLibrary } from './library.ts';
import { createOverlayStore } from './overlay-store.ts';
import { addressOfPicture, pictureIdOf, picturesOf } from './pictures.ts';
import { createPreviewStore } from './preview-store.ts';
import { imageToCanvas } from './transform.ts';
import { initialView, pixelAspectOf } from './view.ts';
import './imaging.css';

/** Radiology: stacks of DICOM images over DICOMweb. */
export function createKind({ consultationId }: KindParts): Kind {
  const dicomWeb = createDicomWeb(`/dicomweb/consultations/${consultationId}`);
  const decoders = createDecodePool();
  const library = createLibrary(dicomWeb);
  const frames = createFrameStore({ dicomWeb, decoders });
  const previews = createPreviewStore(dicomWeb);
  const overlays = createOverlayStore(dicomWeb);
  return {
    pictures: picturesOf,
    pictureId: (target) => (target.kind === 'imaging' ? pictureIdOf(target) : ''),
    createViewer: () => createImagingViewer({ library, frames, previews, overlays }),
    async drawThumbnail(picture, canvas, signal) {
      const { slices } = await library.read(addressOfPicture(picture));
      // The middle of a stack says more about it than its end.
      const slice = slices[Math.floor(slices.length / 2)];
      const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
      if (!slice || !context) return;
      const pixels = await frames.load(slice, signal);
      const { description } = slice;
      const view = initialView(slice, canvas);
      const image = createFramePainter().paint(pixels, description, view, await overlays.load(slice, pixels));
      const to = imageToCanvas(view, canvas, pixelAspectOf(description));
      drawThrough(context, image, to, { width: description.columns, height: description.rows });
    },
    dispose() {
      previews.close();
      overlays.close();
      frames.close();
      library.close();
      decoders.close();
    },
  };
}
