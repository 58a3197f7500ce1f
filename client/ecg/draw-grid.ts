import type { Sheet } from './paper.ts';
import type { PaperView } from './sheet-view.ts';

/** Closer than this the millimetre lines would be a grey veil. */
const MIN_FINE_PX_PER_MM = 2.5;

export interface GridColors {
  paper: string;
  fine: string;
  bold: string;
}

/**
 * Draws the paper: a line every millimetre, a bolder one every five. Each line is whole pixels wide and so sharp, and its middle
 * is never more than half a pixel off its place; the next line is placed by itself, so nothing adds up.
 */
export function drawGrid(
  context: CanvasRenderingContext2D,
  { widthMm, heightMm }: Sheet,
  view: PaperView,
  colors: GridColors,
): void {
  const { devicePxPerMm, leftPx, topPx } = view;
  const left = Math.round(leftPx);
  const top = Math.round(topPx);
  const right = Math.round(leftPx + widthMm * devicePxPerMm);
  const bottom = Math.round(topPx + heightMm * devicePxPerMm);
  context.fillStyle = colors.paper;
  context.fillRect(left, top, right - left, bottom - top);
  const fine = Math.max(1, Math.round(0.1 * devicePxPerMm));
  const bold = Math.max(fine, Math.round(0.2 * devicePxPerMm));
  const lines = (everyMm: number, skipMm: number, width: number, color: string) => {
    context.fillStyle = color;
    for (let mm = 0; mm <= widthMm; mm += everyMm) {
      if (mm % skipMm === 0) continue;
      context.fillRect(lineStart(leftPx + mm * devicePxPerMm, width), top, width, bottom - top);
    }
    for (let mm = 0; mm <= heightMm; mm += everyMm) {
      if (mm % skipMm === 0) continue;
      context.fillRect(left, lineStart(topPx + mm * devicePxPerMm, width), right - left, width);
    }
  };
  if (devicePxPerMm >= MIN_FINE_PX_PER_MM) lines(1, 5, fine, colors.fine);
  lines(5, Number.POSITIVE_INFINITY, bold, colors.bold);
}

function lineStart(middle: number, width: number): number {
  return Math.round(middle - width / 2);
}
