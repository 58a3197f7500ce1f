import type { Size } from '../viewer/affine.ts';
import { apply } from '../viewer/affine.ts';
import { createExportCanvas, pngOf } from '../viewer/exported.ts';
import { printScale } from '../viewer/print-frame.ts';
import type { ExportedPicture, Paint } from '../viewer/viewer.ts';
import { drawPart } from './page-painter.ts';
import { placePage, visibleBox } from './placement.ts';
import type { ShownPage } from './shown-document.ts';
import type { View } from './view.ts';

/** Print has enough; beyond the upper bound files grow without showing more. */
const MIN_HEIGHT_PX = 1600;
const MAX_SIDE_PX = 3000;

export interface ExportParts {
  view: View;
  page: ShownPage;
  /** The window on the screen, CSS pixels: lines and letters keep their size in it. */
  window: Size;
  pixelRatio: number;
  paint: Paint;
}

/** What of the page the window shows, drawn anew, without the surround. @throws Failure where it cannot be drawn. */
export async function exportView({ view, page, window, pixelRatio, paint }: ExportParts): Promise<ExportedPicture> {
  const wanted = Math.max(MIN_HEIGHT_PX, window.height * pixelRatio);
  const height = Math.round(Math.min(wanted, MAX_SIDE_PX, (MAX_SIDE_PX * window.height) / window.width));
  const size = { width: Math.round((height * window.width) / window.height), height };
  const placement = placePage(view, page.size, size);
  const box = visibleBox(placement, size);
  if (!box) throw new Error('nothing of the page is in the window');
  const part = await drawPart(page, placement, box, new AbortController().signal);
  // Another canvas: the one before belongs to whoever drew the page.
  const { canvas, context } = createExportCanvas(box.width, box.height);
  context.drawImage(part, 0, 0);
  const toBox = { ...placement.toCanvas, e: placement.toCanvas.e - box.left, f: placement.toCanvas.f - box.top };
  paint(context, (point) => apply(toBox, point), printScale(box));
  return pngOf(canvas);
}
