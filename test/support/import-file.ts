import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import Papa from 'papaparse';
import { type ImportKind, type ImportProgress, ImportView } from '../../server/contract/index.ts';
import { type Client, RefusedError } from './client.ts';

type Value = string | number | boolean | Date | null | { formula: string; result: number };

/** A table of text in UTF-8, or as told. */
export function csvOf(rows: Value[][], { encoding = 'utf-8', mark = false } = {}): Uint8Array {
  return new Uint8Array(iconv.encode(Papa.unparse(rows), encoding, { addBOM: mark }));
}

/** A workbook of one sheet. @param merged ranges that are merged */
export async function xlsxOf(rows: Value[][], sheetName = 'Sheet1', merged: string[] = []): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(sheetName);
  for (const row of rows) sheet.addRow(row);
  for (const range of merged) sheet.mergeCells(range);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** Sends a file to be looked at. @throws RefusedError */
export async function checkFile(client: Client, kind: ImportKind, bytes: Uint8Array): Promise<ImportView> {
  const query = new URLSearchParams({ kind, name: '导入.csv', language: 'zh-CN' });
  const response = await client.fetch(`/api/imports?${query}`, { method: 'POST', body: Buffer.from(bytes) });
  const body = await response.json();
  if (response.status !== 201) throw new RefusedError('import:check', response.status, body);
  return ImportView.parse(body);
}

/** Imports what was looked at, step after step. @returns everybody who was invited */
export async function importAll(
  client: Client,
  { importId }: Pick<ImportView, 'importId'>,
  skipFaulty = false,
): Promise<ImportProgress['people']> {
  const people: ImportProgress['people'] = [];
  for (let from = 0; ; ) {
    const answer = await client.call('import:apply', { params: { importId }, body: { from, skipFaulty } });
    people.push(...answer.people);
    from = answer.done;
    if (answer.done === answer.steps) return people;
  }
}

/** What stands in a table that came down. */
export async function readDown(response: Response, encoding = 'utf-8'): Promise<string[][]> {
  const bytes = Buffer.from(await response.arrayBuffer());
  return Papa.parse<string[]>(iconv.decode(bytes, encoding), { skipEmptyLines: true }).data;
}

/** Each row's line, state and what is wrong with it, in short. */
export function shortRows({ rows }: Pick<ImportView, 'rows'>): string[] {
  return rows.map(({ line, state, faults }) =>
    [
      line,
      state,
      ...faults.map(
        ({ column, reason, line: other }) => `${column ?? 'row'}/${reason}${other === null ? '' : `/${other}`}`,
      ),
    ].join(' '),
  );
}
