import type { PaperPoint } from './paper.ts';

/** Where a sheet lies on a canvas, all in the canvas's own (device) pixels. */
export interface PaperView {
  devicePxPerMm: number;
  /** The sheet's top left corner; negative: beyond the canvas's edge. */
  leftPx: number;
  topPx: number;
  /** The canvas. */
  widthPx: number;
  heightPx: number;
}

export function toCanvas({ devicePxPerMm, leftPx, topPx }: PaperView, { xMm, yMm }: PaperPoint) {
  return { x: leftPx + xMm * devicePxPerMm, y: topPx + yMm * devicePxPerMm };
}

export function fromCanvas(
  { devicePxPerMm, leftPx, topPx }: PaperView,
  { x, y }: { x: number; y: number },
): PaperPoint {
  return { xMm: (x - leftPx) / devicePxPerMm, yMm: (y - topPx) / devicePxPerMm };
}
