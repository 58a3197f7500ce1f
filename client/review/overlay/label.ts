import i18next from 'i18next';
import type { Shape } from '../../../server/contract/review.ts';
import type { MeasuredValue, Measurement } from '../../shapes/measurement.ts';
import { typeOf } from '../../shapes/shapes.ts';

/** What stands beside a shape, line by line: its own words, or the values. What they rest on is said once, in a corner. */
export function labelLines(shape: Shape, measurement: Measurement): string[] {
  const facts = factsOf(shape, measurement);
  return measurement.values.length > 2 ? pairs(facts) : facts;
}

function factsOf(shape: Shape, { values, pending }: Measurement): string[] {
  const { text } = typeOf(shape);
  if (text) return [text.of(shape)].filter((words) => words !== '');
  return [...values.map(describe), ...(pending ? [i18next.t('review:measure.pending')] : [])];
}

/** What the values rest on, each once. */
export function calibrationsOf(measurements: readonly Measurement[]): string[] {
  const all = [...new Set(measurements.flatMap(({ calibration }) => calibration ?? []))];
  return all.filter((one) => !all.some((other) => other !== one && other.includes(one)));
}

/** One line for the report, a screen reader or a list: `ellipse: mean …, …`. */
export function measurementText(shape: Shape, measurement: Measurement): string {
  const kind = i18next.t(`review:shape.${shape.kind}`);
  const { calibration } = measurement;
  const facts = [...factsOf(shape, measurement), ...(calibration === undefined ? [] : [calibration])];
  const text = facts.join(i18next.t('review:measure.separator'));
  // QT names itself already.
  if (facts[0]?.startsWith(kind)) return text;
  return facts.length === 0 ? kind : `${kind} ${text}`;
}

function pairs(facts: string[]): string[] {
  const lines: string[] = [];
  for (let index = 0; index < facts.length; index += 2) lines.push(facts.slice(index, index + 2).join('  '));
  return lines;
}

function describe({ quantity, value, unit, fractionDigits }: MeasuredValue): string {
  const number = `${value.toFixed(fractionDigits)}${unit === '°' ? '' : ' '}${unit}`.trimEnd();
  if (quantity === 'length' || quantity === 'angle') return number;
  return `${i18next.t(`review:measure.${quantity}`)} ${number}`;
}
