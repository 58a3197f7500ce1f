import type { Point } from '../../server/contract/picture.ts';
import { stripAt } from './layout.ts';
import { type PaperPoint, type Sheet, type Strip, stripX, stripY } from './paper.ts';

/**
 * The coordinates of an ECG that the shared review speaks, free of layout, speed, gain and screen: x is milliseconds after the
 * group's begin; y is microvolts downwards, each lead in a band of its own. Band k is lead k of the group, its 0 V at
 * y = k × 40 000; bands from `leadCount` on are the same leads once more, for what is drawn on the rhythm strip.
 */
export const BAND_UV = 40_000;
/** Beyond it the next lead's band begins. */
const MAX_AMPLITUDE_UV = BAND_UV / 2 - 1;

export interface LeadPoint {
  lead: number;
  rhythm: boolean;
  timeS: number;
  amplitudeUv: number;
}

export function toPoint({ lead, rhythm, timeS, amplitudeUv }: LeadPoint, leadCount: number): Point {
  return { x: timeS * 1000, y: (rhythm ? lead + leadCount : lead) * BAND_UV - amplitudeUv };
}

export function toLeadPoint({ x, y }: Point, leadCount: number): LeadPoint {
  const band = Math.min(Math.max(Math.round(y / BAND_UV), 0), 2 * leadCount - 1);
  // Adding 0 makes a 0 of -0.
  const amplitudeUv = band * BAND_UV - y + 0;
  return { lead: band % leadCount, rhythm: band >= leadCount, timeS: x / 1000, amplitudeUv };
}

/**
 * Where a point is on the sheet; beside its strip where its time is not shown. undefined: its lead is not on the sheet.
 * A point of the rhythm strip is on the lead's own strip where the layout has no other, and the other way round.
 */
export function toPaper(sheet: Sheet, point: Point, leadCount: number): PaperPoint | undefined {
  const strip = stripOf(sheet, point, leadCount);
  if (strip === undefined) return undefined;
  const { timeS, amplitudeUv } = toLeadPoint(point, leadCount);
  return { xMm: stripX(strip, sheet.setting, timeS), yMm: stripY(strip, sheet.setting, amplitudeUv) };
}

/** The strip that a point belongs to, whether or not it shows the point's time. */
export function stripOf(sheet: Sheet, point: Point, leadCount: number): Strip | undefined {
  const { lead, rhythm } = toLeadPoint(point, leadCount);
  const own = sheet.strips.filter((strip) => strip.lead === lead);
  return own.find((candidate) => candidate.rhythm === rhythm) ?? own[0];
}

/**
 * {@link toPaper}, but undefined where the strip does not show the point's time: beside its strip it would lie on another
 * lead's. `toleranceMm`: what rounding may take away at the edges.
 */
export function toShownPaper(
  sheet: Sheet,
  point: Point,
  leadCount: number,
  toleranceMm: number,
): PaperPoint | undefined {
  const strip = stripOf(sheet, point, leadCount);
  const place = toPaper(sheet, point, leadCount);
  if (strip === undefined || place === undefined) return undefined;
  const rightMm = stripX(strip, sheet.setting, strip.endS);
  const shown = place.xMm >= strip.leftMm - toleranceMm && place.xMm <= rightMm + toleranceMm;
  return shown ? place : undefined;
}

/** {@link fromPaper} that stays on the sheet and within the time that its strip shows: whatever is drawn there can be seen there. */
export function fromShownPaper(
  sheet: Sheet,
  { xMm, yMm }: PaperPoint,
  leadCount: number,
  held?: Strip,
): Point | undefined {
  const strip = held ?? stripAt(sheet, xMm, yMm);
  if (strip === undefined) return undefined;
  const rightMm = stripX(strip, sheet.setting, strip.endS);
  const shown = {
    xMm: Math.min(Math.max(xMm, strip.leftMm), rightMm),
    yMm: Math.min(Math.max(yMm, 0), sheet.heightMm),
  };
  return fromPaper(sheet, shown, leadCount, strip);
}

/** Keeps a point within the record's time and its own lead's band. */
export function clampPoint(point: Point, leadCount: number, durationS: number): Point {
  const { lead, rhythm, timeS, amplitudeUv } = toLeadPoint(point, leadCount);
  const within = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
  return toPoint(
    {
      lead,
      rhythm,
      timeS: within(timeS, 0, durationS),
      amplitudeUv: within(amplitudeUv, -MAX_AMPLITUDE_UV, MAX_AMPLITUDE_UV),
    },
    leadCount,
  );
}

/** The point at a place of the sheet, in the strip there, or in `held`: a caliper stays on the lead that it began on. */
export function fromPaper(sheet: Sheet, { xMm, yMm }: PaperPoint, leadCount: number, held?: Strip): Point | undefined {
  const strip = held ?? stripAt(sheet, xMm, yMm);
  if (strip === undefined || strip.lead === null) return undefined;
  const { speedMmPerS, gainMmPerMv } = sheet.setting;
  const timeS = strip.startS + (xMm - strip.leftMm) / speedMmPerS;
  const wantedUv = ((strip.baselineMm - yMm) / gainMmPerMv) * 1000;
  const amplitudeUv = Math.min(Math.max(wantedUv, -MAX_AMPLITUDE_UV), MAX_AMPLITUDE_UV);
  return toPoint({ lead: strip.lead, rhythm: strip.rhythm, timeS, amplitudeUv }, leadCount);
}
