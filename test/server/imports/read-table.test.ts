import assert from 'node:assert/strict';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { Failure } from '../../../server/contract/failure.ts';
import { readTableInThread } from '../../../server/imports/table/read-in-thread.ts';
import { readTable } from '../../../server/imports/table/read-table.ts';
import { MAX_TABLE_BYTES, MAX_TABLE_ROWS, type Table, type TableShape } from '../../../server/imports/table/table.ts';
import { csvOf, xlsxOf } from '../../support/import-file.ts';
import { mutated, seeded } from '../../support/mutations.ts';

const SHAPE: TableShape = {
  columns: {
    name: { headings: ['姓名', 'Name'], isRequired: true },
    code: { headings: ['统一社会信用代码', 'Code'], isRequired: true },
    note: { headings: ['备注', 'Note'], isRequired: false },
  },
  sheets: ['人员', 'People'],
};
/** One character, twenty, a middle dot, characters beyond GBK and beyond the first plane, Mongolian, Uyghur. */
const NAMES = [
  '丁',
  '欧阳上官司马诸葛皇甫尉迟公孙慕容令狐宇文',
  '买买提·吐尔逊',
  '㐂田',
  '𠮷野',
  'ᠪᠠᠭᠠᠲᠤᠷ',
  'مەمەت تۇرسۇن',
];
const ROWS = [['姓名', '统一社会信用代码'], ...NAMES.map((name, index) => [name, `code-${index}`])];

const namesOf = ({ rows }: Table) => rows.map(({ cells }) => cells['name']?.text);

async function reasonOf(bytes: Uint8Array): Promise<string> {
  try {
    await readTable(bytes, SHAPE);
    return 'read';
  } catch (err) {
    assert.ok(err instanceof Failure, String(err));
    return [err.reason, ...(err.fields ?? [])].join(' ');
  }
}

