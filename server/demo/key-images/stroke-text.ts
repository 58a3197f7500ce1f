/*
 * Letters as lines: the server may run on a machine without a single font, and drawing text there would say so on standard
 * error, where every line is JSON. On a grid of 4 × 6, SVG path data.
 */
const GLYPHS: Record<string, string> = {
  '0': 'M1 0H3L4 1V5L3 6H1L0 5V1Z',
  '1': 'M1 1L2 0V6M1 6H3',
  '2': 'M0 1L1 0H3L4 1V2L0 6H4',
  '3': 'M0 0H4L2 2.4L4 4V5L3 6H1L0 5',
  '4': 'M3 6V0L0 4H4',
  '5': 'M4 0H0V2.5H3L4 3.5V5L3 6H0',
  '6': 'M4 0H2L0 2.5V5L1 6H3L4 5V3.5L3 2.6H0',
  '7': 'M0 0H4L1.5 6',
  '8': 'M1 0H3L4 1V2L3 2.8H1L0 2V1ZM1 2.8L0 3.8V5L1 6H3L4 5V3.8L3 2.8',
  '9': 'M4 2.8H1L0 2V1L1 0H3L4 1V3.5L2 6H0',
  I: 'M1 0H3M2 0V6M1 6H3',
  V: 'M0 0L2 6L4 0',
  R: 'M0 6V0H3L4 1V2L3 3H0M2 3L4 6',
  L: 'M0 0V6H4',
  F: 'M0 6V0H4M0 3H3',
  H: 'M0 0V6M4 0V6M0 3H4',
  U: 'M0 0V5L1 6H3L4 5V0',
  a: 'M4 2.5V6M4 3.5L3 2.5H1L0 3.5V5L1 6H3L4 5',
  m: 'M0 6V2.5M0 3.2L1 2.5L2 3.2V6M2 3.2L3 2.5L4 3.2V6',
  s: 'M4 2.8L3 2.5H1L0 3.2L1 4.2H3L4 5L3 6H0',
  u: 'M0 2.5V5L1 6H3L4 5M4 2.5V6',
  '/': 'M4 0L0 6',
  '.': 'M1.8 5.6H2.2V6H1.8Z',
  '-': 'M1 3.2H3',
  ' ': '',
};
const ADVANCE = 5.6;

/** One line of text as an SVG element, its upper left corner at the point. @throws Error for a letter that is not drawn here. */
export function strokeText(text: string, at: { x: number; y: number }, heightPx: number, colour: string): string {
  const scale = heightPx / 6;
  const letters = [...text].map((letter, index) => {
    const glyph = GLYPHS[letter];
    if (glyph === undefined) throw new Error(`no glyph for ${letter}`);
    return `<path transform="translate(${index * ADVANCE} 0)" d="${glyph || 'M0 0'}"/>`;
  });
  return `<g transform="translate(${at.x} ${at.y}) scale(${scale})" fill="none" stroke="${colour}" stroke-width="0.75">${letters.join('')}</g>`;
}
