import { createExportCanvas, pngOf, setLetters } from '../viewer/exported.ts';
import { printFrame } from '../viewer/print-frame.ts';
import type { ExportedPicture, Paint } from '../viewer/viewer.ts';
import { type Captions, captionsOf } from './captions.ts';
import { createReference, showsPulse } from './draw-reference.ts';
import { drawSheet } from './draw-sheet.ts';
import type { OpenEcg, OpenGroup } from './open-ecg.ts';
import type { Sheet } from './paper.ts';
import { toShownPaper } from './place.ts';
import { toCanvas } from './sheet-view.ts';
import { paperViewOf, type Size, type View } from './view.ts';

/** As high on the printed page. */
const BAND_PX = 20;

export interface ExportParts {
  view: View;
  ecg: OpenEcg;
  group: OpenGroup;
  sheet: Sheet;
  /** The window on the screen, CSS pixels. */
  window: Size;
  pixelRatio: number;
  paint: Paint;
}

/** What of the sheet the window shows, drawn anew, between a line that says what it is and one that says how it is drawn. PNG. */
export async function exportView({
  view,
  ecg,
  group,
  sheet,
  window,
  pixelRatio,
  paint,
}: ExportParts): Promise<ExportedPicture> {
  const onWindow = paperViewOf(view, window);
  const { widthMm, heightMm } = sheet;
  const corners = [0, widthMm].flatMap((xMm) => [0, heightMm].map((yMm) => toCanvas(onWindow, { xMm, yMm })));
  const { widthPx, heightPx, scale, zoom, crop } = printFrame(window, corners, pixelRatio);
  const band = Math.round(BAND_PX * scale);
  const paper = createExportCanvas(widthPx, heightPx);
  const whole = paperViewOf(view, { width: window.width * zoom, height: window.height * zoom });
  const at = {
    ...whole,
    leftPx: Math.round(whole.leftPx - crop.x * zoom),
    topPx: Math.round(whole.topPx - crop.y * zoom),
    widthPx,
    heightPx,
  };
  drawSheet(paper.context, sheet, group.traces, at);
  const tolerance = scale / at.devicePxPerMm;
  paint(
    paper.context,
    (point) => {
      const place = toShownPaper(sheet, point, group.leads.length, tolerance);
      return place && toCanvas(at, place);
    },
    scale,
  );
  // Below the paper, so that it hides nothing of it.
  const reference = showsPulse(sheet, at) ? undefined : createReference(sheet.setting, at, scale);
  const { canvas, context } = createExportCanvas(widthPx, heightPx + 2 * band + (reference?.heightPx ?? 0));
  context.drawImage(paper.canvas, 0, band);
  reference?.draw(context, band + heightPx);
  // What a print of it measures nobody knows: its scale is that of the pulse and the grid.
  paintBands(context, captionsOf({ view, ecg, group, magnification: undefined }), band, scale);
  return pngOf(canvas);
}

function paintBands(context: CanvasRenderingContext2D, captions: Captions, band: number, scale: number): void {
  const { width, height } = context.canvas;
  context.fillStyle = '#151719';
  context.fillRect(0, 0, width, band);
  context.fillRect(0, height - band, width, band);
  const margin = setLetters(context, scale, '#dcdfe1');
  context.textBaseline = 'middle';
  const [top, bottom] = [band / 2, height - band / 2];
  const right = (text: string, y: number): number => {
    context.textAlign = 'right';
    context.fillText(text, width - margin, y);
    return text === '' ? 0 : context.measureText(text).width + 2 * margin;
  };
  const left = (text: string, y: number, taken: number): void => {
    context.textAlign = 'left';
    // Squeezed rather than cut: the line is what makes the drawing readable.
    if (text !== '') context.fillText(text, margin, y, width - 2 * margin - taken);
  };
  left(captions.record, top, right(captions.offScale, top));
  left(captions.setting, bottom, right(captions.position, bottom));
}
