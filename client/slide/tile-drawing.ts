import { type Affine, apply } from '../viewer/affine.ts';
import { type Layer, type Rect, tileRect } from './pyramid.ts';
import type { TileAt } from './tiles-in-view.ts';
import { isOnWholePixels } from './transform.ts';

/** How far a tile reaches over its edge where that is no edge of canvas pixels, so that no background shines through between two. */
const SEAM_PX = 0.5;

/**
 * Draws what lies of a tile inside the slide, no pixel further off than half of one, without a seam between two. Leaves a transform
 * set.
 */
export function drawTile(
  context: CanvasRenderingContext2D,
  image: CanvasImageSource & { width: number; height: number },
  layer: Layer,
  { column, row }: TileAt,
  toCanvas: Affine,
): void {
  const rect = tileRect(layer, column, row);
  const [sourceWidth, sourceHeight] = layer.isThumbnail
    ? [image.width, image.height]
    : [Math.min(rect.width, image.width), Math.min(rect.height, image.height)];
  const { a, b, c, d, e, f } = toCanvas;
  const { scale } = layer;
  if (!isOnWholePixels(toCanvas)) {
    const seam = (SEAM_PX / Math.hypot(a, b)) * scale;
    context.setTransform(a / scale, b / scale, c / scale, d / scale, e, f);
    const [x, y] = [rect.x - seam, rect.y - seam];
    context.drawImage(image, 0, 0, sourceWidth, sourceHeight, x, y, rect.width + 2 * seam, rect.height + 2 * seam);
    return;
  }
  const box = boxOnCanvas(rect, scale, toCanvas);
  if (box.width === 0 || box.height === 0) return;
  // Only the turn is left to the transform: the tile's axes are the canvas's, in another order or direction.
  const [cos, sin] = [Math.sign(Math.round(a / Math.hypot(a, b))), Math.sign(Math.round(b / Math.hypot(a, b)))];
  context.setTransform(cos, sin, -sin, cos, box.x + box.width / 2, box.y + box.height / 2);
  const [width, height] = cos === 0 ? [box.height, box.width] : [box.width, box.height];
  context.drawImage(image, 0, 0, sourceWidth, sourceHeight, -width / 2, -height / 2, width, height);
}

function boxOnCanvas({ x, y, width, height }: Rect, scale: number, toCanvas: Affine): Rect {
  const one = apply(toCanvas, { x: x / scale, y: y / scale });
  const other = apply(toCanvas, { x: (x + width) / scale, y: (y + height) / scale });
  const [left, right] = [Math.round(Math.min(one.x, other.x)), Math.round(Math.max(one.x, other.x))];
  const [top, bottom] = [Math.round(Math.min(one.y, other.y)), Math.round(Math.max(one.y, other.y))];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Bilinear is good down to half the size; where a file leaves levels out, more pixels have to be mixed. */
export function smoothingFor(layer: Layer, zoom: number): ImageSmoothingQuality {
  return zoom / layer.scale < 0.5 ? 'medium' : 'low';
}
