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

/** One calibrated area of an ultrasound image, PS3.3 C.8.5.5; corners in pixels, both included. */
export interface UltrasoundRegion extends Spacing {
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
  /** Only two-dimensional tissue regions measured in centimetres. */
  regions: UltrasoundRegion[];
}
