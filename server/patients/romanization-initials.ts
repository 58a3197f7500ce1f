/**
 * First letters with which a Mandarin initial is written in the romanisations that names in China bear: pinyin and slips of it,
 * Wade-Giles, and those of Cantonese, Hokkien and Hakka (陈: Chen, Ch'en, Chan, Tan, Chin). Wide on purpose.
 */
const LETTERS: Record<string, string> = {
  b: 'bpv',
  p: 'pb',
  m: 'mb',
  f: 'fhbpv',
  d: 'dt',
  t: 'tdh',
  n: 'nlr',
  l: 'lnr',
  g: 'gkqchj',
  k: 'kghf',
  h: 'hwoufknglye',
  j: 'jcgktzhq',
  q: 'qckthjyxzs',
  x: 'xhsckjytfz',
  zh: 'zctjd',
  ch: 'ctszjd',
  sh: 'sxhcz',
  r: 'rjylnieg',
  z: 'zctjs',
  c: 'ctzsq',
  s: 'sxcht',
  y: 'yinjgewhuvaok',
  w: 'wonmvbyughfk',
};

const INITIAL = /^(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])/;
/** Of syllables that begin with a vowel: 欧 is au, 安 on and ngan. */
const VOWEL = 'aeonhyuwig';

/** Whether a written syllable may be one that sounds so in Mandarin, by its first letter alone. */
export function couldSound(mandarin: string, written: string): boolean {
  const initial = INITIAL.exec(mandarin)?.[0] ?? '';
  return (LETTERS[initial] ?? VOWEL).includes(written.charAt(0));
}
