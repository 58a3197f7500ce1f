import Papa from 'papaparse';
import { Failure } from '../../contract/failure.ts';
import { hasHeading } from './arrange.ts';
import { cellOf, MAX_CELL_LENGTH, MAX_TABLE_COLUMNS, MAX_TABLE_ROWS, type RawRow, type TableShape } from './table.ts';

/** Byte order marks (Unicode 15, section 23.8) and the encodings that they stand for. */
const MARKS: readonly { bytes: readonly number[]; encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/**
 * Reads a table of text. Encodings: as the byte order mark says; without one UTF-8 or else GB18030, whichever gives headings that are
 * known. Commas, tabs and semicolons are told apart by themselves.
 * @throws Failure invalid-message / table-encoding, table-unknown, too-large / table-too-large
 */
export function readCsv(bytes: Uint8Array, shape: TableShape): RawRow[] {
  const marked = MARKS.find(({ bytes: mark }) => mark.every((byte, at) => bytes[at] === byte));
  if (!marked && bytes.includes(0)) throw new Failure('invalid-message', 'not a text', { reason: 'table-unknown' });
  const encodings = marked ? [marked.encoding] : ['utf-8', 'gb18030'];
  const texts = encodings.flatMap((encoding) => decoded(bytes, encoding) ?? []);
  const tables = texts.map(splitLines);
  const table = tables.find((rows) => hasHeading(rows, shape)) ?? tables[0];
  if (!table) throw new Failure('invalid-message', `not ${encodings.join(' or ')}`, { reason: 'table-encoding' });
  return table;
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (err) {
    if (err instanceof TypeError) return undefined;
    throw err;
  }
}

function splitLines(text: string): RawRow[] {
  const { data } = Papa.parse<string[]>(text, {
    delimitersToGuess: [',', '\t', ';', '，'],
    preview: MAX_TABLE_ROWS + 20,
  });
  return data.map((fields, index) => {
    if (fields.length > MAX_TABLE_COLUMNS || fields.some((field) => field.length > MAX_CELL_LENGTH))
      throw new Failure('too-large', 'too many columns, or too much in one', { reason: 'table-too-large' });
    return { line: index + 1, cells: fields.map((field) => cellOf(unescaped(field))) };
  });
}

/** Takes back the apostrophe that our own tables put before what Excel would run as a formula. */
function unescaped(field: string): string {
  return /^'[=+\-@\t\r]/.test(field) ? field.slice(1) : field;
}
