import { SHEET_COLORS } from './draw-sheet.ts';
import { type PaperSetting, PULSE_MV, PULSE_S, type Sheet } from './paper.ts';
import { type PaperView, toCanvas } from './sheet-view.ts';

const TEXT_PX = 13;
const PADDING_PX = 8;

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

/** Draws what 1 mV and 1 s are into the lower left corner of the canvas, for a part of a sheet that has no pulse. */
export function drawReference(
  context: CanvasRenderingContext2D,
  { gainMmPerMv, speedMmPerS }: PaperSetting,
  { devicePxPerMm, heightPx }: PaperView,
  scale: number,
): void {
  const voltPx = PULSE_MV * gainMmPerMv * devicePxPerMm;
  const secondPx = speedMmPerS * devicePxPerMm;
  const textPx = TEXT_PX * scale;
  const padding = PADDING_PX * scale;
  const box = {
    width: Math.max(secondPx, 4 * textPx) + 2 * padding,
    height: voltPx + 2 * textPx + 3 * padding,
  };
  const left = padding;
  const bottom = heightPx - padding;
  context.fillStyle = SHEET_COLORS.paper;
  context.fillRect(left, bottom - box.height, box.width, box.height);
  context.strokeStyle = SHEET_COLORS.ink;
  context.lineWidth = Math.max(1, 1.5 * scale);
  context.strokeRect(left, bottom - box.height, box.width, box.height);
  const x = left + padding;
  const secondY = bottom - padding;
  const voltFoot = secondY - textPx - padding;
  context.beginPath();
  context.moveTo(x, secondY - 3 * scale);
  context.lineTo(x, secondY);
  context.lineTo(x + secondPx, secondY);
  context.lineTo(x + secondPx, secondY - 3 * scale);
  context.moveTo(x, voltFoot);
  context.lineTo(x, voltFoot - voltPx);
  context.lineTo(x + PULSE_S * secondPx, voltFoot - voltPx);
  context.lineTo(x + PULSE_S * secondPx, voltFoot);
  context.stroke();
  context.fillStyle = SHEET_COLORS.ink;
  context.font = `${textPx}px sans-serif`;
  context.textAlign = 'left';
  context.textBaseline = 'bottom';
  context.fillText('1 s', x + padding, secondY - 2 * scale);
  context.fillText('1 mV', x + PULSE_S * secondPx + padding, voltFoot);
}
