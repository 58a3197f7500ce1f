import { createSoftwareCanvas } from '../review/stage.ts';
import type { ExportedPicture, Paint } from '../review/viewer.ts';
import { type Captions, captionsOf } from './captions.ts';
import { createReference, showsPulse } from './draw-reference.ts';
import { drawSheet } from './draw-sheet.ts';
import type { OpenEcg, OpenGroup } from './open-ecg.ts';
import type { Sheet } from './paper.ts';
import { toShownPaper } from './place.ts';
import { toCanvas } from './sheet-view.ts';
import { paperViewOf, type Size, type View } from './view.ts';

/** Enough for print; beyond the upper bound files grow without showing more. */
const MIN_HEIGHT_PX = 1600;
const MAX_HEIGHT_PX = 3000;
const BAND_PX = 26;
const TEXT_PX = 14;
const MARGIN_PX = 10;

export interface ExportParts {
  view: View;
  ecg: OpenEcg;
  group: OpenGroup;
  sheet: Sheet;
  /** The window on the screen, CSS pixels: its proportions are kept, and its sizes of lines and letters. */
  window: Size;
  pixelRatio: number;
  paint: Paint;
}

/** What the window shows, drawn anew, between a line that says what it is and one that says how it is drawn. PNG. */
export async function exportView({
  view,
  ecg,
  group,
  sheet,
  window,
  pixelRatio,
  paint,
}: ExportParts): Promise<ExportedPicture> {
  const paperHeight = Math.round(Math.min(Math.max(window.height * pixelRatio, MIN_HEIGHT_PX), MAX_HEIGHT_PX));
  const scale = paperHeight / window.height;
  const band = Math.round(BAND_PX * scale);
  const paper = createSoftwareCanvas();
  const size = { width: Math.round(window.width * scale), height: paperHeight };
  paper.canvas.width = size.width;
  paper.canvas.height = size.height;
  const at = paperViewOf(view, size);
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
  const { canvas, context } = createSoftwareCanvas();
  canvas.width = size.width;
  // Below the paper, so that it hides nothing of it.
  const reference = showsPulse(sheet, at) ? undefined : createReference(sheet.setting, at, scale);
  canvas.height = size.height + 2 * band + (reference?.heightPx ?? 0);
  context.drawImage(paper.canvas, 0, band);
  reference?.draw(context, band + size.height);
  // What a print of it measures nobody knows: its scale is that of the pulse and the grid.
  paintBands(context, captionsOf({ view, ecg, group, magnification: undefined }), band, scale);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new Error('the browser could not make a picture of the canvas');
  return { blob, widthPx: canvas.width, heightPx: canvas.height };
}

function paintBands(context: CanvasRenderingContext2D, captions: Captions, band: number, scale: number): void {
  const { width, height } = context.canvas;
  context.fillStyle = '#151719';
  context.fillRect(0, 0, width, band);
  context.fillRect(0, height - band, width, band);
  context.font = `${TEXT_PX * scale}px "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif`;
  context.textBaseline = 'middle';
  context.fillStyle = '#dcdfe1';
  const margin = MARGIN_PX * scale;
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
