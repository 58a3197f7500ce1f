import { drawOverlays } from '../../../server/formats/image/draw-overlays.ts';
import type { ImageDescription } from '../../../server/formats/image/image.ts';
import { renderRgba } from '../../../server/formats/image/render.ts';
import type { StoredPixels } from '../../../server/formats/image/stored-pixels.ts';
import type { Affine, Size } from '../../viewer/affine.ts';
import { createSoftwareCanvas } from '../../viewer/sharp-canvas.ts';
import type { Look } from './viewport.ts';

/** Seen on white bone as on black air. */
const OVERLAY_COLOUR = [255, 196, 0] as const;

/** A frame with its window and overlays applied, at its own size, kept until frame or window change. */
export interface FramePainter {
  paint(pixels: StoredPixels, description: ImageDescription, look: Look): HTMLCanvasElement;
}

export function createFramePainter(): FramePainter {
  const { canvas, context } = createSoftwareCanvas();
  let image: ImageData | undefined;
  let painted: { pixels: StoredPixels; look: string } | undefined;
  return {
    paint(pixels, description, { voi, invert, overlays }) {
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
  if (!image || !covers(to, size, context.canvas)) {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = '#000000';
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  }
  if (!image) return;
  const scale = Math.sqrt(Math.abs(to.a * to.d - to.b * to.c));
  const exact = [to.a, to.b, to.c, to.d].every((each) => Math.abs(each) === 1 || each === 0);
  context.imageSmoothingEnabled = !exact;
  context.imageSmoothingQuality = scale < 1 ? 'medium' : 'low';
  context.setTransform(to.a, to.b, to.c, to.d, to.e, to.f);
  context.drawImage(image, 0, 0, size.width, size.height);
  context.setTransform(1, 0, 0, 1, 0, 0);
}

/** The image lies upright or on its side over the whole canvas: nothing of what was there before is seen. */
function covers({ a, b, c, d, e, f }: Affine, { width, height }: Size, canvas: Size): boolean {
  if (!((b === 0 && c === 0) || (a === 0 && d === 0))) return false;
  const [x, y] = [e + a * width + c * height, f + b * width + d * height];
  return (
    Math.min(e, x) <= 0 && Math.min(f, y) <= 0 && Math.max(e, x) >= canvas.width && Math.max(f, y) >= canvas.height
  );
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
