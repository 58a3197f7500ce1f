import type { ImagingViewport } from '../../server/contract/imaging.ts';
import type { OverlayData } from '../../server/formats/image/draw-overlays.ts';
import { apply, type Size } from '../viewer/affine.ts';
import { createExportCanvas, createLettering, pngOf } from '../viewer/exported.ts';
import { printFrame } from '../viewer/print-frame.ts';
import type { ExportedPicture, Paint } from '../viewer/viewer.ts';
import type { CornerLine } from './corner-lines.ts';
import { type CornerTexts, cornerTexts } from './corners.ts';
import { core } from './cornerstone/core.ts';
import type { FrameImage } from './cornerstone/image.ts';
import { toCoreViewport } from './cornerstone/viewport.ts';
import type { Series, Slice } from './series.ts';
import { imageToCanvas } from './transform.ts';
import { pixelAspectOf } from './view.ts';

export interface ExportParts {
  view: ImagingViewport;
  series: Series;
  slice: Slice;
  index: number;
  image: FrameImage;
  /** As they are shown: none where they are turned off. */
  overlays: OverlayData;
  /** The window on the screen, CSS pixels. */
  window: Size;
  paint: Paint;
}

/** What of the image the window shows, without the black around it, as a PNG of at least its own resolution. */
export async function exportView({
  view,
  series,
  slice,
  index,
  image,
  overlays,
  window,
  paint,
}: ExportParts): Promise<ExportedPicture> {
  const { description } = slice;
  const { columns, rows } = description;
  const aspect = pixelAspectOf(description);
  const onWindow = imageToCanvas(view, window, aspect);
  const corners = [0, columns].flatMap((x) => [0, rows].map((y) => apply(onWindow, { x, y })));
  const frame = printFrame(window, corners, view.imagePixelsPerScreenHeight / window.height);
  const { widthPx, heightPx, scale, zoom, crop } = frame;
  const { canvas, context } = createExportCanvas(widthPx, heightPx);
  const whole = imageToCanvas(view, { width: window.width * zoom, height: window.height * zoom }, aspect);
  const toCanvas = { ...whole, e: Math.round(whole.e - crop.x * zoom), f: Math.round(whole.f - crop.y * zoom) };
  const look = { voi: view.voi, invert: view.invert, overlays };
  core.renderToCanvas(canvas, image, toCoreViewport(view, toCanvas, canvas, image, look));
  paint(context, (point) => apply(toCanvas, point), scale);
  const voi = view.voi ?? description.windows[0];
  const texts = cornerTexts({ view, series, slice, index, voi, toCanvas, pixelRatio: scale, width: widthPx / scale });
  paintTexts(context, texts, scale);
  return pngOf(canvas);
}

function paintTexts(context: CanvasRenderingContext2D, texts: CornerTexts, scale: number): void {
  const { write, scaleBar } = createLettering(context, scale, '#dcdfe1');
  write(textsOf(texts.topLeft), 'top', 'left');
  write(textsOf(texts.topRight), 'top', 'right');
  write(texts.bottomLeft, 'bottom', 'left');
  write([texts.left], 'middle', 'left');
  write([texts.right], 'middle', 'right');
  write([texts.top], 'top', 'center');
  write([texts.bottom], 'bottom', 'center');
  if (!texts.scale) return;
  const { label, lengthPx } = texts.scale;
  scaleBar({ label, lengthPx: lengthPx * scale }, { thickPx: 2, outlined: false, label: 'right' });
}

function textsOf(lines: CornerLine[]): string[] {
  return lines.map(({ text }) => text);
}
