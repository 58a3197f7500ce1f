import type { SlideView } from '../../server/contract/pathology.ts';
import { apply, type Size } from '../viewer/affine.ts';
import { createExportCanvas, createLettering, pngOf } from '../viewer/exported.ts';
import { printFrame } from '../viewer/print-frame.ts';
import type { ExportedPicture, Paint } from '../viewer/viewer.ts';
import { cornerTexts, type SlideTexts } from './corner-texts.ts';
import type { Layer, Pyramid } from './pyramid.ts';
import { drawTile, smoothingFor } from './tile-drawing.ts';
import { fetchPicture } from './tile-fetch.ts';
import { layerFor, type TileAt, tilesInView, zoomOf } from './tiles-in-view.ts';
import { slideToCanvas } from './transform.ts';
import type { View } from './view.ts';

/** Tiles that one picture may be made of, in pixels: they are drawn one by one, so this bounds the wait, not the memory. */
const MAX_READ_PIXELS = 100e6;
const CONCURRENT_TILES = 5;

export interface ExportParts {
  view: View;
  slide: SlideView;
  pyramid: Pyramid;
  /** The window on the screen, CSS pixels. */
  window: Size;
  pixelRatio: number;
  paint: Paint;
}

/** What the window shows, drawn anew from tiles that are waited for. @throws Failure where one of them cannot be had. */
export async function exportView(parts: ExportParts): Promise<ExportedPicture> {
  const { view, slide, pyramid, window, pixelRatio, paint } = parts;
  const onWindow = slideToCanvas(view, window);
  const corners = [0, slide.width].flatMap((x) => [0, slide.height].map((y) => apply(onWindow, { x, y })));
  const frame = printFrame(window, corners, pixelRatio);
  const { widthPx, heightPx, scale, zoom, crop } = frame;
  const size = { width: widthPx, height: heightPx };
  const { canvas, context } = createExportCanvas(widthPx, heightPx);
  context.fillStyle = '#000000';
  context.fillRect(0, 0, widthPx, heightPx);
  const whole = slideToCanvas(view, { width: window.width * zoom, height: window.height * zoom });
  const toCanvas = { ...whole, e: whole.e - crop.x * zoom, f: whole.f - crop.y * zoom };
  const layer = pyramid.layers[layerFor(pyramid, toCanvas, size, MAX_READ_PIXELS)] as Layer;
  context.imageSmoothingQuality = smoothingFor(layer, zoomOf(toCanvas));
  await eachTile(layer, tilesInView(layer, toCanvas, size), (image, tile) =>
    drawTile(context, image, layer, tile, toCanvas),
  );
  context.resetTransform();
  paint(context, (point) => apply(toCanvas, point), scale);
  // Without the title: a file's name may be the patient's.
  paintTexts(context, cornerTexts({ view, slide, title: '', width: crop.width, height: window.height }), scale, zoom);
  return pngOf(canvas);
}

/** Some at a time; each is let go as soon as it is drawn. */
async function eachTile(
  layer: Layer,
  tiles: TileAt[],
  draw: (image: ImageBitmap, tile: TileAt) => void,
): Promise<void> {
  const waiting = [...tiles];
  const stopping = new AbortController();
  const work = async (): Promise<void> => {
    for (let tile = waiting.shift(); tile; tile = waiting.shift()) {
      const image = await fetchPicture(layer.addressOf(tile.column, tile.row), stopping.signal);
      draw(image, tile);
      image.close();
    }
  };
  try {
    await Promise.all(Array.from({ length: CONCURRENT_TILES }, work));
  } finally {
    stopping.abort();
  }
}

/** @param zoom canvas pixels in a CSS pixel of the window, in which the bar was measured. */
function paintTexts(
  context: CanvasRenderingContext2D,
  { lines, scale: bar }: SlideTexts,
  scale: number,
  zoom: number,
): void {
  const { write, scaleBar } = createLettering(context, scale, '#ffffff');
  write(lines['slide-about'], 'top', 'left');
  write(lines['slide-magnification'], 'bottom', 'left');
  if (bar) scaleBar({ ...bar, lengthPx: bar.lengthPx * zoom }, { thickPx: 3, outlined: true, label: 'center' });
}
