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
  context.beginPath();
  let drawing = false;
  for (const index of reduceTrace(samples, first, last, { xPx, stepPx })) {
    const sample = samples[index] ?? Number.NaN;
    if (Number.isNaN(sample)) {
      drawing = false;
      continue;
    }
    const x = xPx + index * stepPx;
    const y = topPx + stripY(strip, setting, sample) * devicePxPerMm;
    if (drawing) context.lineTo(x, y);
    else context.moveTo(x, y);
    drawing = true;
  }
  context.strokeStyle = color;
  context.lineWidth = lineWidth;
  // A mitre would lengthen every peak.
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.stroke();
}
