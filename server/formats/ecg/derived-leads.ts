import { isOffScale } from './lead-samples.ts';
import type { EcgGroup, EcgLead } from './record.ts';

const NO_SAMPLE = -(2 ** 31);
/** Where leads I and II are not of one scale: fine enough for any amplifier, and ±2 V fit. */
const FINE_UV = 0.001;

/**
 * What the limb leads I and II say of the others: III by Einthoven's law, aVR, aVL and aVF by Goldberger's, all from the same two
 * differences. `twice`: how often I and II are taken, in halves.
 */
const FORMULAS = [
  { name: 'III', formula: 'III = II − I', twiceI: -2, twiceII: 2 },
  { name: 'aVR', formula: 'aVR = −(I + II)/2', twiceI: -1, twiceII: -1 },
  { name: 'aVL', formula: 'aVL = I − II/2', twiceI: 2, twiceII: -1 },
  { name: 'aVF', formula: 'aVF = II − I/2', twiceI: -1, twiceII: 2 },
] as const;

/**
 * Adds the limb leads that the file lacks, where I and II were sampled together: devices store eight leads and draw twelve. They
 * are exact wherever I and II are of one scale, and have no sample where either of the two has none or is off the scale.
 */
export function withDerivedLeads(group: EcgGroup): EcgGroup {
  const one = group.leads.find(({ name }) => name === 'I');
  const two = group.leads.find(({ name }) => name === 'II');
  if (!one || !two || one.skewS !== two.skewS) return group;
  const missing = FORMULAS.filter(({ name }) => !group.leads.some((lead) => lead.name === name));
  return { ...group, leads: [...group.leads, ...missing.map((formula) => derive(one, two, formula))] };
}

function derive(one: EcgLead, two: EcgLead, { name, formula, twiceI, twiceII }: (typeof FORMULAS)[number]): EcgLead {
  const isOneScale = one.uvPerCount === two.uvPerCount;
  const scaleOf = ({ uvPerCount }: EcgLead) => (isOneScale ? 1 : uvPerCount / FINE_UV);
  const [ofOne, ofTwo] = [twiceI * scaleOf(one), twiceII * scaleOf(two)];
  const counts = new Int32Array(one.counts.length);
  for (const [index, count] of one.counts.entries()) {
    const other = two.counts[index] ?? 0;
    const isKnown =
      count !== one.paddingCount && other !== two.paddingCount && !isOffScale(one, count) && !isOffScale(two, other);
    counts[index] = isKnown ? Math.round(ofOne * count + ofTwo * other) : NO_SAMPLE;
  }
  const { filters, skewS, uvPerCount } = one;
  return {
    name,
    source: { value: '', scheme: '', meaning: formula },
    uvPerCount: (isOneScale ? uvPerCount : FINE_UV) / 2,
    // Adding 0 makes a 0 of -0.
    offsetUv: (twiceI * one.offsetUv + twiceII * two.offsetUv) / 2 + 0,
    paddingCount: NO_SAMPLE,
    minCount: null,
    maxCount: null,
    skewS,
    filters,
    formula,
    counts,
  };
}
