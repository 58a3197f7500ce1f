import type { SlideView } from '../../server/contract/pathology.ts';
import { apply, type Size } from '../review/affine.ts';
import { printFrame } from '../review/print-frame.ts';
import { createSoftwareCanvas } from '../review/stage.ts';
import type { ExportedPicture, Paint } from '../review/viewer.ts';
import { type CornerTexts, cornerTexts } from './corner-texts.ts';
import type { Layer, Pyramid } from './pyramid.ts';
import { drawTile, smoothingFor } from './tile-drawing.ts';
import { fetchPicture } from './tile-fetch.ts';
import { layerFor, type TileAt, tilesInView, zoomOf } from './tiles-in-view.ts';
import { slideToCanvas } from './transform.ts';
import type { View } from './view.ts';

/** Tiles that one picture may be made of, in pixels: they are drawn one by one, so this bounds the wait, not the memory. */
const MAX_READ_PIXELS = 100e6;
const CONCURRENT_TILES = 5;
/** As large on the printed page. */
const TEXT_PX = 11;
const MARGIN_PX = 8;

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
  const { canvas, context } = createSoftwareCanvas();
  canvas.width = widthPx;
  canvas.height = heightPx;
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
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the browser could not make a picture of the canvas');
  return { blob, widthPx, heightPx };
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
function paintTexts(context: CanvasRenderingContext2D, texts: CornerTexts, scale: number, zoom: number): void {
  const { width, height } = context.canvas;
  const margin = MARGIN_PX * scale;
  const lineHeight = TEXT_PX * 1.35 * scale;
  context.font = `${TEXT_PX * scale}px "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif`;
  context.lineWidth = 3 * scale;
  context.lineJoin = 'round';
  context.strokeStyle = '#000000';
  context.fillStyle = '#ffffff';
  const write = (lines: string[], x: number, y: number, align: CanvasTextAlign, baseline: CanvasTextBaseline): void => {
    context.textAlign = align;
    context.textBaseline = baseline;
    for (const [row, line] of lines.entries()) {
      context.strokeText(line, x, y + row * lineHeight);
      context.fillText(line, x, y + row * lineHeight);
    }
  };
  write(texts.about, margin, margin, 'left', 'top');
  const { magnification } = texts;
  write(magnification, margin, height - margin - (magnification.length - 1) * lineHeight, 'left', 'bottom');
  if (!texts.scale) return;
  const length = texts.scale.lengthPx * zoom;
  const [x, y] = [width - margin - length, height - margin];
  context.strokeRect(x, y - 3 * scale, length, 3 * scale);
  context.fillRect(x, y - 3 * scale, length, 3 * scale);
  write([texts.scale.label], x + length / 2, y - 7 * scale, 'center', 'bottom');
}
