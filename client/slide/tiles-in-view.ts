import type { Point } from '../../server/contract/picture.ts';
import { type Affine, apply, type Size } from '../viewer/affine.ts';
import { type Layer, type Pyramid, type Rect, tileRect } from './pyramid.ts';
import { windowCorners } from './transform.ts';

export interface TileAt {
  column: number;
  row: number;
}

/** Canvas pixels: less than this of a tile is not seen. */
const EDGE_PX = 0.01;

/** Canvas pixels in one pixel of the slide. */
export function zoomOf({ a, b }: Affine): number {
  return Math.hypot(a, b);
}

/**
 * The layer that shows the view at full quality: the coarsest of the file's own of which no pixel is drawn larger than one of the
 * canvas, or the finest there is. Where that takes more than `maxPixels` (the file left levels out), the next coarser one, down to
 * the thumbnail.
 *
 * @returns an index in `layers`
 */
export function layerFor(pyramid: Pyramid, toCanvas: Affine, size: Size, maxPixels: number): number {
  const { layers } = pyramid;
  const zoom = zoomOf(toCanvas);
  // Not a hair's breadth too coarse: 1:1 is the layer itself.
  const fine = layers.findIndex(({ scale, isThumbnail }) => !isThumbnail && zoom / scale <= 1 + 1e-9);
  const wanted = fine < 0 ? layers.length - 1 : fine;
  for (let index = wanted; index > 0; index -= 1) {
    const layer = layers[index] as Layer;
    const pixels = countInView(layer, toCanvas, size) * layer.tileWidth * layer.tileHeight;
    if (pixels <= maxPixels) return index;
  }
  return 0;
}

/** Without making a list of them: there may be a hundred thousand. */
function countInView(layer: Layer, toCanvas: Affine, size: Size): number {
  const { left, right, top, bottom } = gridRange(layer, toCanvas, size);
  return Math.max(0, right - left + 1) * Math.max(0, bottom - top + 1);
}

function gridRange(layer: Layer, toCanvas: Affine, size: Size) {
  const corners = windowCorners(toCanvas, size);
  const edge = EDGE_PX / zoomOf(toCanvas);
  const range = (values: number[], tile: number, count: number): [number, number] => [
    Math.max(0, Math.floor(((Math.min(...values) + edge) * layer.scale) / tile)),
    Math.min(count - 1, Math.floor(((Math.max(...values) - edge) * layer.scale) / tile)),
  ];
  const [left, right] = range(
    corners.map(({ x }) => x),
    layer.tileWidth,
    layer.columns,
  );
  const [top, bottom] = range(
    corners.map(({ y }) => y),
    layer.tileHeight,
    layer.rows,
  );
  return { left, right, top, bottom };
}

/** The tiles of which something is seen, row by row. */
export function tilesInView(layer: Layer, toCanvas: Affine, size: Size): TileAt[] {
  const { left, right, top, bottom } = gridRange(layer, toCanvas, size);
  const found: TileAt[] = [];
  for (let row = top; row <= bottom; row += 1)
    for (let column = left; column <= right; column += 1)
      if (isInWindow(tileRect(layer, column, row), layer.scale, toCanvas, size)) found.push({ column, row });
  return found;
}

/** In a turned window the range's corners hold tiles that lie outside. */
function isInWindow({ x, y, width, height }: Rect, scale: number, toCanvas: Affine, size: Size): boolean {
  const corners: Point[] = [
    { x, y },
    { x: x + width, y },
    { x: x + width, y: y + height },
    { x, y: y + height },
  ].map((point) => apply(toCanvas, { x: point.x / scale, y: point.y / scale }));
  const [xs, ys] = [corners.map((point) => point.x), corners.map((point) => point.y)];
  return (
    Math.max(...xs) > EDGE_PX &&
    Math.min(...xs) < size.width - EDGE_PX &&
    Math.max(...ys) > EDGE_PX &&
    Math.min(...ys) < size.height - EDGE_PX
  );
}
