import type { ImagingViewport } from '../../server/contract/imaging.ts';
import type { OverlayData } from '../../server/formats/image/draw-overlays.ts';
import { apply, type Size } from '../review/affine.ts';
import { printFrame } from '../review/print-frame.ts';
import { createSoftwareCanvas } from '../review/stage.ts';
import type { ExportedPicture, Paint } from '../review/viewer.ts';
import type { CornerLine } from './corner-lines.ts';
import { type CornerTexts, cornerTexts } from './corners.ts';
import { core } from './cornerstone/core.ts';
import type { FrameImage } from './cornerstone/image.ts';
import { toCoreViewport } from './cornerstone/viewport.ts';
import type { Series, Slice } from './series.ts';
import { imageToCanvas } from './transform.ts';
import { pixelAspectOf } from './view.ts';

/** As large on the printed page. */
const TEXT_PX = 11;
const MARGIN_PX = 8;

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
  const { canvas, context } = createSoftwareCanvas();
  canvas.width = widthPx;
  canvas.height = heightPx;
  const whole = imageToCanvas(view, { width: window.width * zoom, height: window.height * zoom }, aspect);
  const toCanvas = { ...whole, e: Math.round(whole.e - crop.x * zoom), f: Math.round(whole.f - crop.y * zoom) };
  const look = { voi: view.voi, invert: view.invert, overlays };
  core.renderToCanvas(canvas, image, toCoreViewport(view, toCanvas, canvas, image, look));
  paint(context, (point) => apply(toCanvas, point), scale);
  const voi = view.voi ?? description.windows[0];
  const texts = cornerTexts({ view, series, slice, index, voi, toCanvas, pixelRatio: scale, width: widthPx / scale });
  paintTexts(context, texts, scale);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the browser could not make a picture of the canvas');
  return { blob, widthPx, heightPx };
}

function paintTexts(context: CanvasRenderingContext2D, texts: CornerTexts, scale: number): void {
  const { width, height } = context.canvas;
  const margin = MARGIN_PX * scale;
  const lineHeight = TEXT_PX * 1.35 * scale;
  context.font = `${TEXT_PX * scale}px "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif`;
  context.lineWidth = 3 * scale;
  context.lineJoin = 'round';
  context.strokeStyle = '#000000';
  context.fillStyle = '#dcdfe1';
  const write = (lines: string[], x: number, y: number, align: CanvasTextAlign, baseline: CanvasTextBaseline): void => {
    context.textAlign = align;
    context.textBaseline = baseline;
    for (const [row, line] of lines.entries()) {
      context.strokeText(line, x, y + row * lineHeight);
      context.fillText(line, x, y + row * lineHeight);
    }
  };
  write(textsOf(texts.topLeft), margin, margin, 'left', 'top');
  write(textsOf(texts.topRight), width - margin, margin, 'right', 'top');
  const up = height - margin - (texts.bottomLeft.length - 1) * lineHeight;
  write(texts.bottomLeft, margin, up, 'left', 'bottom');
  write([texts.left], margin, height / 2, 'left', 'middle');
  write([texts.right], width - margin, height / 2, 'right', 'middle');
  write([texts.top], width / 2, margin, 'center', 'top');
  write([texts.bottom], width / 2, height - margin, 'center', 'bottom');
  if (!texts.scale) return;
  const length = texts.scale.lengthPx * scale;
  const [x, y] = [width - margin - length, height - margin];
  context.fillRect(x, y - 2 * scale, length, 2 * scale);
  write([texts.scale.label], width - margin, y - 6 * scale, 'right', 'bottom');
}

function textsOf(lines: CornerLine[]): string[] {
  return lines.map(({ text }) => text);
}
