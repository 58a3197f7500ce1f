import { decodeIso2022 } from './iso-2022.ts';
import { decode, decodeStrictly } from './text-decoder.ts';

/** The Specific Character Set (0008,0005) in force for a value. Multi-valued: code extensions by escape sequences. */
export type CharacterSets = readonly string[];

/** Not a defined term: text that {@link inferCharacterSets} found to be GBK, or UTF-8, whatever the file declares. */
export const UNDECLARED_GBK: CharacterSets = ['undeclared GBK'];
export const UNDECLARED_UTF8: CharacterSets = ['undeclared UTF-8'];

/** Number of the ISO registration → label of the Encoding Standard, for the single-byte sets of PS3.3 table C.12-2. */
const SINGLE_BYTE: Record<string, string> = {
  '6': 'iso-8859-1',
  '13': 'shift_jis',
  '100': 'iso-8859-1',
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '126': 'iso-8859-7',
  '127': 'iso-8859-6',
  '138': 'iso-8859-8',
  '144': 'iso-8859-5',
  '148': 'windows-1254',
  '166': 'windows-874',
  '203': 'iso-8859-15',
};

/** Without code extensions (PS3.3 table C.12-5), and the names that devices write for them. */
const WHOLE: Record<string, string> = {
  GB18030: 'gb18030',
  GBK: 'gbk',
  GB2312: 'gbk',
  'UTF-8': 'utf-8',
  UTF8: 'utf-8',
  [UNDECLARED_UTF8[0] ?? '']: 'utf-8',
};

/** `ISO_IR 100`, `ISO 2022 IR 100` and the misspelt `ISO-IR 100` give `100`. */
function registration(term: string): string | undefined {
  return /^ISO[ _-]?(?:2022[ _-])?IR[ _-]?(\d+)$/i.exec(term.trim())?.[1];
}

/**
 * Decodes a whole value, PS3.5 section 6.1: split it into values only afterwards, since a byte 5CH may be half of a
 * character. Never throws: what cannot be read becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array, sets: CharacterSets, personName = false): string {
  if (bytes.every((byte) => byte < 0x80 && byte !== 0x1b)) return decode('iso-8859-1', bytes);
  if (sets === UNDECLARED_GBK) return decodeStrictly('gbk', bytes) ?? decode('iso-8859-1', bytes);
  const first = sets[0] ?? '';
  const whole = WHOLE[first.trim().toUpperCase()] ?? WHOLE[first];
  if (whole !== undefined) return decode(whole, bytes);
  const number = registration(first);
  if (number === '192') return decode('utf-8', bytes);
  const initial = number === undefined ? undefined : SINGLE_BYTE[number];
  const extended = sets.length > 1 || bytes.includes(0x1b) || (number !== undefined && initial === undefined);
  if (!extended) return decode(initial ?? 'iso-8859-1', bytes);
  return decodeIso2022(bytes, {
    initial: initial ?? 'iso-8859-1',
    // High bytes that no escape sequence announced belong to the first set that has any.
    fallback: sets.map(registration).find((set) => set === '149' || set === '58') === '149' ? 'euc-kr' : 'gbk',
    ascii: number === undefined || number === '6' || initial === undefined,
    personName,
  });
}

/**
 * Chinese devices often write GBK (or UTF-8) and declare nothing, or Latin-1. Given all text values of a dataset that
 * declares one of those, tells what they are written in; undefined: as declared.
 *
 * A Latin-1 value can be read as GBK almost always ("Äneas" is C4 6E …, a valid pair), so validity proves nothing. Taken as
 * proof is only what Latin-1 names do not contain: two or more pairs of high bytes in one run (王小明 but not Kößler, Größe or
 * ÑÁÑEZ), or one such pair standing alone (王^…). One such value settles it for the dataset, so that 头CT beside it is
 * read too. UTF-8 is told by its three-byte sequences, which neither of the others forms by chance.
 */
export function inferCharacterSets(declared: CharacterSets, values: Iterable<Uint8Array>): CharacterSets | undefined {
  const latin = declared.every((term) =>
    ['', '6', '100'].includes(term.trim() === '' ? '' : (registration(term) ?? '?')),
  );
  if (!latin) return undefined;
  let inferred: CharacterSets | undefined;
  for (const value of values) {
    if (!value.some((byte) => byte >= 0x80)) continue;
    if (/[\u2e80-\uffef]/.test(decodeStrictly('utf-8', value) ?? '')) return UNDECLARED_UTF8;
    if (hasGbkRun(value)) inferred = UNDECLARED_GBK;
  }
  return inferred;
}

function hasGbkRun(value: Uint8Array): boolean {
  if (decodeStrictly('gbk', value) === undefined) return false;
  let position = 0;
  while (position < value.length) {
    const start = position;
    let highPairs = 0;
    let pairs = 0;
    while ((value[position] ?? 0) >= 0x81 && position + 1 < value.length) {
      pairs += 1;
      if ((value[position + 1] ?? 0) >= 0x80) highPairs += 1;
      position += 2;
    }
    if (highPairs >= 2) return true;
    if (pairs === 1 && highPairs === 1 && !isWordByte(value[start - 1]) && !isWordByte(value[position])) return true;
    if (position === start) position += 1;
  }
  return false;
}

function isWordByte(byte: number | undefined): boolean {
  return byte !== undefined && (byte >= 0x80 || /\w/.test(String.fromCharCode(byte)));
}