describe('a table that is read', function () {
  this.timeout(180_000);

  it('has the same names in whatever encoding it comes, marked or not, and in Excel', async () => {
    const files: [string, Uint8Array][] = [
      ['UTF-8', csvOf(ROWS)],
      ['UTF-8, marked', csvOf(ROWS, { mark: true })],
      ['GB18030', csvOf(ROWS, { encoding: 'gb18030' })],
      ['UTF-16, as Excel saves “Unicode text”', csvOf(ROWS, { encoding: 'utf-16le', mark: true })],
      ['UTF-16, the other way round', csvOf(ROWS, { encoding: 'utf-16be', mark: true })],
      ['Excel', await xlsxOf(ROWS)],
    ];
    for (const [what, bytes] of files) assert.deepEqual(namesOf(await readTable(bytes, SHAPE)), NAMES, what);
  });

  it('is matched by its headings in either language, in any order, with marks and notes about them', async () => {
    const rows = [
      ['人员导入表', '', ''],
      ['', '', ''],
      ['体重', 'ＣＯＤＥ（18位）', '姓 名 *：'],
      ['60', 'x1', '丁'],
      ['', '', ''],
      ['', '', '王'],
    ];
    for (const bytes of [csvOf(rows), await xlsxOf(rows)]) {
      const table = await readTable(bytes, SHAPE);
      assert.deepEqual([table.columns, table.ignoredColumns], [['code', 'name'], ['体重']]);
      assert.deepEqual(
        table.rows.map(({ line, cells }) => [line, cells['name']?.text, cells['code']?.text]),
        [
          [4, '丁', 'x1'],
          [6, '王', ''],
        ],
      );
    }
  });

  it('says of each cell that it does not hold what was typed: formulas, merged cells, dates, errors, digits that Excel has dropped', async () => {
    const rows = [
      ['姓名', '统一社会信用代码'],
      [{ formula: '1+1', result: 2 }, 'a'],
      [new Date('2026-03-01'), 'b'],
      ['丁', 110105194912310020],
      ['王', 230125],
      ['李', 'c'],
      ['李', 'd'],
    ];
    const table = await readTable(await xlsxOf(rows, 'Sheet1', ['A6:A7']), SHAPE);
    assert.deepEqual(
      table.rows.map(({ cells }) => [cells['name']?.fault, cells['code']?.fault, cells['code']?.text]),
      [
        ['cell-formula', undefined, 'a'],
        ['cell-date', undefined, 'b'],
        [undefined, 'digits-lost', '110105194912310020'],
        [undefined, undefined, '230125'],
        ['cell-merged', undefined, 'c'],
        ['cell-merged', undefined, 'd'],
      ],
    );
    const csv = await readTable(
      csvOf([
        ['姓名', '统一社会信用代码'],
        ['丁', '1.23E+17'],
      ]),
      SHAPE,
    );
    assert.equal(csv.rows[0]?.cells['code']?.fault, 'digits-lost');
  });

  it('is the sheet that is called so, or else the first one that is shown', async () => {
    const ExcelJS = (await import('exceljs')).default;
    const workbook = new ExcelJS.Workbook();
    workbook.addWorksheet('secret', { state: 'hidden' }).addRows([
      ['姓名', 'code'],
      ['隐', '0'],
    ]);
    workbook.addWorksheet('第一').addRows([
      ['姓名', 'code'],
      ['甲', '1'],
    ]);
    const bytes = async () => new Uint8Array(await workbook.xlsx.writeBuffer());
    assert.deepEqual(namesOf(await readTable(await bytes(), SHAPE)), ['甲']);
    workbook.addWorksheet('人员').addRows([
      ['姓名', 'code'],
      ['乙', '2'],
    ]);
    assert.deepEqual(namesOf(await readTable(await bytes(), SHAPE)), ['乙']);
  });

  it('is refused with the reason where it is none, cannot be read for sure, or lacks a column', async () => {
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), csvOf(ROWS, { encoding: 'gb18030' })]);
    const cases: [string, Uint8Array][] = [
      ['table-empty', new Uint8Array()],
      ['table-empty', csvOf([['姓名', 'code']])],
      ['table-encoding', marked],
      ['table-encoding', Buffer.from([0xff, 0xff, 0x20, 0xff])],
      ['table-unknown', Buffer.from('%PDF-1.7\0\0')],
      ['table-old-excel', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
      ['table-damaged', (await xlsxOf(ROWS)).slice(0, 2000)],
      ['table-unknown', zipSync({ 'word/document.xml': Buffer.from('<a/>') })],
      [
        'table-columns-missing code',
        csvOf([
          ['姓名', '电话'],
          ['丁', '1'],
        ]),
      ],
      [
        'table-columns-doubled name',
        csvOf([
          ['姓名', 'name', 'code'],
          ['丁', '丁', '1'],
        ]),
      ],
      ['table-too-large', Buffer.alloc(MAX_TABLE_BYTES + 1, 'a')],
      ['table-too-large', csvOf([['姓名', 'code'], ...Array.from({ length: MAX_TABLE_ROWS + 1 }, () => ['丁', 'x'])])],
      ['table-too-large', csvOf([['姓名', 'code'], Array.from({ length: 80 }, () => 'x')])],
      [
        'table-too-large',
        csvOf([
          ['姓名', 'code'],
          ['x'.repeat(5000), 'x'],
        ]),
      ],
    ];
    for (const [reason, bytes] of cases) assert.equal(await reasonOf(bytes), reason);
  });

  it('is bounded however small it is packed: inflated bytes, rows far below, ranges over the whole sheet', async () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(60 * 1024 ** 2) });
    assert.ok(bomb.length < 1024 ** 2);
    assert.equal(await reasonOf(bomb), 'table-too-large');
    const far = await xlsxOf([
      ['姓名', 'code'],
      ['丁', '1'],
    ]);
    const table = await readTable(
      withSheet(far, (xml) => xml.replace('</sheetData>', FAR_CELLS)),
      SHAPE,
    );
    assert.deepEqual(
      table.rows.map(({ line, cells }) => [line, cells['name']?.fault]),
      [
        [2, 'cell-merged'],
        [1048576, 'cell-merged'],
      ],
    );
  });

  it('never ends the reader by whatever bytes: each file is read or refused with a reason', async () => {
    const random = seeded(20261130);
    const originals = [await xlsxOf(ROWS), csvOf(ROWS), csvOf(ROWS, { encoding: 'gb18030' })];
    const outcomes = new Set<string>();
    for (const original of originals)
      for (let round = 0; round < 120; round += 1) outcomes.add(await reasonOf(mutated(original, random)));
    for (const outcome of outcomes) assert.match(outcome, /^(read|table-[a-z-]+)( \w+)*$/);
    assert.ok(outcomes.size > 3, [...outcomes].join());
  });

  it('is read in a thread alike, and what is wrong with it is told from there', async () => {
    const bytes = csvOf(ROWS, { encoding: 'gb18030' });
    assert.deepEqual(await readTableInThread(bytes, SHAPE), await readTable(bytes, SHAPE));
    await assert.rejects(readTableInThread(csvOf([['姓名'], ['丁']]), SHAPE), {
      reason: 'table-columns-missing',
      fields: ['code'],
    });
  });
});

const FAR_CELLS =
  '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>';

/** The same workbook with another text of its sheet. */
function withSheet(bytes: Uint8Array, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(bytes);
  const path = 'xl/worksheets/sheet1.xml';
  return zipSync({ ...parts, [path]: strToU8(change(strFromU8(parts[path] ?? new Uint8Array()))) });
}
