import assert from 'node:assert/strict';
import { assertAccessible } from '../support/accessible.ts';
import { submitCase } from '../support/case-journey.ts';
import { patient } from '../support/make-case.ts';
import { zh } from '../support/zh.ts';
import { type Office, openOffice } from './office.ts';

describe('looking for a patient', function () {
  this.timeout(180_000);
  let office: Office;

  before(async () => {
    office = await openOffice();
    const doctor = await office.server.signIn('county-doctor');
    await submitCase(doctor);
    const papers = {
      document: 'none',
      absence: 'not-at-hand',
      note: '',
      phoneAbsent: true,
      estimatedAgeYears: null,
    } as const;
    for (const name of ['张小燕', '章丽', patient.name])
      await submitCase(doctor, { patient: { ...patient, name, idNumber: '', phone: '', papers } });
  });
  after(() => office?.close());
  afterEach(() => office.leave());

  it('finds one by the keyboard alone, opens the patient, shows the full number for a while, and leaves no name in an address', async () => {
    const { page } = await office.enterAs('county-doctor');
    await page.getByRole('link', { name: zh('shell:nav.patients') }).click();
    await page.getByRole('heading', { name: zh('patients:start.title') }).waitFor();
    await assertAccessible(page, 'before anything is typed');
    await page.keyboard.press('/');
    await page.keyboard.type('zh');
    await page.locator('.patient-row').nth(3).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.type(patient.idNumber);
    await page.locator('.patient-number[data-matched="true"]').waitFor();
    await page.locator('.patient-row').nth(1).waitFor({ state: 'detached' });
    assert.match((await page.locator('.patient-row').innerText()) ?? '', /张\*国/);
    await assertAccessible(page, 'a patient in the list');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '张*国' }).waitFor();
    assert.ok(!(await page.locator('main').innerText()).includes(patient.idNumber));
    await page.getByRole('button', { name: zh('case:reveal') }).click();
    await page.getByText(patient.idNumber).waitFor();
    await page.getByText(patient.name, { exact: true }).waitFor();
    await assertAccessible(page, 'a patient, revealed');
    assert.doesNotMatch(decodeURIComponent(page.url()) + (await page.title()), /张|zhang|2301/);
    await page.getByRole('button', { name: zh('case:hide') }).click();
    await page.getByText(patient.idNumber).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: zh('patients:page.back') }).click();
    await page.getByRole('link', { name: zh('patients:open', { label: '张*国' }) }).waitFor();
    const box = page.getByRole('searchbox', { name: zh('patients:search') });
    await box.fill('欧阳');
    await page.getByRole('heading', { name: zh('patients:none.title') }).waitFor();
    await box.fill(patient.phone);
    await page.locator('.patient-number[data-matched="true"]').waitFor();
    await page.getByRole('link', { name: zh('patients:open', { label: '张*国' }) }).click();
    await page.getByRole('link', { name: /HZ/ }).click();
    await page.getByRole('heading', { name: zh('case:sections.patient') }).waitFor();
  });

  it('puts two entries of one person side by side, joins them, parts them again, and prints who looked', async () => {
    const { page } = await office.enterAs('county-doctor', '/patients');
    await page.addInitScript(() => {
      window.print = () => Object.assign(window, { __printed: document.querySelectorAll('.ledger tbody tr').length });
    });
    await page.getByRole('searchbox', { name: zh('patients:search') }).fill(patient.idNumber);
    await page.getByRole('link', { name: zh('patients:open', { label: '张*国' }) }).click();
    await page.getByRole('heading', { name: zh('patients:duplicates.title') }).waitFor();
    await assertAccessible(page, 'two entries side by side');
    await page.getByRole('button', { name: zh('patients:duplicates.mergeLabel', { label: '张*国' }) }).click();
    await page.getByRole('dialog').getByRole('textbox').fill('身份证已补');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: zh('patients:duplicates.confirm') })
      .click();
    await page.getByRole('heading', { name: zh('patients:merges.title') }).waitFor();
    assert.equal(await page.getByRole('link', { name: /HZ/ }).count(), 2);
    await page.getByRole('heading', { name: zh('patients:duplicates.title') }).waitFor({ state: 'detached' });
    await assertAccessible(page, 'joined');
    await page.getByRole('button', { name: zh('patients:merges.undoLabel', { label: '张*国' }) }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: zh('patients:merges.undo') })
      .click();
    await page.getByRole('heading', { name: zh('patients:duplicates.title') }).waitFor();
    assert.equal(await page.getByRole('link', { name: /HZ/ }).count(), 1);
    await page.getByRole('link', { name: zh('patients:page.openLedger') }).click();
    await page.locator('.ledger tbody tr').first().waitFor();
    await assertAccessible(page, 'the ledger');
    await page.reload();
    await page.getByRole('button', { name: zh('patients:ledger.print') }).click();
    await page.waitForFunction(() => Number(Reflect.get(window, '__printed')) > 2);
    await page.getByRole('link', { name: zh('patients:ledger.back') }).click();
    await page.getByRole('link', { name: /HZ/ }).click();
    await page.getByRole('button', { name: zh('case:viewers.open') }).click();
    await page.locator('.case-viewer').nth(1).waitFor();
    await assertAccessible(page, 'who can see the case');
  });

  it('says so where the connection fails, and where the patient is nobody’s whom one may see', async () => {
    const { page } = await office.enterAs('specialist-2', '/patients');
    await page.route('**/api/patients/search', (route) => route.abort());
    await page.getByRole('searchbox', { name: zh('patients:search') }).fill('张');
    await page.getByRole('button', { name: zh('retry') }).waitFor({ timeout: 20_000 });
    await page.unroute('**/api/patients/search');
    await page.getByRole('button', { name: zh('retry') }).click();
    await page.locator('.patient-row').first().waitFor();
    await page.goto('/patients/11111111-1111-4111-8111-111111111111');
    await page.getByText(zh('patients:page.gone.title')).waitFor();
  });
});
