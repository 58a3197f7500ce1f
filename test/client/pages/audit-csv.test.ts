import assert from 'node:assert/strict';
import { toCsv } from '../../../client/pages/audit/csv.ts';

describe('the audit trail as a table', () => {
  it('opens in a Chinese spreadsheet as UTF-8, with quotes, commas and line ends kept inside their cells', () => {
    const text = toCsv([
      ['序号', '人员'],
      ['1', '李春梅，"主任"\n内科'],
    ]);
    assert.equal(text, '\uFEFF"序号","人员"\r\n"1","李春梅，""主任""\n内科"\r\n');
  });

  it('runs nothing: a cell that would begin a formula is text', () => {
    for (const value of ['=HYPERLINK("http://x")', '+1', '-1+cmd|calc', '@SUM(A1)', '\t=1', '\r=1'])
      assert.ok(toCsv([[value]]).startsWith(`\uFEFF"'${value[0]}`), value);
  });
});
