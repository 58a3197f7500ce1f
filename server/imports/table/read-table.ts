import { Failure } from '../../contract/failure.ts';
import { arrange } from './arrange.ts';
import { readCsv } from './csv.ts';
import { MAX_TABLE_BYTES, type Table, type TableShape } from './table.ts';
import { readXlsx } from './xlsx.ts';

const startsWith = (bytes: Uint8Array, magic: readonly number[]) => magic.every((byte, at) => bytes[at] === byte);
/** APPNOTE.TXT 4.3.7: a ZIP file's first entry. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** MS-CFB 2.2: the container of Excel before 2007, and of whatever Excel has encrypted. */
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];

/**
 * Reads a file of rows, CSV or XLSX as its content says.
 * @throws Failure invalid-message or too-large with a reason `table-…`
 */
export async function readTable(bytes: Uint8Array, shape: TableShape): Promise<Table> {
  if (bytes.length === 0) throw new Failure('invalid-message', 'no bytes', { reason: 'table-empty' });
  if (bytes.length > MAX_TABLE_BYTES)
    throw new Failure('too-large', `more than ${MAX_TABLE_BYTES} bytes`, { reason: 'table-too-large' });
  if (startsWith(bytes, COMPOUND_FILE))
    throw new Failure('invalid-message', 'an old or an encrypted workbook', { reason: 'table-old-excel' });
  return arrange(startsWith(bytes, ZIP) ? await readXlsx(bytes, shape) : readCsv(bytes, shape), shape);
}
