import { type Attributes, findNumber } from '../dicom/attributes.ts';
import { readCode } from './code.ts';

/** Powers of ten from a unit to the microvolt; UCUM, and the names that devices write instead. */
const EXPONENTS = new Map([
  ['nv', -3],
  ['nanovolt', -3],
  ['uv', 0],
  ['µv', 0],
  ['μv', 0],
  ['microvolt', 0],
  ['microvolts', 0],
  ['mv', 3],
  ['millivolt', 3],
  ['millivolts', 3],
  ['v', 6],
  ['volt', 6],
  ['volts', 6],
]);

export interface UvScale {
  uvPerCount: number;
  offsetUv: number;
}

/** `uv`: in microvolts. `other`: some other unit than a voltage. `none`: nothing says what a count is worth. */
export type ChannelScale = { kind: 'uv'; scale: UvScale } | { kind: 'other'; unit: string } | { kind: 'none' };

/**
 * What a count of a channel is worth, PS3.3 C.10.9.1.4: count × (003A,0210) sensitivity × (003A,0212) correction factor +
 * (003A,0213) baseline, all in the unit of (003A,0211). The baseline is in that unit too, not in counts. Without
 * sensitivity or unit there is no scale, and none is guessed; without correction it is 1, without baseline 0.
 */
export function channelScale(channel: Attributes): ChannelScale {
  const [units] = channel.items('003A0211');
  const sensitivity = findNumber(channel, '003A0210', 'DS');
  const unit = readCode(units);
  const exponent = EXPONENTS.get(unit.value.toLowerCase()) ?? EXPONENTS.get(unit.meaning.toLowerCase());
  if (exponent === undefined) {
    const name = unit.value === '' ? unit.meaning : unit.value;
    return name === '' ? { kind: 'none' } : { kind: 'other', unit: name };
  }
  const correction = findNumber(channel, '003A0212', 'DS') ?? 1;
  const baseline = findNumber(channel, '003A0213', 'DS') ?? 0;
  const uvPerCount = shifted((sensitivity ?? 0) * correction, exponent);
  const offsetUv = shifted(baseline, exponent);
  if (uvPerCount === 0 || !Number.isFinite(uvPerCount) || !Number.isFinite(offsetUv)) return { kind: 'none' };
  return { kind: 'uv', scale: { uvPerCount, offsetUv } };
}

/** In decimal, so that 0.00122 mV is 1.22 µV and not 1.2199999999999998. */
function shifted(value: number, exponent: number): number {
  const [digits = '0', power = '0'] = value.toExponential().split('e');
  return Number(`${digits}e${Number(power) + exponent}`);
}
