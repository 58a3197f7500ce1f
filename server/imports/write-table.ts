import { PassThrough, type Readable } from 'node:stream';
import iconv from 'iconv-lite';
import Papa from 'papaparse';
import type { ImportColumn, ImportKind, TableFormat, TableLanguage } from '../contract/index.ts';
import { columnsOf, sheetNameOf } from './shapes.ts';

/** Rows of a table by their columns, in portions. */
export type TableRows = AsyncIterable<readonly Partial<Record<ImportColumn, string>>[]>;

export interface TableSpec {
  kind: ImportKind;
  format: TableFormat;
  language: TableLanguage;
}

export const MEDIA_TYPES: Record<TableFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  'csv-gb18030': 'text/csv; charset=gb18030',
};

/** The bytes of a table, as they are made. */
export function writeTable(spec: TableSpec, rows: TableRows): Readable | AsyncIterable<Uint8Array> {
  return spec.format === 'xlsx' ? writeXlsx(spec, rows) : writeCsv(spec, rows);
}

/** Excel tells UTF-8 by the byte order mark. */
const BYTE_ORDER_MARK = '\uFEFF';

async function* writeCsv({ kind, format, language }: TableSpec, rows: TableRows): AsyncGenerator<Uint8Array> {
  const columns = columnsOf(kind);
  // `=1+1` in somebody's name would run where the file is opened.
  const lines = (data: string[][]) => `${Papa.unparse(data, { escapeFormulae: true })}\r\n`;
  const encode = (text: string) => (format === 'csv' ? Buffer.from(text) : iconv.encode(text, 'gb18030'));
  const headings = lines([columns.map(([, heading]) => heading[language])]);
  yield encode(format === 'csv' ? BYTE_ORDER_MARK + headings : headings);
  for await (const portion of rows)
    if (portion.length > 0) yield encode(lines(portion.map((row) => columns.map(([column]) => row[column] ?? ''))));
}

const COLUMN_WIDTH = 24;
/** How Excel names the format of text: what is typed stays as it is. */
const AS_TEXT = '@';

function writeXlsx({ kind, language }: TableSpec, rows: TableRows): Readable {
  const out = new PassThrough();
  void (async () => {
    // Loaded where somebody takes a workbook: the server starts sooner without.
    const { default: ExcelJS } = await import('exceljs');
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true });
    const sheet = workbook.addWorksheet(sheetNameOf(kind, language), { views: [{ state: 'frozen', ySplit: 1 }] });
    const columns = columnsOf(kind);
    sheet.columns = columns.map(([column, heading]) => ({
      key: column,
      header: heading[language],
      width: COLUMN_WIDTH,
      style: heading.isCode ? { numFmt: AS_TEXT } : {},
    }));
    sheet.getRow(1).font = { bold: true };
    for await (const portion of rows) {
      for (const row of portion) sheet.addRow(row).commit();
      await new Promise((resolve) => setImmediate(resolve));
    }
    sheet.commit();
    await workbook.commit();
  })().catch((err: unknown) => out.destroy(err as Error));
  return out;
}
