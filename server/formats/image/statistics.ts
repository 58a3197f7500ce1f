import type { CalibrationSource } from './calibration.ts';
import type { ImageDescription } from './image.ts';
import { type ImagePoint, scaleAt } from './measure.ts';
import { isPadding, modalityValue } from './modality-value.ts';
import type { StoredPixels } from './stored-pixels.ts';

/** Axes parallel to the image's: two opposite corners of its bounding rectangle, in image pixels. */
export interface Ellipse {
  start: ImagePoint;
  end: ImagePoint;
}

export interface RegionStatistics {
  /** Pixels that count. */
  count: number;
  /** In `unit`; null where no pixel counts. */
  mean: number | null;
  /**
   * Standard deviation of the population (divided by the count): the pixels are all there are of the region, no sample of it.
   * So do OsiriX, Horos and Weasis.
   */
  standardDeviation: number | null;
  min: number | null;
  max: number | null;
  /** `rescaleType` of the image: HU for CT; empty: none stated. */
  unit: string;
  areaPx: number;
  /** Of the ellipse as drawn, not of the pixels counted; null: no size known. */
  areaMm2: number | null;
  calibration: CalibrationSource;
}

/**
 * Statistics of the pixels whose centre (column + ½, row + ½) lies inside the ellipse or on it, in the modality's unit. Padding
 * pixels and what lies outside the image do not count. null: the image is in colour, where a mean says nothing.
 */
export function ellipseStatistics(
  pixels: StoredPixels,
  image: ImageDescription,
  ellipse: Ellipse,
): RegionStatistics | null {
  if (pixels.samplesPerPixel !== 1 || pixels.photometricInterpretation === 'PALETTE COLOR') return null;
  const center = { x: (ellipse.start.x + ellipse.end.x) / 2, y: (ellipse.start.y + ellipse.end.y) / 2 };
  const radiusX = Math.abs(ellipse.end.x - ellipse.start.x) / 2;
  const radiusY = Math.abs(ellipse.end.y - ellipse.start.y) / 2;
  const values = valuesInside(pixels, image, center, radiusX, radiusY);
  const { spacing, source } = scaleAt(image.calibration, [ellipse.start, ellipse.end]);
  const areaPx = Math.PI * radiusX * radiusY;
  return {
    ...summary(values),
    unit: image.rescaleType,
    areaPx,
    areaMm2: spacing === null ? null : areaPx * spacing.rowMm * spacing.columnMm,
    calibration: source,
  };
}

function valuesInside(
  pixels: StoredPixels,
  image: ImageDescription,
  center: ImagePoint,
  radiusX: number,
  radiusY: number,
): number[] {
  const values: number[] = [];
  const firstRow = Math.max(0, Math.floor(center.y - radiusY));
  const lastRow = Math.min(pixels.rows - 1, Math.ceil(center.y + radiusY));
  const firstColumn = Math.max(0, Math.floor(center.x - radiusX));
  const lastColumn = Math.min(pixels.columns - 1, Math.ceil(center.x + radiusX));
  for (let row = firstRow; row <= lastRow; row += 1) {
    const y = (row + 0.5 - center.y) / radiusY;
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const x = (column + 0.5 - center.x) / radiusX;
      // An ellipse without width or height gives no number here, and so no pixel.
      if (!(x * x + y * y <= 1)) continue;
      const stored = pixels.data[row * pixels.columns + column] as number;
      if (!isPadding(image, stored)) values.push(modalityValue(image, stored));
    }
  }
  return values;
}

function summary(values: number[]) {
  const count = values.length;
  if (count === 0) return { count, mean: null, standardDeviation: null, min: null, max: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  // Two passes: the sum of squares alone loses its digits where the mean is far from zero.
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  const min = values.reduce((least, value) => Math.min(least, value));
  const max = values.reduce((greatest, value) => Math.max(greatest, value));
  return { count, mean, standardDeviation: Math.sqrt(variance), min, max };
}
