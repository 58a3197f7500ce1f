/** One deflection: its peak is `atS` after that of R; a normal curve. */
interface Wave {
  atS: number;
  deviationS: number;
}

/** Where the deflections of one beat lie. ST is what raises or lowers the stretch between QRS and T. */
export const WAVES = {
  p: { atS: -0.16, deviationS: 0.021 },
  q: { atS: -0.027, deviationS: 0.0095 },
  r: { atS: 0, deviationS: 0.0115 },
  s: { atS: 0.028, deviationS: 0.0105 },
  st: { atS: 0.1, deviationS: 0.055 },
  t: { atS: 0.25, deviationS: 0.052 },
} as const satisfies Record<string, Wave>;
export type WaveName = keyof typeof WAVES;

/** Amplitudes of one lead, mV. */
export type LeadShape = Partial<Record<WaveName, number>>;

/** Beyond this many deviations a deflection is less than a count. */
const REACH = 4.5;

/** Adds one beat to a lead, in microvolts. ST and T follow R closer where beats do (QT shortens with RR). */
export function addBeat(samplesUv: Float64Array, shape: LeadShape, at: { rS: number; rrS: number; rateHz: number }) {
  const hurry = Math.sqrt(Math.min(1.1, Math.max(0.5, at.rrS)) / 0.85);
  for (const [name, { atS, deviationS }] of Object.entries(WAVES) as [WaveName, Wave][]) {
    const amplitudeUv = (shape[name] ?? 0) * 1000;
    if (amplitudeUv === 0) continue;
    const isLate = name === 'st' || name === 't';
    const centerS = at.rS + atS * (isLate ? hurry : 1);
    const widthS = deviationS * (isLate ? hurry : 1);
    const first = Math.max(0, Math.floor((centerS - REACH * widthS) * at.rateHz));
    const last = Math.min(samplesUv.length - 1, Math.ceil((centerS + REACH * widthS) * at.rateHz));
    for (let index = first; index <= last; index += 1)
      samplesUv[index] =
        (samplesUv[index] ?? 0) + amplitudeUv * Math.exp(-0.5 * ((index / at.rateHz - centerS) / widthS) ** 2);
  }
}
