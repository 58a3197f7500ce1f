import type { Shape } from '../../server/contract/review.ts';
import type { review } from '../i18n/zh-CN/review.ts';
import type { ShapeName, ShapeOf } from './shape-type.ts';

/** A length and an angle are told by their units; everything else has a word of `review:measure`. */
export type Quantity = 'length' | 'angle' | Exclude<keyof (typeof review)['measure'], 'pending' | 'separator'>;

export interface MeasuredValue {
  quantity: Quantity;
  value: number;
  unit: string;
  fractionDigits: number;
}

export interface Measurement {
  values: MeasuredValue[];
  /** What millimetres rest on, named in the person's language; undefined where no value depends on it. */
  calibration: string | undefined;
  /** Some values wait for pixels that are not there at full quality yet. */
  pending: boolean;
}

/** What a picture tells of the shapes that it can measure. */
export type Measures = { readonly [N in ShapeName]?: (shape: ShapeOf<N>) => Measurement };

export const NOTHING_MEASURED: Measurement = { values: [], calibration: undefined, pending: false };

/** Of a shape that the picture cannot measure: no values. */
export function measureWith(measures: Measures, shape: Shape): Measurement {
  const measure = measures[shape.kind] as ((shape: Shape) => Measurement) | undefined;
  return measure?.(shape) ?? NOTHING_MEASURED;
}

/** The same, each shape once: a shape is replaced, never altered. What is pending is asked for again. */
export function createMeasuring(measures: () => Measures): (shape: Shape) => Measurement {
  const known = new WeakMap<Shape, Measurement>();
  return (shape) => {
    const before = known.get(shape);
    if (before) return before;
    const measurement = measureWith(measures(), shape);
    if (!measurement.pending) known.set(shape, measurement);
    return measurement;
  };
}

/** While the picture is not there yet. */
export function pendingMeasures(...names: ShapeName[]): Measures {
  const wait = (): Measurement => ({ ...NOTHING_MEASURED, pending: true });
  return Object.fromEntries(names.map((name) => [name, wait]));
}
