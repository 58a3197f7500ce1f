import i18next from 'i18next';
import type { CalibrationSource } from '../../server/formats/image/calibration.ts';
import type { ImageDescription } from '../../server/formats/image/image.ts';
import { type CurveDifference, measureAngle, measureCurve, measureLength } from '../../server/formats/image/measure.ts';
import { ellipseStatistics } from '../../server/formats/image/statistics.ts';
import type { StoredPixels } from '../../server/formats/image/stored-pixels.ts';
import {
  type MeasuredValue,
  type Measurement,
  type Measures,
  pendingMeasures,
  type Quantity,
} from '../shapes/measurement.ts';
import type { ShapeOf } from '../shapes/shape-type.ts';
import { valueUnit } from './value-unit.ts';

/** What can be measured on an image. Without pixels, what depends on them is pending. */
export function imageMeasures(image: ImageDescription | undefined, pixels: StoredPixels | undefined): Measures {
  if (!image) return pendingMeasures('length', 'angle', 'ellipse');
  return {
    length(shape) {
      const curve = measureCurve(image, shape.start, shape.end);
      if (curve)
        return { values: curveValues(curve), calibration: calibrationText('ultrasound-region'), pending: false };
      const { value, unit, calibration } = measureLength(image, shape.start, shape.end);
      return {
        values: [{ quantity: 'length', value, unit, fractionDigits: 1 }],
        calibration: calibrationText(calibration),
        pending: false,
      };
    },
    angle(shape) {
      const angle = measureAngle(image, shape.start, shape.vertex, shape.end);
      const values: MeasuredValue[] = angle
        ? [{ quantity: 'angle', value: angle.degrees, unit: '°', fractionDigits: 1 }]
        : [];
      // Where a pixel is known to be square, an angle needs no millimetres.
      return { values, calibration: undefined, pending: false };
    },
    ellipse: (shape) => measureEllipse(shape, image, pixels),
  };
}

/** What differs between two points of a curve, by the unit it is counted in. */
const DIFFERENCES: Record<string, { quantity: Quantity; fractionDigits: number }> = {
  ms: { quantity: 'duration', fractionDigits: 0 },
  mm: { quantity: 'distance', fractionDigits: 1 },
  'cm/s': { quantity: 'velocity', fractionDigits: 1 },
  Hz: { quantity: 'frequency', fractionDigits: 0 },
};

function curveValues({ horizontal, vertical, slope }: CurveDifference): MeasuredValue[] {
  const differences = [horizontal, vertical].flatMap((each) => {
    const known = each && (DIFFERENCES[each.unit] ?? { quantity: 'difference', fractionDigits: 1 });
    return each && known ? [{ ...each, ...known }] : [];
  });
  return slope ? [...differences, { ...slope, quantity: 'slope', fractionDigits: 1 }] : differences;
}

function measureEllipse(
  shape: ShapeOf<'ellipse'>,
  image: ImageDescription,
  pixels: StoredPixels | undefined,
): Measurement {
  if (!pixels) return { values: [], calibration: undefined, pending: true };
  const region = ellipseStatistics(pixels, image, shape);
  if (!region) {
    // Colour: there is an area, but no mean that would say anything.
    const { value: width, unit, calibration } = measureLength(image, shape.start, { x: shape.end.x, y: shape.start.y });
    const { value: height } = measureLength(image, shape.start, { x: shape.start.x, y: shape.end.y });
    const area = (Math.PI * width * height) / 4;
    return { values: [areaValue(area, unit)], calibration: calibrationText(calibration), pending: false };
  }
  const { mean, standardDeviation, min, max, areaMm2, areaPx, calibration } = region;
  const unit = valueUnit(image);
  const values: MeasuredValue[] = [];
  const add = (quantity: MeasuredValue['quantity'], value: number | null, fractionDigits: number): void => {
    if (value !== null) values.push({ quantity, value, unit, fractionDigits });
  };
  const fine = hasFractions(image) ? 2 : 0;
  add('mean', mean, Math.max(1, fine));
  add('deviation', standardDeviation, Math.max(1, fine));
  add('minimum', min, fine);
  add('maximum', max, fine);
  values.push(areaMm2 === null ? areaValue(areaPx, 'px') : areaValue(areaMm2, 'mm'));
  return { values, calibration: calibrationText(calibration), pending: false };
}

function hasFractions(image: ImageDescription): boolean {
  return image.sampleFormat !== 'integer' || !Number.isInteger(image.rescaleSlope);
}

function areaValue(value: number, unit: 'mm' | 'px'): MeasuredValue {
  return { quantity: 'area', value, unit: `${unit}²`, fractionDigits: unit === 'mm' ? 1 : 0 };
}

export function calibrationText(source: CalibrationSource): string {
  return i18next.t(`imaging:calibration.${source}`);
}
