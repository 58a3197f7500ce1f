import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { makeFirstLink } from '../../server/accounts/founding.ts';
import { carrySession, launchBrowser, openPerson, type Person } from '../support/browser.ts';
import { submitCase } from '../support/case-journey.ts';
import { type Client, createClient, signIn } from '../support/client.ts';
import { completeAgreement } from '../support/facility-world.ts';
import { csvOf, xlsxOf } from '../support/import-file.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';

const PASSWORD = 'eleven quiet herons';
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
const UNKNOWN = '工号';
const personHead = (['name', 'login', 'title', 'role', 'facility', 'specialty'] as const).map((one) =>
  zh(`imports:columns.people.${one}`),
);
const PEOPLE = [
  [...personHead, UNKNOWN],
  ['孙小梅', 'sun.xiaomei', '主治医师', zh('terms:role.physician'), COUNTY, '内科', '1'],
  ['阿依古丽·买买提', 'ayiguli', '主任医师', zh('terms:role.specialist'), PROVINCE, '放射科', '2'],
];

/** From an empty network to a signed opinion, by a workbook and a table of text. */
describe('a network that is imported', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  let admin: Client;
  let person: Person;
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
    admin = await signIn(server.url, 'wang.li', PASSWORD);
    browser = await launchBrowser();
    person = await openPerson(browser, server.url);
    await carrySession(person.context, admin.cookie, server.url);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  async function assertAccessible(page: Page): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`),
      [],
    );
  }
  const chooseFile = (page: Page, name: string, bytes: Uint8Array) =>
    page
      .getByTestId('import-file')
      .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });

  it('[IM1] is checked, corrected in part, imported, and handed over on slips', async () => {
    const { page } = person;
    await page.goto('/administration');
    await page.getByRole('link', { name: zh('administration:sections.import') }).click();
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
    await page.getByLabel(zh('imports:kind'), { exact: true }).selectOption('people');
    await chooseFile(page, '人员.csv', csvOf(PEOPLE, { encoding: 'gb18030' }));
    await page.getByText(zh('imports:result.ignored', { columns: UNKNOWN })).waitFor();
    await button(page, zh('imports:result.apply', { count: 2 })).click();
    await page.getByRole('heading', { name: zh('imports:done.title') }).waitFor();
    await assertAccessible(page);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => {
      window.print = () => {
        document.body.dataset['printed'] = document.querySelector('.import-slips')?.textContent ?? '';
      };
    });
    await page.emulateMedia({ media: null });
    await button(page, zh('imports:done.print')).click();
    await page.locator('body[data-printed]').waitFor();
    const printed = (await page.locator('body').getAttribute('data-printed')) ?? '';
    const codes = await page.getByTestId('imported-code').allTextContents();
    assert.equal(codes.length, 2);
    for (const code of codes) assert.ok(printed.includes(code));
    for (const secret of codes)
      await createClient(server.url, '').call('password:set', { body: { secret, password: PASSWORD } });

    await button(page, zh('imports:done.again')).click();
    await chooseFile(page, '人员.csv', csvOf(PEOPLE, { encoding: 'gb18030' }));
    await page.getByText(zh('imports:result.unchangedOnly')).waitFor();
    assert.deepEqual(
      person.faults.filter((fault) => !fault.includes('Failed to load resource')),
      [],
    );
  });

  it('works: the two hospitals agree, and an opinion is signed between them', async () => {
    const all = await admin.call('facilities:list');
    const idOf = (name: string) => all.find((one) => one.name === name)?.facilityId ?? '';
    const created = await admin.call('agreement:create', {
      body: { invitingFacilityId: idOf(COUNTY), invitedFacilityId: idOf(PROVINCE) },
    });
    const params = { agreementId: created.agreementId };
    await completeAgreement(admin, created.agreementId, ['2020-01-01', '2099-12-31']);
    const { draft, version } = await admin.call('agreement:read', { params });
    const services = (['video', 'written'] as const).map((kind) => ({ kind, priceFen: 0 }));
    let at = await admin.call('agreement:save', { params, body: { ...draft, services, version } });
    for (const side of ['inviting', 'invited'] as const)
      at = await admin.call('agreement:sign', { params, body: { version: at.version, side } });
    assert.equal(at.state, 'valid');

    const doctor = await signIn(server.url, 'sun.xiaomei', PASSWORD);
    const specialist = await signIn(server.url, 'ayiguli', PASSWORD);
    const submitted = await submitCase(doctor, { invitedFacilityId: idOf(PROVINCE), kind: 'written' });
    const of = { consultationId: submitted.consultationId };
    await specialist.call('consultation:accept', { params: of, body: { version: submitted.version } });
    const opinion = await specialist.call('opinion:save', {
      params: of,
      body: {
        version: 0,
        findings: '右肺下叶见实性结节。',
        diagnosis: [{ code: 'R91', display: '肺结节' }],
        recommendations: [],
        keyImages: [],
      },
    });
    await specialist.call('report:sign', { params: of, body: { version: opinion.version, password: PASSWORD } });
    const report = await doctor.call('report:read', { params: of });
    assert.ok(report.signatureValid);
    assert.equal(report.content.author.name, '阿依古丽·买买提');
  });
});
