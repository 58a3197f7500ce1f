import i18next from 'i18next';
import type { Point } from '../../server/contract/picture.ts';
import { type MeasuredValue, type Measurement, type Measures, pendingMeasures } from '../shapes/measurement.ts';
import type { PixelSize } from './magnification.ts';

const UM_PER_MM = 1000;
/** A tenth of a square millimetre. */
const LARGE_AREA_UM2 = 1e5;

/** Lengths and areas on a slide; in pixels where the file does not say how large they are. undefined: it is not there yet. */
export function slideMeasures(umPerPixel: PixelSize | null | undefined): Measures {
  if (umPerPixel === undefined) return pendingMeasures('length', 'ellipse', 'polygon');
  const { x: unitX, y: unitY } = umPerPixel ?? { x: 1, y: 1 };
  const scaled = ({ x, y }: Point): Point => ({ x: x * unitX, y: y * unitY });
  const length = umPerPixel ? lengthInUm : lengthInPx;
  const area = umPerPixel ? areaInUm2 : areaInPx2;
  const calibration = i18next.t(`pathology:calibration.${umPerPixel ? 'slide' : 'none'}`);
  const told = (...values: MeasuredValue[]): Measurement => ({ values, calibration, pending: false });
  return {
    length: ({ start, end }) => told(length('length', distance(scaled(start), scaled(end)))),
    ellipse(shape) {
      const [start, end] = [scaled(shape.start), scaled(shape.end)];
      return told(area((Math.PI * Math.abs((end.x - start.x) * (end.y - start.y))) / 4));
    },
    polygon(shape) {
      const points = shape.points.map(scaled);
      return told(area(enclosed(points)), length('perimeter', around(points)));
    },
  };
}

function lengthInUm(quantity: 'length' | 'perimeter', um: number): MeasuredValue {
  if (um >= UM_PER_MM) {
    const mm = um / UM_PER_MM;
    return { quantity, value: mm, unit: 'mm', fractionDigits: mm < 10 ? 3 : 2 };
  }
  return { quantity, value: um, unit: 'µm', fractionDigits: um < 100 ? 1 : 0 };
}

function lengthInPx(quantity: 'length' | 'perimeter', px: number): MeasuredValue {
  return { quantity, value: px, unit: 'px', fractionDigits: px < 100 ? 1 : 0 };
}

function areaInUm2(um2: number): MeasuredValue {
  if (um2 >= LARGE_AREA_UM2) {
    const mm2 = um2 / UM_PER_MM ** 2;
    return { quantity: 'area', value: mm2, unit: 'mm²', fractionDigits: mm2 < 10 ? 3 : 2 };
  }
  return { quantity: 'area', value: um2, unit: 'µm²', fractionDigits: um2 < 100 ? 1 : 0 };
}

function areaInPx2(px2: number): MeasuredValue {
  return { quantity: 'area', value: px2, unit: 'px²', fractionDigits: 0 };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

const next = (points: Point[], index: number): Point => points[(index + 1) % points.length] as Point;

/** The shoelace formula: exact for every polygon that does not cross itself. */
function enclosed(points: Point[]): number {
  const [origin = { x: 0, y: 0 }] = points;
  // Counted from a corner: far from the slide's origin the products would cancel badly.
  const local = points.map(({ x, y }) => ({ x: x - origin.x, y: y - origin.y }));
  const twice = local.reduce((sum, point, index) => {
    const after = next(local, index);
    return sum + point.x * after.y - after.x * point.y;
  }, 0);
  return Math.abs(twice) / 2;
}

function around(points: Point[]): number {
  return points.reduce((sum, point, index) => sum + distance(point, next(points, index)), 0);
}
