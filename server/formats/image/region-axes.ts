import { type Attributes, findNumber } from '../dicom/attributes.ts';

/** What an axis of a curve counts, as measured values name it. */
export type AxisUnit = '%' | 'dB' | 'mm' | 'ms' | 'Hz' | 'dB/s' | 'cm/s' | 'cm²' | 'cm²/s' | 'cm³' | 'cm³/s' | '°';

/** One direction of a curve's region. Never negative: devices disagree on the sign of velocities that point up. */
export interface RegionAxis {
  unit: AxisUnit;
  perPixel: number;
}

/** What one pixel to the right and one pixel down mean in an ultrasound region that is no tissue. */
export interface RegionAxes {
  horizontal: RegionAxis | null;
  vertical: RegionAxis | null;
}

/** Region Spatial Format (0018,6012): M-mode, spectral Doppler, waveform. */
const CURVES = new Set([2, 3, 4]);

/** Physical Units (0018,6024) and (0018,6026), PS3.3 sections C.8.5.5.1.15 and 16, and how many of ours one of them is. */
const UNITS: Record<number, { unit: AxisUnit; factor: number }> = {
  1: { unit: '%', factor: 1 },
  2: { unit: 'dB', factor: 1 },
  3: { unit: 'mm', factor: 10 },
  4: { unit: 'ms', factor: 1000 },
  5: { unit: 'Hz', factor: 1 },
  6: { unit: 'dB/s', factor: 1 },
  7: { unit: 'cm/s', factor: 1 },
  8: { unit: 'cm²', factor: 1 },
  9: { unit: 'cm²/s', factor: 1 },
  10: { unit: 'cm³', factor: 1 },
  11: { unit: 'cm³/s', factor: 1 },
  12: { unit: '°', factor: 1 },
};

/** @param item of the Sequence of Ultrasound Regions. @returns null: no curve, or nothing known of either direction. */
export function readRegionAxes(item: Attributes): RegionAxes | null {
  if (!CURVES.has(findNumber(item, '00186012', 'US') ?? 0)) return null;
  const horizontal = readAxis(item, '00186024', '0018602C');
  const vertical = readAxis(item, '00186026', '0018602E');
  return horizontal || vertical ? { horizontal, vertical } : null;
}

function readAxis(item: Attributes, unitsTag: string, deltaTag: string): RegionAxis | null {
  const known = UNITS[findNumber(item, unitsTag, 'US') ?? 0];
  const delta = Math.abs(findNumber(item, deltaTag, 'FD') ?? 0);
  return known && delta > 0 ? { unit: known.unit, perPixel: delta * known.factor } : null;
}
