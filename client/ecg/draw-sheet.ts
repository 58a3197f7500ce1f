import { drawGrid } from './draw-grid.ts';
import { drawOffScale, drawTrace } from './draw-trace.ts';
import {
  type CalibrationPulse,
  type PaperSetting,
  PULSE_MV,
  PULSE_S,
  type Sheet,
  type Strip,
  stripX,
} from './paper.ts';
import { type PaperView, toCanvas } from './sheet-view.ts';
import type { Trace } from './trace.ts';

/** The paper has all its red left, so that what is drawn on it can be told from it by any eye, and by a test. */
export const SHEET_COLORS = {
  paper: '#fffcfa',
  fine: '#ffdcdc',
  bold: '#ffb3b3',
  ink: '#101418',
  faint: '#8a8f96',
  offScale: '#1d4ed8',
};

const TRACE_MM = 0.25;
const NAME_MM = 3.2;
/**
 * Names stay readable where the paper is small and do not grow with it without end; those that moved to the edge lie on traces, and are
 * small. Parts of the canvas's height.
 */
const MIN_NAME = 1 / 60;
const MAX_EDGE_NAME = 1 / 30;
const MAX_NAME = 1 / 18;
const TICK_MM = 4;

/**
 * Draws a sheet: paper, calibration pulses, lead names, traces (one for each lead of the group, from `tracesOf`). What of it
 * lies outside the canvas costs nothing. Positions are exact: antialiased, not rounded.
 */
export function drawSheet(
  context: CanvasRenderingContext2D,
  sheet: Sheet,
  traces: readonly Trace[],
  view: PaperView,
): void {
  const { devicePxPerMm } = view;
  const pen = { color: SHEET_COLORS.ink, widthPx: Math.max(1, TRACE_MM * devicePxPerMm) };
  context.save();
  drawGrid(context, sheet, view, SHEET_COLORS);
  const corner = toCanvas(view, { xMm: 0, yMm: 0 });
  context.beginPath();
  context.rect(corner.x, corner.y, sheet.widthMm * devicePxPerMm, sheet.heightMm * devicePxPerMm);
  context.clip();
  for (const pulse of sheet.pulses) drawPulse(context, sheet, pulse, view, pen.widthPx);
  for (const strip of sheet.strips) {
    drawName(context, strip, sheet.setting, view);
    const trace = strip.lead === null ? undefined : traces[strip.lead];
    if (trace === undefined) continue;
    drawTrace(context, strip, sheet.setting, trace, view, pen);
    drawOffScale(context, strip, sheet.setting, trace, view, {
      color: SHEET_COLORS.offScale,
      widthPx: pen.widthPx * 2,
    });
  }
  drawTicks(context, sheet, view, pen.widthPx);
  context.restore();
}

function drawPulse(
  context: CanvasRenderingContext2D,
  { setting }: Sheet,
  { leftMm, baselineMm }: CalibrationPulse,
  view: PaperView,
  lineWidth: number,
): void {
  const topMm = baselineMm - PULSE_MV * setting.gainMmPerMv;
  const rightMm = leftMm + PULSE_S * setting.speedMmPerS;
  const path: [number, number][] = [
    [leftMm - 2, baselineMm],
    [leftMm, baselineMm],
    [leftMm, topMm],
    [rightMm, topMm],
    [rightMm, baselineMm],
    [rightMm + 2, baselineMm],
  ];
  context.beginPath();
  for (const [xMm, yMm] of path) {
    const { x, y } = toCanvas(view, { xMm, yMm });
    context.lineTo(x, y);
  }
  context.strokeStyle = SHEET_COLORS.ink;
  context.lineWidth = lineWidth;
  context.lineJoin = 'miter';
  context.lineCap = 'butt';
  context.stroke();
}

/** At the strip's begin; where that is beyond the edge, at the edge: whoever sees a trace sees whose it is. */
function drawName(context: CanvasRenderingContext2D, strip: Strip, setting: PaperSetting, view: PaperView): void {
  const begin = toCanvas(view, { xMm: strip.leftMm + 1, yMm: strip.topMm + 1 });
  const end = toCanvas(view, { xMm: stripX(strip, setting, strip.endS), yMm: strip.bottomMm });
  const isBeyond = begin.x < 0 || begin.y < 0;
  const most = isBeyond ? MAX_EDGE_NAME : MAX_NAME;
  const sizePx = Math.min(Math.max(NAME_MM * view.devicePxPerMm, view.heightPx * MIN_NAME), view.heightPx * most);
  context.font = `600 ${sizePx}px sans-serif`;
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.fillStyle = strip.lead === null ? SHEET_COLORS.faint : SHEET_COLORS.ink;
  // A lead that the record lacks must not look like one that is flat.
  const name = strip.lead === null ? `${strip.name} –` : strip.name;
  const edgePx = isBeyond ? sizePx / 3 : 0;
  const x = Math.min(Math.max(begin.x, edgePx), end.x - context.measureText(name).width);
  const y = Math.min(Math.max(begin.y, edgePx), end.y - sizePx);
  context.fillText(name, x, y);
}

/** Where one lead ends and the next begins in the same row. */
function drawTicks(context: CanvasRenderingContext2D, { strips }: Sheet, view: PaperView, width: number): void {
  const firstMm = Math.min(...strips.map(({ leftMm }) => leftMm));
  context.fillStyle = SHEET_COLORS.ink;
  for (const { leftMm, baselineMm } of strips) {
    if (leftMm === firstMm) continue;
    const { x, y } = toCanvas(view, { xMm: leftMm, yMm: baselineMm - TICK_MM / 2 });
    context.fillRect(x - width / 2, y, width, TICK_MM * view.devicePxPerMm);
  }
}
