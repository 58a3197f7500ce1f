import ExcelJS from 'exceljs';
import { strFromU8, unzipSync, zipSync } from 'fflate';
import { Failure } from '../../contract/failure.ts';
import {
  type Cell,
  cellOf,
  MAX_CELL_LENGTH,
  MAX_TABLE_COLUMNS,
  MAX_TABLE_ROWS,
  type RawRow,
  type TableShape,
} from './table.ts';

/** What the parts of a workbook may be together once they are inflated: a full table of ours is a tenth of it. */
const MAX_INFLATED_BYTES = 48 * 1024 ** 2;
/** A title and a note above the headings, and lines without a word. */
const MAX_SHEET_ROWS = MAX_TABLE_ROWS + 1_000;

/** The parts that hold cells (ECMA-376, part 1, section 18): no pictures, macros, links to elsewhere, pivot tables. */
const PARTS =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[^/]+\.xml)$/;

/** What lies around the cells of a sheet. Merged ranges among it: the library would walk through each of their cells, be they 17 billion. */
const AROUND_CELLS = [
  'mergeCells',
  'dataValidations',
  'conditionalFormatting',
  'hyperlinks',
  'drawing',
  'legacyDrawing',
  'picture',
  'tableParts',
  'extLst',
  'autoFilter',
  'rowBreaks',
  'colBreaks',
];

/**
 * Reads the sheet of a workbook that is called as the shape says, or else the first one that is shown.
 * @throws Failure invalid-message / table-damaged, table-empty, too-large / table-too-large
 */
export async function readXlsx(bytes: Uint8Array, shape: TableShape): Promise<RawRow[]> {
  const parts = inflate(bytes);
  if (!parts['xl/workbook.xml']) throw new Failure('invalid-message', 'not a workbook', { reason: 'table-unknown' });
  const workbook = new ExcelJS.Workbook();
  try {
    const stored = zipSync(parts, { level: 0 });
    await workbook.xlsx.load(stored.buffer as ArrayBuffer, { ignoreNodes: AROUND_CELLS });
  } catch (err) {
    throw damaged(err);
  }
  const shown = workbook.worksheets.filter(({ state }) => state === 'visible');
  const sheet = shown.find(({ name }) => shape.sheets.includes(name.trim())) ?? shown[0];
  if (!sheet) throw new Failure('invalid-message', 'no sheet', { reason: 'table-empty' });
  return readSheet(sheet, mergedRanges(parts[partOf(parts, sheet.id) ?? '']));
}

/** Nothing is inflated beyond the size that its entry declares, and these are bounded together. */
function inflate(bytes: Uint8Array): Record<string, Uint8Array> {
  let inflatedBytes = 0;
  let isTooLarge = false;
  try {
    const parts = unzipSync(bytes, {
      filter({ name, originalSize }) {
        if (!PARTS.test(name)) return false;
        inflatedBytes += originalSize;
        isTooLarge ||= inflatedBytes > MAX_INFLATED_BYTES;
        return !isTooLarge;
      },
    });
    if (!isTooLarge) return parts;
  } catch (err) {
    throw damaged(err);
  }
  throw new Failure('too-large', 'the workbook is too large', { reason: 'table-too-large' });
}

function damaged(cause: unknown): Failure {
  return new Failure('invalid-message', 'the workbook cannot be read', { reason: 'table-damaged', cause });
}

function readSheet(sheet: ExcelJS.Worksheet, merged: readonly Range[]): RawRow[] {
  const rows: RawRow[] = [];
  sheet.eachRow({ includeEmpty: false }, (row, line) => {
    if (rows.length >= MAX_SHEET_ROWS || row.cellCount > MAX_TABLE_COLUMNS)
      throw new Failure('too-large', 'too many rows or columns', { reason: 'table-too-large' });
    const cells: Cell[] = [];
    for (let at = 1; at <= row.cellCount; at += 1) {
      const isMerged = merged.some((one) => line >= one.top && line <= one.bottom && at >= one.left && at <= one.right);
      const cell = readValue(row.getCell(at).value);
      if (cell.text.length > MAX_CELL_LENGTH)
        throw new Failure('too-large', 'too much in one cell', { reason: 'table-too-large' });
      cells.push(isMerged ? { ...cell, fault: 'cell-merged' } : cell);
    }
    rows.push({ line, cells });
  });
  return rows;
}

/** Excel keeps 15 digits of a number. */
const LARGEST_EXACT = 1e15;

function readValue(value: ExcelJS.CellValue): Cell {
  if (value === null || value === undefined) return { text: '' };
  if (typeof value === 'string') return cellOf(value);
  if (typeof value === 'number')
    return Math.abs(value) < LARGEST_EXACT ? { text: String(value) } : { text: String(value), fault: 'digits-lost' };
  if (typeof value === 'boolean') return { text: String(value) };
  if (value instanceof Date)
    return { text: Number.isNaN(value.getTime()) ? '' : value.toISOString().slice(0, 10), fault: 'cell-date' };
  if ('richText' in value) return cellOf(value.richText.map(({ text }) => text).join(''));
  if ('error' in value) return { text: String(value.error), fault: 'cell-error' };
  if ('hyperlink' in value) return cellOf(String(value.text));
  const { result } = value as { result?: ExcelJS.CellValue };
  return { text: result === undefined || result === null ? '' : readValue(result).text, fault: 'cell-formula' };
}

/** Where the part of a sheet lies: its number leads to a relationship, and that to the part (ECMA-376, part 1, section 18.2.19; part 2, section 6.5). */
function partOf(parts: Record<string, Uint8Array>, sheetNumber: number): string | undefined {
  const elements = (path: string, name: string) =>
    [...strFromU8(parts[path] ?? new Uint8Array()).matchAll(new RegExp(`<(?:\\w+:)?${name}\\s[^>]*>`, 'g'))].map(
      ([element]) =>
        (attribute: string) =>
          new RegExp(`\\b${attribute}="([^"]*)"`).exec(element)?.[1],
    );
  const sheet = elements('xl/workbook.xml', 'sheet').find((one) => one('sheetId') === String(sheetNumber));
  const target = elements('xl/_rels/workbook.xml.rels', 'Relationship').find((one) => one('Id') === sheet?.('r:id'));
  const path = target?.('Target');
  return path && `xl/${path.replace(/^\/?(xl\/)?/, '')}`;
}

interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/** The merged ranges of a sheet (ECMA-376, part 1, section 18.3.1.55). */
function mergedRanges(sheet: Uint8Array | undefined): Range[] {
  if (!sheet) return [];
  const found = strFromU8(sheet).matchAll(
    /<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g,
  );
  return [...found].map(([, left = '', top, right = '', bottom]) => ({
    top: Number(top),
    bottom: Number(bottom),
    left: columnNumber(left),
    right: columnNumber(right),
  }));
}

/** A is 1, Z 26, AA 27. */
function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
