import type { ImagingViewport } from '../../server/contract/imaging.ts';
import { drawOverlays, type OverlayData } from '../../server/imaging/draw-overlays.ts';
import type { ImageDescription } from '../../server/imaging/image.ts';
import { renderRgba } from '../../server/imaging/render.ts';
import type { StoredPixels } from '../../server/imaging/stored-pixels.ts';
import type { Affine, Size } from '../review/affine.ts';
import { createSoftwareCanvas } from '../review/stage.ts';

/** Seen on white bone as on black air. */
const OVERLAY_COLOUR = [255, 196, 0] as const;

/** A frame with its window and overlays applied, at its own size, kept until frame or window change. */
export interface FramePainter {
  paint(
    pixels: StoredPixels,
    description: ImageDescription,
    view: Pick<ImagingViewport, 'voi' | 'invert'>,
    overlays?: OverlayData,
  ): HTMLCanvasElement;
}

export function createFramePainter(): FramePainter {
  const { canvas, context } = createSoftwareCanvas();
  let image: ImageData | undefined;
  let painted: { pixels: StoredPixels; look: string } | undefined;
  return {
    paint(pixels, description, { voi, invert }, overlays = {}) {
      const look = JSON.stringify([voi, invert, Object.keys(overlays)]);
      if (painted?.pixels === pixels && painted.look === look) return canvas;
      if (image?.width !== pixels.columns || image.height !== pixels.rows) {
        canvas.width = pixels.columns;
        canvas.height = pixels.rows;
        image = context.createImageData(pixels.columns, pixels.rows);
      }
      renderRgba(pixels, description, voi, invert, image.data);
      drawOverlays(image.data, description, overlays, OVERLAY_COLOUR);
      context.putImageData(image, 0, 0);
      painted = { pixels, look };
      return canvas;
    },
  };
}

/**
 * Draws an image of the given size (image pixels) through the transform onto black. Bilinear when larger, filtered when smaller, exact at 1:1: whoever looks at
 * the same viewport in a window of the same size sees the same pixels.
 */
export function drawThrough(
  context: CanvasRenderingContext2D,
  image: CanvasImageSource | undefined,
  to: Affine,
  size: Size,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = '#000000';
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  if (!image) return;
  const scale = Math.sqrt(Math.abs(to.a * to.d - to.b * to.c));
  const exact = [to.a, to.b, to.c, to.d].every((each) => Math.abs(each) === 1 || each === 0);
  context.imageSmoothingEnabled = !exact;
  context.imageSmoothingQuality = scale < 1 ? 'medium' : 'low';
  context.setTransform(to.a, to.b, to.c, to.d, to.e, to.f);
  context.drawImage(image, 0, 0, size.width, size.height);
  context.setTransform(1, 0, 0, 1, 0, 0);
}

/** Turns what lies in the image's place into its negative. */
export function invertThrough(context: CanvasRenderingContext2D, to: Affine, size: Size): void {
  context.setTransform(to.a, to.b, to.c, to.d, to.e, to.f);
  context.globalCompositeOperation = 'difference';
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, size.width, size.height);
  context.globalCompositeOperation = 'source-over';
  context.setTransform(1, 0, 0, 1, 0, 0);
}
