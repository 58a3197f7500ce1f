/** Paper speed. 25 is the usual one. */
export type SpeedMmPerS = 25 | 50;
export type GainMmPerMv = 5 | 10 | 20;
/** Rows by columns; `3x4+1` has a rhythm strip below. */
export type EcgLayout = '3x4+1' | '6x2' | '12x1';

export interface PaperSetting {
  layout: EcgLayout;
  speedMmPerS: SpeedMmPerS;
  gainMmPerMv: GainMmPerMv;
}

export const SPEEDS: readonly SpeedMmPerS[] = [25, 50];
export const GAINS: readonly GainMmPerMv[] = [5, 10, 20];
export const LAYOUTS: readonly EcgLayout[] = ['3x4+1', '6x2', '12x1'];

/** What one sheet shows, whatever the layout and the speed; a longer record has more sheets. */
export const SHEET_S = 10;

/** A place on a sheet: mm from its top left corner, x to the right, y down. */
export interface PaperPoint {
  xMm: number;
  yMm: number;
}

/** A stretch of one lead on the sheet. */
export interface Strip {
  /** Index in the group's leads; null: the record lacks this lead, its place stays empty. */
  lead: number | null;
  name: string;
  /** Below the leads, over the full width. */
  rhythm: boolean;
  leftMm: number;
  /** Where 0 V is. */
  baselineMm: number;
  topMm: number;
  bottomMm: number;
  /** Seconds after the group's begin: `startS` is at `leftMm`. */
  startS: number;
  endS: number;
}

/** The step that shows what 1 mV is: 0.2 s long, begins here. */
export interface CalibrationPulse {
  leftMm: number;
  baselineMm: number;
}

export interface Sheet {
  setting: PaperSetting;
  widthMm: number;
  heightMm: number;
  strips: Strip[];
  pulses: CalibrationPulse[];
}

export const PULSE_S = 0.2;
export const PULSE_MV = 1;

export function stripX(strip: Strip, { speedMmPerS }: PaperSetting, timeS: number): number {
  return strip.leftMm + (timeS - strip.startS) * speedMmPerS;
}

export function stripY(strip: Strip, { gainMmPerMv }: PaperSetting, amplitudeUv: number): number {
  return strip.baselineMm - (amplitudeUv / 1000) * gainMmPerMv;
}
