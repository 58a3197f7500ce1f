import { SHEET_COLORS } from './draw-sheet.ts';
import { type PaperSetting, PULSE_MV, PULSE_S, type Sheet } from './paper.ts';
import { type PaperView, toCanvas } from './sheet-view.ts';

const TEXT_PX = 13;
const PADDING_PX = 10;
/** What is drawn is the first that takes no more than this part of the window. */
const MILLIVOLTS = [1, 0.5, 0.2, 0.1];
const SECONDS = [1, 0.5, 0.2, 0.1];
const MAX_PART = 0.2;

/** True if a whole calibration pulse of the sheet lies on the canvas. */
export function showsPulse({ pulses, setting }: Sheet, view: PaperView): boolean {
  return pulses.some(({ leftMm, baselineMm }) => {
    const foot = toCanvas(view, { xMm: leftMm, yMm: baselineMm });
    const top = toCanvas(view, {
      xMm: leftMm + PULSE_S * setting.speedMmPerS,
      yMm: baselineMm - PULSE_MV * setting.gainMmPerMv,
    });
    return foot.x >= 0 && top.x <= view.widthPx && top.y >= 0 && foot.y <= view.heightPx;
  });
}

/** What says how large a voltage and a time are, where a part of a sheet has no calibration pulse. */
export interface Reference {
  heightPx: number;
  /** Draws it from `topPx` on, over the canvas's full width. */
  draw(context: CanvasRenderingContext2D, topPx: number): void;
}

/** @param scale canvas pixels in a CSS pixel, for letters and lines. */
export function createReference(
  { gainMmPerMv, speedMmPerS }: PaperSetting,
  { devicePxPerMm, widthPx, heightPx }: PaperView,
  scale: number,
): Reference {
  const largest = (steps: readonly number[], pxEach: number, roomPx: number): number =>
    steps.find((step) => step * pxEach <= roomPx * MAX_PART) ?? steps.at(-1) ?? 1;
  const [pxPerMv, pxPerS] = [gainMmPerMv * devicePxPerMm, speedMmPerS * devicePxPerMm];
  const millivolts = largest(MILLIVOLTS, pxPerMv, heightPx);
  const seconds = largest(SECONDS, pxPerS, widthPx);
  const padding = PADDING_PX * scale;
  const high = millivolts * pxPerMv;
  return {
    heightPx: Math.ceil(Math.max(high, TEXT_PX * scale) + 2 * padding),
    draw(context, topPx) {
      context.fillStyle = SHEET_COLORS.paper;
      context.fillRect(0, topPx, context.canvas.width, this.heightPx);
      context.strokeStyle = SHEET_COLORS.ink;
      context.fillStyle = SHEET_COLORS.ink;
      context.lineWidth = Math.max(1, 1.5 * scale);
      context.font = `${TEXT_PX * scale}px sans-serif`;
      context.textAlign = 'left';
      context.textBaseline = 'middle';
      const foot = topPx + padding + high;
      const middle = foot - high / 2;
      const serif = 4 * scale;
      // An upright bar for the voltage, a lying one for the time, each with its name.
      context.beginPath();
      context.moveTo(padding - serif / 2, foot - high);
      context.lineTo(padding + serif / 2, foot - high);
      context.moveTo(padding, foot - high);
      context.lineTo(padding, foot);
      context.moveTo(padding - serif / 2, foot);
      context.lineTo(padding + serif / 2, foot);
      const nameX = padding + 2 * serif;
      const voltName = `${millivolts} mV`;
      const x = nameX + context.measureText(voltName).width + 3 * padding;
      context.moveTo(x, middle - serif / 2);
      context.lineTo(x, middle + serif / 2);
      context.moveTo(x, middle);
      context.lineTo(x + seconds * pxPerS, middle);
      context.moveTo(x + seconds * pxPerS, middle - serif / 2);
      context.lineTo(x + seconds * pxPerS, middle + serif / 2);
      context.stroke();
      context.fillText(voltName, nameX, middle);
      context.fillText(`${seconds} s`, x + seconds * pxPerS + 2 * serif, middle);
    },
  };
}
