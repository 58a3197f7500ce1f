import type { Calibration, CalibrationSource, Spacing, UltrasoundRegion } from './calibration.ts';
import type { ImageDescription } from './image.ts';

/** In image pixels: (0,0) is the outer corner of the first pixel, x to the right, y down, as in the review contract. */
export interface ImagePoint {
  x: number;
  y: number;
}

/** A measured value with where its scale comes from; in pixels where there is none. */
export interface Length {
  value: number;
  unit: 'mm' | 'px';
  calibration: CalibrationSource;
}

export interface Angle {
  degrees: number;
  /** `none`: pixels were taken to be as the aspect ratio says, since no size is known. */
  calibration: CalibrationSource;
}

/**
 * The scale that holds for all the points. In an ultrasound image they have to lie in one two-dimensional region; where regions
 * overlap, the one with priority counts, then the smaller (PS3.3 section C.8.5.5.1.3). A point whose region has no lengths
 * (M-mode, Doppler) has none, whatever lies beneath.
 */
export function scaleAt(
  calibration: Calibration,
  points: ImagePoint[],
): { spacing: Spacing | null; source: CalibrationSource } {
  const { regions } = calibration;
  if (regions.length === 0) return { spacing: calibration.spacing, source: calibration.source };
  const foremost = [...regions].sort(
    (one, other) => Number(other.priority) - Number(one.priority) || areaOf(one) - areaOf(other),
  );
  const found = foremost.findIndex((region) => region.spacing !== null && points.every((at) => contains(region, at)));
  const inFront = foremost.slice(0, Math.max(found, 0));
  const covered = inFront.some((region) => region.spacing === null && points.some((at) => contains(region, at)));
  const spacing = covered ? null : (foremost[found]?.spacing ?? null);
  return spacing === null ? { spacing, source: 'none' } : { spacing, source: 'ultrasound-region' };
}

/** The corners are pixels and belong to the region, so it ends at the outer edge of the last one. */
function contains(region: UltrasoundRegion, { x, y }: ImagePoint): boolean {
  return x >= region.minX && x <= region.maxX + 1 && y >= region.minY && y <= region.maxY + 1;
}

function areaOf({ minX, minY, maxX, maxY }: UltrasoundRegion): number {
  return (maxX - minX) * (maxY - minY);
}

/** Distance between two points; in pixels it counts steps, whatever their shape. */
export function measureLength(image: ImageDescription, start: ImagePoint, end: ImagePoint): Length {
  const { spacing, source } = scaleAt(image.calibration, [start, end]);
  const across = end.x - start.x;
  const down = end.y - start.y;
  if (spacing === null) return { value: Math.hypot(across, down), unit: 'px', calibration: source };
  return { value: Math.hypot(across * spacing.columnMm, down * spacing.rowMm), unit: 'mm', calibration: source };
}

/** The angle at `vertex` between the directions to `start` and `end`, 0 to 180 degrees; null where a side has no length. */
export function measureAngle(
  image: ImageDescription,
  start: ImagePoint,
  vertex: ImagePoint,
  end: ImagePoint,
): Angle | null {
  const { spacing, source } = scaleAt(image.calibration, [start, vertex, end]);
  const { vertical, horizontal } = image.pixelAspectRatio;
  const { rowMm, columnMm } = spacing ?? { rowMm: vertical, columnMm: horizontal };
  const to = (point: ImagePoint) => ({ x: (point.x - vertex.x) * columnMm, y: (point.y - vertex.y) * rowMm });
  const one = to(start);
  const other = to(end);
  if (Math.hypot(one.x, one.y) === 0 || Math.hypot(other.x, other.y) === 0) return null;
  // Stable for small angles too, where the cosine alone loses its digits.
  const radians = Math.atan2(Math.abs(one.x * other.y - one.y * other.x), one.x * other.x + one.y * other.y);
  return { degrees: (radians * 180) / Math.PI, calibration: source };
}
