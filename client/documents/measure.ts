import i18next from 'i18next';
import type { Measures } from '../shapes/measurement.ts';
import type { PageSource } from './page-source.ts';

/**
 * A length on a photograph, in its pixels: nothing says how large the skin was that it shows. On paper nothing is measured, and an
 * outline only points something out.
 */
export function documentMeasures(unit: PageSource['unit'] | undefined): Measures {
  if (unit !== 'pixel') return {};
  return {
    length({ start, end }) {
      const value = Math.hypot(end.x - start.x, end.y - start.y);
      return {
        values: [{ quantity: 'length', value, unit: 'px', fractionDigits: value < 100 ? 1 : 0 }],
        calibration: i18next.t('documents:calibration'),
        pending: false,
      };
    },
  };
}
