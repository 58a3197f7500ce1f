import { type Attributes, findNumber, findString } from '../dicom/attributes.ts';
import { functionalGroup } from '../dicom/functional-groups.ts';
import { type RegionAxes, readRegionAxes } from './region-axes.ts';

/**
 * Where the size of a pixel comes from; shown with every measured value, because two of them are wrong for the patient.
 *
 * - `pixel-spacing`: (0028,0030) of a cross-sectional image, true in the patient.
 * - `fiducial`, `geometry`: (0028,0030) of a projection image that was calibrated by an object of known size, or by the known distances.
 * - `magnification`: (0018,1164) at the detector divided by (0018,1114): an estimate at the assumed distance of the patient.
 * - `detector`: (0018,1164) at the detector, no magnification known: the anatomy is smaller than measured.
 * - `scanned-film`: (0018,2010), size on the scanned sheet.
 * - `ultrasound-region`: (0018,6011), true inside its region only.
 * - `none`: no size known; lengths are in pixels.
 */
export type CalibrationSource =
  | 'pixel-spacing'
  | 'fiducial'
  | 'geometry'
  | 'magnification'
  | 'detector'
  | 'scanned-film'
  | 'ultrasound-region'
  | 'none';

/** Size of one pixel: `rowMm` from row to row (down), `columnMm` from column to column (across). */
export interface Spacing {
  rowMm: number;
  columnMm: number;
}

/** One area of an ultrasound image, PS3.3 C.8.5.5; corners in pixels, both included. */
export interface UltrasoundRegion {
  /** Of two-dimensional tissue; null where an axis is no length: M-mode, Doppler, a graph. */
  spacing: Spacing | null;
  /** Of a curve: M-mode, spectral Doppler, a waveform; null for tissue and where the file states no unit. */
  axes: RegionAxes | null;
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
  /** Where two regions overlap the one with priority counts. */
  priority: boolean;
}

export interface Calibration {
  source: CalibrationSource;
  /** Holds for the whole image; null for `none` and for `ultrasound-region`. */
  spacing: Spacing | null;
  /** Where there are any, nothing has a size outside of them. */
  regions: UltrasoundRegion[];
}

/** Projection images: (0028,0030) is not the anatomy's size there unless it was calibrated, PS3.3 sections 10.7.1 and C.8.7.5. */
const PROJECTION = new Set(['CR', 'DX', 'MG', 'XA', 'RF', 'IO', 'PX', 'RG']);
const CENTIMETRES = 3;
const TWO_DIMENSIONAL = 1;

/** Where the size of a pixel comes from, in a given frame (from 1). */
export function readCalibration(dataset: Attributes, frame: number, modality: string): Calibration {
  return createCalibrationReader(dataset, modality)(frame);
}

/** As {@link readCalibration}, for many frames: the regions are read once. */
export function createCalibrationReader(dataset: Attributes, modality: string): (frame: number) => Calibration {
  const regions = dataset.items('00186011').flatMap(readRegion);
  // Seconds and velocities lie in such a picture too: a pixel spacing for all of it would call them millimetres.
  if (dataset.items('00186011').length > 0) {
    const measurable = regions.some(({ spacing, axes }) => spacing !== null || axes !== null);
    const calibration: Calibration = { source: measurable ? 'ultrasound-region' : 'none', spacing: null, regions };
    return () => calibration;
  }
  return (frame) => readSpacing(dataset, frame, modality);
}

function readSpacing(dataset: Attributes, frame: number, modality: string): Calibration {
  const regions: UltrasoundRegion[] = [];
  const measures = functionalGroup(dataset, frame, '00289110');
  const spacing = findSpacing(measures, '00280030');
  const detector = findSpacing(dataset, '00181164');
  const calibrationType = findString(dataset, '00280A02');
  if (spacing !== null) {
    if (calibrationType === 'FIDUCIAL') return { source: 'fiducial', spacing, regions };
    if (calibrationType === 'GEOMETRY') return { source: 'geometry', spacing, regions };
    if (!PROJECTION.has(modality)) return { source: 'pixel-spacing', spacing, regions };
    // Different from the detector's, somebody corrected it but did not say how (PS3.3 section 10.7.1.3).
    if (detector !== null && !sameSpacing(spacing, detector)) return { source: 'geometry', spacing, regions };
  }
  const atDetector = detector ?? spacing;
  if (atDetector !== null) return projected(atDetector, findNumber(dataset, '00181114', 'DS'));
  const scanned = findSpacing(dataset, '00182010');
  return scanned === null
    ? { source: 'none', spacing: null, regions }
    : { source: 'scanned-film', spacing: scanned, regions };
}

function projected(spacing: Spacing, magnification: number | undefined): Calibration {
  if (magnification === undefined || magnification < 1) return { source: 'detector', spacing, regions: [] };
  const corrected = { rowMm: spacing.rowMm / magnification, columnMm: spacing.columnMm / magnification };
  return { source: 'magnification', spacing: corrected, regions: [] };
}

/** The first value is from row to row, the second from column to column, PS3.3 section 10.7.1.3. */
function findSpacing(attributes: Attributes, tag: string): Spacing | null {
  const [rowMm, columnMm] = attributes.numbers(tag, 'DS');
  return rowMm !== undefined && columnMm !== undefined && rowMm > 0 && columnMm > 0 ? { rowMm, columnMm } : null;
}

function sameSpacing(one: Spacing, other: Spacing): boolean {
  return Math.abs(one.rowMm / other.rowMm - 1) < 1e-3 && Math.abs(one.columnMm / other.columnMm - 1) < 1e-3;
}

function readRegion(item: Attributes): UltrasoundRegion[] {
  const number = (tag: string, vr: 'US' | 'UL' | 'FD') => findNumber(item, tag, vr);
  const minX = number('00186018', 'UL');
  const minY = number('0018601A', 'UL');
  const maxX = number('0018601C', 'UL');
  const maxY = number('0018601E', 'UL');
  const columnMm = Math.abs(number('0018602C', 'FD') ?? 0) * 10;
  const rowMm = Math.abs(number('0018602E', 'FD') ?? 0) * 10;
  const measurable =
    number('00186012', 'US') === TWO_DIMENSIONAL &&
    number('00186024', 'US') === CENTIMETRES &&
    number('00186026', 'US') === CENTIMETRES;
  if (minX === undefined || minY === undefined || maxX === undefined || maxY === undefined) return [];
  const priority = ((number('00186016', 'UL') ?? 0) & 1) === 0;
  const spacing = measurable && columnMm > 0 && rowMm > 0 ? { rowMm, columnMm } : null;
  return [{ minX, minY, maxX, maxY, spacing, axes: readRegionAxes(item), priority }];
}
