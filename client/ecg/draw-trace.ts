import { type PaperSetting, type Strip, stripX, stripY } from './paper.ts';
import { reduceTrace } from './reduce.ts';
import type { PaperView } from './sheet-view.ts';
import { sampleRange, type Trace } from './trace.ts';

export interface Pen {
  color: string;
  widthPx: number;
}

/** Draws a strip's samples, straight from each to the next: nothing smoothed, nothing filtered, no line over a gap. */
export function drawTrace(
  context: CanvasRenderingContext2D,
  strip: Strip,
  setting: PaperSetting,
  trace: Trace,
  view: PaperView,
  pen: Pen,
): void {
  const [from, to] = sampleRange(trace, strip.startS, strip.endS);
  strokeSamples(context, strip, setting, trace, view, { ...pen, from, to });
}

/** Draws what is off the device's scale once more, in a pen of its own. */
export function drawOffScale(
  context: CanvasRenderingContext2D,
  strip: Strip,
  setting: PaperSetting,
  trace: Trace,
  view: PaperView,
  pen: Pen,
): void {
  const [from, to] = sampleRange(trace, strip.startS, strip.endS);
  for (const [first, last] of trace.offScale) {
    if (last < from || first > to) continue;
    // A single sample is a point; the way to and from it makes it seen.
    const run = { from: Math.max(from, first - 1), to: Math.min(to, last + 1) };
    strokeSamples(context, strip, setting, trace, view, { ...pen, ...run });
  }
}

function strokeSamples(
  context: CanvasRenderingContext2D,
  strip: Strip,
  setting: PaperSetting,
  { samples, sampleRateHz, skewS }: Trace,
  { leftPx, topPx, devicePxPerMm, widthPx }: PaperView,
  { color, widthPx: lineWidth, from, to }: Pen & { from: number; to: number },
): void {
  const xPx = leftPx + stripX(strip, setting, skewS) * devicePxPerMm;
  const stepPx = (setting.speedMmPerS / sampleRateHz) * devicePxPerMm;
  // Only what the window shows, and one sample more on each side.
  const first = Math.max(from, Math.floor((-lineWidth - xPx) / stepPx) - 1);
  const last = Math.min(to, Math.ceil((widthPx + lineWidth - xPx) / stepPx) + 1);
  const path = new Path2D();
  let drawn = 0;
  let end = { x: 0, y: 0 };
  const lift = () => {
    // A sample between two gaps is still a sample: a dot.
    if (drawn === 1) path.lineTo(end.x + 0.5, end.y);
    drawn = 0;
  };
  for (const index of reduceTrace(samples, first, last, { xPx, stepPx })) {
    const sample = samples[index] ?? Number.NaN;
    if (Number.isNaN(sample)) {
      lift();
      continue;
    }
    end = { x: xPx + index * stepPx, y: topPx + stripY(strip, setting, sample) * devicePxPerMm };
    if (drawn === 0) path.moveTo(end.x, end.y);
    else path.lineTo(end.x, end.y);
    drawn += 1;
  }
  lift();
  strokePath(context, path, color, lineWidth);
}

/** Wider pens than this are for print, where time does not matter. */
const MAX_FAST_PEN_PX = 3;

/**
 * Without a GPU, a line of one pixel is drawn seven times as fast as a wider one. So a pen of up to three pixels is a square
 * of such lines side by side, as far apart as makes the width; its middle is the same.
 */
function strokePath(context: CanvasRenderingContext2D, path: Path2D, color: string, widthPx: number): void {
  context.strokeStyle = color;
  // A mitre would lengthen every peak.
  context.lineJoin = 'round';
  context.lineCap = 'butt';
  if (widthPx <= 1 || widthPx > MAX_FAST_PEN_PX) {
    context.lineWidth = widthPx;
    context.stroke(path);
    return;
  }
  context.lineWidth = 1;
  const lines = Math.ceil(widthPx);
  const offsets = Array.from({ length: lines }, (_, line) => (line / (lines - 1) - 0.5) * (widthPx - 1));
  for (const dx of offsets) {
    for (const dy of offsets) {
      context.translate(dx, dy);
      context.stroke(path);
      context.translate(-dx, -dy);
    }
  }
}
