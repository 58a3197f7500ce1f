/** A file that opens quickly over a line has two ends from its beginning: ISO 32000-2 annex F. */
const HEAD_BYTES = 1024;
/** pdf.js nests what it gives a few levels deep. */
const MAX_DEPTH = 40;

/** Whether pages or words of before a change still stand in the file: each saving on top adds another end. */
export function hasEarlierVersion(bytes: Uint8Array): boolean {
  const isLinearized = count(bytes.subarray(0, HEAD_BYTES), '/Linearized') > 0;
  return count(bytes, 'startxref') > (isLinearized ? 2 : 1);
}

/** Whether the file says in clear that there are scripts or other files in it, wherever they hang. */
export const namesHidden = (bytes: Uint8Array): boolean =>
  count(bytes, '/EmbeddedFile') > 0 || count(bytes, '/JavaScript') > 0;

function count(bytes: Uint8Array, word: string): number {
  const [first = 0, ...rest] = new TextEncoder().encode(word);
  let found = 0;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1))
    if (rest.every((byte, index) => bytes[at + 1 + index] === byte)) found += 1;
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
