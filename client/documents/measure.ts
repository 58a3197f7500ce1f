import i18next from 'i18next';
import type { Shape } from '../../server/contract/review.ts';
import type { Measurement } from '../review/viewer.ts';
import type { PageSource } from './page-source.ts';

/**
 * A length on a photograph, in its pixels: nothing says how large the skin was that it shows. On paper nothing is measured, and an
 * outline only points something out.
 */
export function measureShape(shape: Shape, unit: PageSource['unit'] | undefined): Measurement {
  if (shape.kind !== 'length' || unit !== 'pixel') return { values: [], calibration: undefined, pending: false };
  const value = Math.hypot(shape.end.x - shape.start.x, shape.end.y - shape.start.y);
  return {
    values: [{ quantity: 'length', value, unit: 'px', fractionDigits: value < 100 ? 1 : 0 }],
    calibration: i18next.t('documents:calibration'),
    pending: false,
  };
}
