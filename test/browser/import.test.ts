import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { makeFirstLink } from '../../server/accounts/founding.ts';
import { assertAccessible } from '../support/accessible.ts';
import { carrySession, launchBrowser, openPerson, type Person } from '../support/browser.ts';
import { createClient, signIn } from '../support/client.ts';
import { csvOf, xlsxOf } from '../support/import-file.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import { answerCase, button, concludeAgreement, followSlip, sendWrittenCase, toSection } from './new-network.ts';

const PASSWORD = 'eleven quiet herons';
const FINDINGS = '右肺下叶见实性结节。';
const [PROVINCE, COUNTY] = ['北江省人民医院', '北山县人民医院'];
const facilityHead = (['name', 'tier', 'region6', 'parent'] as const).map((one) =>
  zh(`imports:columns.facilities.${one}`),
);
const FACILITIES = [
  facilityHead,
  [COUNTY, zh('terms:tier.county'), 230126, PROVINCE],
  ['柳河卫生院', zh('terms:tier.township'), 230126, COUNTY],
  ['错误医院', '特级', 23, '不在册'],
];
const SPECIALTY = '放射科';
const DEPARTMENTS = [
  (['facility', 'department', 'code', 'answers'] as const).map((one) => zh(`imports:columns.departments.${one}`)),
  [PROVINCE, SPECIALTY, '32', '是'],
];
const UNKNOWN = '工号';
const personHead = (['name', 'login', 'title', 'role', 'facility', 'specialty'] as const).map((one) =>
  zh(`imports:columns.people.${one}`),
);
const PEOPLE = [
  [...personHead, UNKNOWN],
  ['孙小梅', 'sun.xiaomei', '主治医师', zh('terms:role.physician'), COUNTY, '内科', '1'],
  ['阿依古丽·买买提', 'ayiguli', '主任医师', zh('terms:role.specialist'), PROVINCE, SPECIALTY, '2'],
];

/** From an empty network to a signed opinion, by a workbook and a table of text. */
describe('a network that is imported', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  let person: Person;
  let physicianCode = '';
  let specialistCode = '';
  before(async () => {
    server = await startServer({ environment: { DEMO: '0' } });
    const first = await makeFirstLink(server.database, new Date());
    assert.ok(first && 'made' in first);
    await createClient(server.url, '').call('network:found', {
      body: {
        secret: first.made.secret,
        facility: { name: PROVINCE, tier: 'province', region6: '230100' },
        administrator: { login: 'wang.li', name: '王丽', password: PASSWORD },
      },
    });
    const admin = await signIn(server.url, 'wang.li', PASSWORD);
    browser = await launchBrowser();
    person = await openPerson(browser, server.url);
    await carrySession(person.context, admin.cookie, server.url);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  async function enter(path: string): Promise<Page> {
    const { page } = await openPerson(browser, server.url);
    await page.goto(path);
    return page;
  }
  const chooseFile = (page: Page, name: string, bytes: Uint8Array) =>
    page
      .getByTestId('import-file')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });

  it('[IM1] is checked, corrected in part, imported, and handed over on slips', async () => {
    const { page } = person;
    await page.goto('/administration');
    await toSection(page, 'import');
    await button(page, zh('imports:choose')).waitFor();
    await assertAccessible(page);

    await chooseFile(page, '说明.csv', csvOf([['备注'], ['无']]));
    await page.getByText(zh('failures:reason.table-columns-missing')).waitFor();
    await page.getByText(zh('imports:columns.facilities.tier')).first().waitFor();

    await chooseFile(page, '机构.xlsx', await xlsxOf(FACILITIES));
    await page.locator('.import-faults').getByText(zh('imports:faults.tier-unknown')).waitFor();
    const apply = button(page, zh('imports:result.apply', { count: 2 }));
    assert.ok(await apply.isDisabled());
    await page.getByLabel(zh('imports:result.filterState')).selectOption('new');
    assert.equal(await page.locator('.ant-table-row').count(), 2);
    await page.getByLabel(zh('imports:result.filterState')).selectOption('');
    await page.getByLabel(zh('imports:result.filterReason')).selectOption('tier-unknown');
    assert.equal(await page.locator('.ant-table-row').count(), 1);
    await assertAccessible(page);
    await page.getByLabel(zh('imports:result.skipFaulty', { count: 1 })).check();
    await apply.click();
    await page.getByRole('heading', { name: zh('imports:done.title') }).waitFor();

    await button(page, zh('imports:done.again')).click();
    await page.getByLabel(zh('imports:kind'), { exact: true }).selectOption('departments');
    await chooseFile(page, '科室.csv', csvOf(DEPARTMENTS, { mark: true }));
    await button(page, zh('imports:result.apply', { count: 1 })).click();
    await page.getByRole('heading', { name: zh('imports:done.title') }).waitFor();

    await button(page, zh('imports:done.again')).click();
    await page.getByLabel(zh('imports:kind'), { exact: true }).selectOption('people');
    await chooseFile(page, '人员.csv', csvOf(PEOPLE, { encoding: 'gb18030' }));
    await page.getByText(zh('imports:result.ignored', { columns: UNKNOWN })).waitFor();
    await button(page, zh('imports:result.apply', { count: 2 })).click();
    await page.getByRole('heading', { name: zh('imports:done.title') }).waitFor();
    await assertAccessible(page);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => {
      window.print = () => {
        document.body.dataset['printed'] = document.querySelector('.link-slips-paper')?.textContent ?? '';
      };
    });
    await page.emulateMedia({ media: null });
    await button(page, zh('accounts:slips.print')).click();
    await page.locator('body[data-printed]').waitFor();
    const printed = (await page.locator('body').getAttribute('data-printed')) ?? '';
    const codes = await page.getByTestId('imported-code').allTextContents();
    assert.equal(codes.length, 2);
    for (const code of codes) assert.ok(printed.includes(code));
    [physicianCode = '', specialistCode = ''] = codes;

    await button(page, zh('imports:done.again')).click();
    await chooseFile(page, '人员.csv', csvOf(PEOPLE, { encoding: 'gb18030' }));
    await page.getByText(zh('imports:result.unchangedOnly')).waitFor();
    assert.deepEqual(
      person.faults.filter((fault) => !fault.includes('Failed to load resource')),
      [],
    );
  });

  it('works: the two hospitals agree, each person chooses a password, and an opinion is signed between them', async () => {
    const { page } = person;
    await toSection(page, 'agreements');
    await concludeAgreement(page, COUNTY, PROVINCE);
    const [physician, specialist] = await Promise.all([enter('/set-password'), enter('/set-password')]);
    await followSlip(physician, physicianCode, 'sun.xiaomei', PASSWORD);
    await followSlip(specialist, specialistCode, 'ayiguli', PASSWORD);
    const path = await sendWrittenCase(physician, PROVINCE, SPECIALTY);
    await answerCase(specialist, path, FINDINGS, PASSWORD);
    await physician.goto(`${path}/report`);
    const report = physician.getByTestId('report');
    for (const text of [FINDINGS, '阿依古丽·买买提']) await report.getByText(text).first().waitFor();
    await physician.getByText(zh('report:signature.valid')).waitFor();
  });
});
