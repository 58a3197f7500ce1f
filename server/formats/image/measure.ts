import type { Calibration, CalibrationSource, Spacing, UltrasoundRegion } from './calibration.ts';
import type { ImageDescription } from './image.ts';
import type { RegionAxes } from './region-axes.ts';

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
  const foremost = foremostFirst(regions);
  const found = foremost.findIndex((region) => region.spacing !== null && points.every((at) => contains(region, at)));
  const inFront = foremost.slice(0, Math.max(found, 0));
  const covered = inFront.some((region) => region.spacing === null && points.some((at) => contains(region, at)));
  const spacing = covered ? null : (foremost[found]?.spacing ?? null);
  return spacing === null ? { spacing, source: 'none' } : { spacing, source: 'ultrasound-region' };
}

function foremostFirst(regions: UltrasoundRegion[]): UltrasoundRegion[] {
  return [...regions].sort(
    (one, other) => Number(other.priority) - Number(one.priority) || areaOf(one) - areaOf(other),
  );
}

/** The axes of the one curve in which all the points lie; null where they lie in none, or in two regions. */
function axesAt({ regions }: Calibration, points: ImagePoint[]): RegionAxes | null {
  const foremost = foremostFirst(regions);
  const [first, ...others] = points.map((point) => foremost.find((region) => contains(region, point)));
  return first && others.every((other) => other === first) ? first.axes : null;
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

/** A quantity of a curve, never negative. */
export interface CurveValue {
  value: number;
  unit: string;
}

/** From one point of a curve to another, each direction in its own unit: together they make no distance. */
export interface CurveDifference {
  horizontal: CurveValue | null;
  vertical: CurveValue | null;
  /** The vertical difference a second, where the horizontal one is a time; null where no time passes. */
  slope: CurveValue | null;
}

/**
 * Times, depths, velocities in an M-mode, a Doppler spectrum or a waveform (PS3.3 section C.8.5.5).
 *
 * @returns null where the points do not lie in one such region; {@link measureLength} then says what there is.
 */
export function measureCurve(image: ImageDescription, start: ImagePoint, end: ImagePoint): CurveDifference | null {
  const axes = axesAt(image.calibration, [start, end]);
  if (axes === null) return null;
  const { horizontal, vertical } = axes;
  const across = horizontal && { value: Math.abs(end.x - start.x) * horizontal.perPixel, unit: horizontal.unit };
  const down = vertical && { value: Math.abs(end.y - start.y) * vertical.perPixel, unit: vertical.unit };
  const hasSlope = across?.unit === 'ms' && across.value > 0 && down;
  return { horizontal: across, vertical: down, slope: hasSlope ? perSecond(down, across.value) : null };
}

function perSecond({ value, unit }: CurveValue, timeMs: number): CurveValue {
  return { value: (value * 1000) / timeMs, unit: unit.endsWith('/s') ? `${unit}²` : `${unit}/s` };
}

/** The angle at `vertex` between the directions to `start` and `end`, 0 to 180 degrees; null where a side has no length, and in a curve. */
export function measureAngle(
  image: ImageDescription,
  start: ImagePoint,
  vertex: ImagePoint,
  end: ImagePoint,
): Angle | null {
  // Between a time and a velocity lies no angle: it would change with the speed of the paper.
  if (axesAt(image.calibration, [start, vertex, end]) !== null) return null;
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
