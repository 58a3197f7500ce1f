/** A file that opens quickly over a line has two ends from its beginning: ISO 32000-2 annex F. */
const HEAD_BYTES = 1024;
/** pdf.js nests what it gives a few levels deep. */
const MAX_DEPTH = 40;

/** Whether pages or words of before a change still stand in the file: each saving on top adds another end. */
export function hasEarlierVersion(bytes: Uint8Array): boolean {
  const isLinearized = offsetsOf(bytes.subarray(0, HEAD_BYTES), '/Linearized').length > 0;
  const ends = offsetsOf(bytes, 'startxref');
  return ends.length - countEmpty(bytes, ends) > (isLinearized ? 2 : 1);
}

/** A table of no objects, behind the end before it: from the trailer on to its own end. */
const EMPTY_SECTION = /%%EOF\s+xref\s+0\s+0\s+trailer\s*<<((?:(?!\bobj\b|\bxref\b)[\s\S])*)>>\s*$/;
/** Longer than any trailer. */
const SECTION_BYTES = 4096;

/** Office ends its files twice: the second table names one that is an object before the first end (ISO 32000-2, 7.5.8.4). */
function countEmpty(bytes: Uint8Array, ends: readonly number[]): number {
  return ends.filter((end, index) => {
    const before = ends[index - 1];
    if (before === undefined || end - before > SECTION_BYTES) return false;
    const [, trailer] = EMPTY_SECTION.exec(String.fromCharCode(...bytes.subarray(before, end))) ?? [];
    const table = /\/XRefStm\s+(\d+)/.exec(trailer ?? '')?.[1];
    return trailer !== undefined && (table === undefined || Number(table) < before);
  }).length;
}

/** Whether the file says in clear that there are scripts or other files in it, wherever they hang. */
export const namesHidden = (bytes: Uint8Array): boolean =>
  ['/EmbeddedFile', '/JavaScript'].some((word) => offsetsOf(bytes, word).length > 0);

function offsetsOf(bytes: Uint8Array, word: string): number[] {
  const [first = 0, ...rest] = new TextEncoder().encode(word);
  const found: number[] = [];
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1))
    if (rest.every((byte, index) => bytes[at + 1 + index] === byte)) found.push(at);
  return found;
}

/** All strings of a value, whatever holds them. */
export function addTexts(value: unknown, texts: string[], depth = 0): void {
  if (typeof value === 'string') texts.push(value);
  else if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || depth > MAX_DEPTH) return;
  else
    for (const part of value instanceof Map ? value.values() : Object.values(value)) addTexts(part, texts, depth + 1);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** XML as it is meant: letters may be written by their numbers. */
export const decodeEntities = (xml: string): string =>
  xml.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
