import type { SlideView } from '../../server/contract/pathology.ts';
import { apply, type Size } from '../review/affine.ts';
import { createSoftwareCanvas } from '../review/stage.ts';
import type { ExportedPicture, Paint } from '../review/viewer.ts';
import { type CornerTexts, cornerTexts } from './corner-texts.ts';
import type { Layer, Pyramid } from './pyramid.ts';
import { drawTile, smoothingFor } from './tile-drawing.ts';
import { fetchPicture } from './tile-fetch.ts';
import { layerFor, type TileAt, tilesInView, zoomOf } from './tiles-in-view.ts';
import { slideToCanvas } from './transform.ts';
import type { View } from './view.ts';

/** Print has enough; beyond the upper bound files grow without showing more. */
const MIN_HEIGHT_PX = 1600;
const MAX_SIDE_PX = 3000;
/** Tiles that one picture may be made of, in pixels: they are drawn one by one, so this bounds the wait, not the memory. */
const MAX_READ_PIXELS = 100e6;
const CONCURRENT_TILES = 5;
const TEXT_PX = 15;
const MARGIN_PX = 12;

export interface ExportParts {
  view: View;
  slide: SlideView;
  pyramid: Pyramid;
  /** The window on the screen, CSS pixels: its proportions are kept, and its sizes of lines and letters. */
  window: Size;
  pixelRatio: number;
  paint: Paint;
}

/** What the window shows, drawn anew from tiles that are waited for. @throws Failure where one of them cannot be had. */
export async function exportView(parts: ExportParts): Promise<ExportedPicture> {
  const { view, slide, pyramid, window, pixelRatio, paint } = parts;
  const { width: widthPx, height: heightPx } = exportSize(window, pixelRatio);
  const size = { width: widthPx, height: heightPx };
  const scale = heightPx / window.height;
  const { canvas, context } = createSoftwareCanvas();
  canvas.width = widthPx;
  canvas.height = heightPx;
  context.fillStyle = '#000000';
  context.fillRect(0, 0, widthPx, heightPx);
  const toCanvas = slideToCanvas(view, size);
  const layer = pyramid.layers[layerFor(pyramid, toCanvas, size, MAX_READ_PIXELS)] as Layer;
  context.imageSmoothingQuality = smoothingFor(layer, zoomOf(toCanvas));
  await eachTile(layer, tilesInView(layer, toCanvas, size), (image, tile) =>
    drawTile(context, image, layer, tile, toCanvas),
  );
  context.resetTransform();
  paint(context, (point) => apply(toCanvas, point), scale);
  // Without the title: a file's name may be the patient's.
  paintTexts(context, cornerTexts({ view, slide, title: '', ...window }), scale);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the browser could not make a picture of the canvas');
  return { blob, widthPx, heightPx };
}

/** At least {@link MIN_HEIGHT_PX} high or as fine as the screen, no side longer than {@link MAX_SIDE_PX}. */
export function exportSize({ width, height }: Size, pixelRatio: number): Size {
  const wanted = Math.max(MIN_HEIGHT_PX, height * pixelRatio);
  const bounded = Math.min(wanted, MAX_SIDE_PX, (MAX_SIDE_PX * height) / width);
  return { width: Math.max(1, Math.round((bounded * width) / height)), height: Math.max(1, Math.round(bounded)) };
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

function paintTexts(context: CanvasRenderingContext2D, texts: CornerTexts, scale: number): void {
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
  const length = texts.scale.lengthPx * scale;
  const [x, y] = [width - margin - length, height - margin];
  context.strokeRect(x, y - 3 * scale, length, 3 * scale);
  context.fillRect(x, y - 3 * scale, length, 3 * scale);
  write([texts.scale.label], x + length / 2, y - 7 * scale, 'center', 'bottom');
}
