import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Client } from '../support/client.ts';
import { submitCase } from '../support/submit-case.ts';
import { zh, zhPattern } from '../support/zh.ts';
import { type Office, openOffice } from './office.ts';

describe('what a case leaves in the record', function () {
  this.timeout(180_000);
  let office: Office;
  let physician: Client;

  before(async () => {
    office = await openOffice();
    physician = await office.server.signIn('county-doctor');
  });
  after(() => office?.close());
  afterEach(() => office.leave());

  it('opens the patient’s full numbers on request only, to those who answer for the case, and writes that into the record', async () => {
    const { consultationId } = await submitCase(physician);
    const specialist = await office.enterAs('specialist', `/consultations/${consultationId}`);
    const { page } = specialist;
    await page.getByText('110***********002X').waitFor();
    assert.equal(await page.getByRole('button', { name: zh('case:reveal') }).count(), 0, 'before accepting');
    await page.getByRole('button', { name: zh('case:actions.accept') }).click();
    await page.getByRole('button', { name: zh('case:reveal') }).waitFor();
    assert.doesNotMatch((await page.locator('.case-side').textContent()) ?? '', /11010519491231002X|13812345678/);
    await page.getByRole('button', { name: zh('case:reveal') }).click();
    await page.getByText('11010519491231002X').waitFor();
    await page.getByText('13812345678').waitFor();
    const auditor = await office.server.signIn('auditor');
    const reads = await auditor.call('audit:accesses', { query: { consultationId } });
    assert.ok(reads.some(({ subjectKind, actorName }) => subjectKind === 'patient' && actorName === '陈致远'));
  });

  it('lets the auditor follow one case in plain words and verify the chain', async () => {
    const { consultationId, caseNumber } = await submitCase(physician);
    await (await office.server.signIn('specialist')).call('consultation:read', { params: { consultationId } });
    const auditor = await office.enterAs('auditor');
    const { page } = auditor;
    await page.getByRole('button', { name: caseNumber }).first().click();
    await page.getByRole('button', { name: zh('audit:filterCase', { caseNumber }) }).waitFor();
    const rows = page.locator('.ant-table-row');
    await rows.filter({ hasText: zh('audit:actions.consultation-submit') }).waitFor();
    assert.ok((await rows.allTextContents()).every((text) => text.includes(caseNumber)));
    const columns = await page.locator('.ant-table-thead th').allTextContents();
    const shown = await rows.evaluateAll((found) =>
      found.map((row) =>
        [...row.querySelectorAll('td:not(.ant-table-row-expand-icon-cell)')].map((cell) => cell.textContent),
      ),
    );
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: zh('audit:export') }).click(),
    ]);
    const taken = readCsv(await readFile(await file.path(), 'utf8'));
    const width = shown[0]?.length ?? 0;
    assert.deepEqual(taken[0]?.slice(0, width), columns.slice(-width), 'the columns of the table, in its order');
    assert.deepEqual(
      taken.slice(1).map((row) => row.slice(0, width)),
      shown,
      'its rows, and no others',
    );
    await page.getByRole('tab', { name: zh('audit:tabs.reads') }).click();
    await rows
      .filter({ hasText: '陈致远' })
      .filter({ hasText: zh('audit:basis.duty-pool') })
      .first()
      .waitFor();
    await page.getByRole('button', { name: zh('audit:verify') }).click();
    await page.getByText(zhPattern('audit:valid', { entries: /[\d,]+/, accesses: /[\d,]+/ })).waitFor();
    await page.getByText(zhPattern('audit:anchors', { count: /\d+/, first: /.+/, last: /.+/ })).waitFor();
    // Whoever may write the database cuts the reads off, and their head with them.
    await office.server.database.query('DELETE FROM access_entry');
    await office.server.database.query(
      `UPDATE audit_head SET sequence = 0, hash = '${'0'.repeat(64)}' WHERE headId = 2`,
    );
    await page.getByRole('button', { name: zh('audit:verify') }).click();
    const [trail, range] = [zh('audit:trails.accesses'), zhPattern('audit:several', { from: 1, to: /[\d,]+/ })];
    await page.getByText(zhPattern('audit:faults.missingSince', { trail, range, at: /.+/ })).waitFor();
  });
});

/** The rows of a table that was taken out; see csv.ts. */
function readCsv(text: string): string[][] {
  assert.ok(text.startsWith('\uFEFF') && text.endsWith('\r\n'));
  const lines = text.slice(1, -2).split('\r\n');
  return lines.map((line) =>
    line
      .slice(1, -1)
      .split('","')
      .map((cell) => cell.replaceAll('""', '"')),
  );
}
