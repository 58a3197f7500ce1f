import i18next from 'i18next';
import type { Point } from '../../server/contract/picture.ts';
import type { Shape } from '../../server/contract/review.ts';
import {
  type MeasuredValue,
  type Measurement,
  type Measures,
  NOTHING_MEASURED,
  pendingMeasures,
} from '../shapes/measurement.ts';
import type { ShapeOf } from '../shapes/shape-type.ts';
import { marchOut, qtcBazett, qtcFridericia, rateOfRr, readCaliper } from './calipers.ts';
import { toLeadPoint } from './place.ts';

/** What measuring needs to know of a group; an `OpenGroup` has it. */
export interface MeasuredGroup {
  originality: 'ORIGINAL' | 'DERIVED';
  sampleRateHz: number;
  durationS: number;
  leads: readonly unknown[];
}

/** What can be measured on an ECG. undefined group: the record is not there yet. */
export function ecgMeasures(group: MeasuredGroup | undefined): Measures {
  if (!group) return pendingMeasures('caliper', 'qt');
  const told = (name: 'caliper' | 'qt', values: MeasuredValue[]): Measurement =>
    values.length === 0 ? NOTHING_MEASURED : { values, calibration: calibrationText(name, group), pending: false };
  return {
    caliper: (shape) => told('caliper', caliperValues(shape, group)),
    qt: (shape) => told('qt', qtValues(shape, group)),
  };
}

/**
 * A caliper does not know what it lies on: its rate is one only from beat to beat, and is called so. Below 240 ms (250 a minute)
 * it lies on a PR interval or a QRS complex, and there is none.
 */
const SHORTEST_RR_MS = 240;

/** In one beat that the device computed there is no second one: no RR, no rate. */
const hasBeats = ({ originality }: MeasuredGroup): boolean => originality === 'ORIGINAL';

function caliperValues({ start, end }: ShapeOf<'caliper'>, group: MeasuredGroup): MeasuredValue[] {
  const [from, to] = [toLeadPoint(start, group.leads.length), toLeadPoint(end, group.leads.length)];
  const { durationMs, ratePerMinute, amplitudeUv } = readCaliper({
    startMs: start.x,
    endMs: end.x,
    startUv: from.amplitudeUv,
    endUv: to.amplitudeUv,
  });
  return [
    milliseconds('duration', durationMs),
    ...(hasBeats(group) && durationMs >= SHORTEST_RR_MS ? perMinute('rate-if-rr', ratePerMinute) : []),
    // Between two leads there is no voltage to speak of.
    ...(from.lead === to.lead
      ? [{ quantity: 'amplitude' as const, value: amplitudeUv / 1000 + 0, unit: 'mV', fractionDigits: 2 }]
      : []),
  ];
}

function qtValues({ previousOnset, onset, tEnd }: ShapeOf<'qt'>, group: MeasuredGroup): MeasuredValue[] {
  const qtMs = tEnd.x - onset.x;
  if (!(qtMs > 0)) return [];
  const rrMs = onset.x - previousOnset.x;
  const rate = rateOfRr(rrMs);
  if (!hasBeats(group) || rate === undefined) return [milliseconds('qt', qtMs)];
  return [
    milliseconds('qt', qtMs),
    milliseconds('rr', rrMs),
    ...perMinute('rate', rate),
    milliseconds('qtc-bazett', qtcBazett(qtMs, rrMs) ?? Number.NaN),
    milliseconds('qtc-fridericia', qtcFridericia(qtMs, rrMs) ?? Number.NaN),
  ];
}

function milliseconds(quantity: MeasuredValue['quantity'], value: number): MeasuredValue {
  return { quantity, value, unit: 'ms', fractionDigits: 0 };
}

function perMinute(quantity: 'rate' | 'rate-if-rr', value: number | undefined): MeasuredValue[] {
  const unit = i18next.t('ecg:device.perMinute');
  return value === undefined ? [] : [{ quantity, value, unit, fractionDigits: 0 }];
}

function calibrationText(kind: 'caliper' | 'qt', group: MeasuredGroup): string {
  const rests = kind === 'caliper' ? 'rateAndSensitivity' : 'rate';
  const text = i18next.t(`ecg:calibration.${rests}`, { rate: group.sampleRateHz });
  return hasBeats(group) ? text : `${i18next.t('ecg:calibration.derived')} · ${text}`;
}

/** Where a caliper that marches puts its marks over the record, besides its own legs. */
export function marchPoints(shape: Shape, group: MeasuredGroup | undefined): Point[] {
  if (shape.kind !== 'caliper' || !shape.march || !group || !hasBeats(group)) return [];
  const { start, end } = shape;
  return marchOut({ startMs: start.x, endMs: end.x }, 0, group.durationS * 1000)
    .filter((timeMs) => Math.abs(timeMs - start.x) > 1e-6 && Math.abs(timeMs - end.x) > 1e-6)
    .map((timeMs) => ({ x: timeMs, y: start.y }));
}
