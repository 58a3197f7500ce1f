/** A4, points. */
export const PAGE = { width: 595, height: 842 };

export type Mark =
  | { text: string; x: number; y: number; size: number; align?: 'left' | 'centre' }
  | { line: [x1: number, y1: number, x2: number, y2: number]; width: number };

/** Chinese characters are as wide as high, everything else half of that. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, character) => sum + (isHalf(character) ? size / 2 : size), 0);
}
const isHalf = (character: string): boolean => character.charCodeAt(0) < 0x100;

const FONT = 2;
/** Adobe-GB1: the first 95 characters are Latin, drawn half as wide as the others. */
const OBJECTS = [
  '<</Type/Catalog/Pages 5 0 R>>',
  '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[3 0 R]>>',
  '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>' +
    '/FontDescriptor 4 0 R/DW 1000/W[1 95 500 814 939 500]>>',
  '<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>',
  '<</Type/Pages/Count 1/Kids[6 0 R]>>',
  `<</Type/Page/Parent 5 0 R/MediaBox[0 0 ${PAGE.width} ${PAGE.height}]/Resources<</Font<</F ${FONT} 0 R>>>>/Contents 7 0 R>>`,
];

/** One page of text and lines (ISO 32000-1), y upwards from its lower edge. The song typeface is the reader's own, as laboratories leave it. */
export function writePdf(marks: Mark[]): Uint8Array {
  const content = marks.map(operatorsOf).join('\n');
  const objects = [...OBJECTS, `<</Length ${content.length}>>\nstream\n${content}\nendstream`];
  let text = '%PDF-1.5\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const trailer = `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${text.length}\n%%EOF\n`;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`;
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

function operatorsOf(mark: Mark): string {
  if ('line' in mark) {
    const [x1, y1, x2, y2] = mark.line;
    return `${mark.width} w ${x1} ${y1} m ${x2} ${y2} l S`;
  }
  const { text, y, size, align } = mark;
  const x = align === 'centre' ? mark.x - widthOf(text, size) / 2 : mark.x;
  return `BT /F ${size} Tf ${x} ${y} Td <${Buffer.from(text, 'utf16le').swap16().toString('hex')}> Tj ET`;
}
