import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { assertAccessible } from '../support/accessible.ts';
import { launchBrowser, openPerson } from '../support/browser.ts';
import { findFreePort, type RunningProcess, startProcess } from '../support/start-process.ts';
import { zh } from '../support/zh.ts';
import {
  addDepartment,
  addHospital,
  answerCase,
  button,
  choosePassword,
  chooseRegion,
  concludeAgreement,
  followSlip,
  invite,
  sendWrittenCase,
  signInWith,
  toSection,
} from './new-network.ts';

const PASSWORDS = {
  admin: 'eleven quiet herons',
  facilityAdmin: 'seven patient otters',
  physician: '春眠不觉晓处处闻啼鸟',
  specialist: '白日依山尽黄河入海流',
};
const [COUNTY, PROVINCE] = ['北山县人民医院', '北江省人民医院'];
const SKIN = { name: '皮肤科', code: '13' };
const FINDINGS = '左前臂见边界清楚的红斑。';

/** From nothing to a signed opinion: an empty database, without the demonstration, and people who have only the pages. */
describe('a system that is set up', function () {
  this.timeout(180_000);
  this.bail(true);
  let dataDir: string;
  let server: RunningProcess;
  let browser: Browser;
  let admin: Page;
  let facilityAdmin: Page;
  let physician: Page;
  const faults: string[][] = [];
  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'huizhen-set-up-'));
    const port = await findFreePort();
    server = await startProcess('server/main.ts', ['--without-sfu'], {
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      PORT: String(port),
      HOST: '127.0.0.1',
      DEMO: '0',
      LOG_LEVEL: 'fatal',
    });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.kill('SIGKILL');
    await rm(dataDir, { recursive: true, force: true });
  });

  async function enter(path: string): Promise<Page> {
    const person = await openPerson(browser, server.url);
    faults.push(person.faults);
    await person.page.goto(path);
    return person.page;
  }

  it('leads from the printed address, which is good once, to a first hospital and its administrator', async () => {
    const nobody = await enter('/');
    await nobody.getByText(zh('signIn:awaitsAdministrator')).waitFor();
    const address = server.output.find((line) => line.includes('/first-start#')) ?? assert.fail('nothing was printed');

    admin = await enter(new URL(address).pathname + new URL(address).hash);
    await admin.getByLabel(zh('administration:facility.region.province')).waitFor();
    await assertAccessible(admin);
    await admin.getByLabel(zh('accounts:first.facilityName')).fill(COUNTY);
    await chooseRegion(admin, ['230000', '230100', '230126']);
    await admin.getByLabel(zh('accounts:person.name'), { exact: true }).fill('王丽');
    await admin.getByLabel(zh('accounts:person.login'), { exact: true }).fill('wang.li');
    await choosePassword(admin, 'wangli123456');
    await button(admin, zh('accounts:first.submit')).click();
    await admin.getByText(zh('failures:reason.password-own-name')).waitFor();
    await choosePassword(admin, PASSWORDS.admin);
    await button(admin, zh('accounts:first.submit')).click();
    await admin.getByRole('heading', { name: zh('accounts:first.done') }).waitFor();

    const late = await enter('/first-start');
    await late.getByRole('heading', { name: zh('accounts:link.invalid.unknown') }).waitFor();
    // Put into the page that is open: only what stands behind the hash changes.
    await late.goto(new URL(address).pathname + new URL(address).hash);
    await late.getByRole('heading', { name: zh('accounts:link.invalid.used') }).waitFor();
    await late.getByText(zh('accounts:link.invalid.howFirst')).waitFor();

    await admin.getByRole('link', { name: zh('accounts:link.toSignIn') }).click();
    await signInWith(admin, 'wang.li', PASSWORDS.admin);
  });

  it('gets a second hospital with a department, and an agreement that both have confirmed', async () => {
    await toSection(admin, 'facilities');
    await addHospital(admin, PROVINCE, 'province', ['230000', '230100']);
    await addDepartment(admin, SKIN.name, SKIN.code);
    await toSection(admin, 'agreements');
    await concludeAgreement(admin, COUNTY, PROVINCE);
  });

  it('gets its people, each with a password of their own: a case with a picture goes out, a signed opinion comes back', async () => {
    await toSection(admin, 'people');
    const codes = {
      facilityAdmin: await invite(admin, {
        name: '李强',
        login: 'li.qiang',
        role: zh('terms:role.facility-admin'),
        facility: COUNTY,
      }),
      specialist: await invite(admin, {
        name: '阿依古丽·买买提',
        login: 'ayiguli',
        role: zh('terms:role.specialist'),
        facility: PROVINCE,
        specialty: SKIN.name,
      }),
    };
    const [first, specialist, third] = await Promise.all(['', '', ''].map(() => enter('/set-password')));
    if (!first || !specialist || !third) return assert.fail('no page');
    facilityAdmin = first;
    physician = third;
    await followSlip(facilityAdmin, codes.facilityAdmin, 'li.qiang', PASSWORDS.facilityAdmin);
    await toSection(facilityAdmin, 'people');
    const code = await invite(facilityAdmin, {
      name: '孙小梅',
      login: 'sun.xiaomei',
      role: zh('terms:role.physician'),
    });
    await followSlip(physician, code, 'sun.xiaomei', PASSWORDS.physician);
    await followSlip(specialist, codes.specialist, 'ayiguli', PASSWORDS.specialist);

    const path = await sendWrittenCase(physician, PROVINCE, SKIN.name);
    await specialist.getByText('王*').first().waitFor();
    await answerCase(specialist, path, FINDINGS, PASSWORDS.specialist);

    await physician.goto(`${path}/report`);
    const report = physician.getByTestId('report');
    for (const text of [FINDINGS, '阿依古丽·买买提', PROVINCE, COUNTY]) await report.getByText(text).first().waitFor();
    await physician.getByText(zh('report:signature.valid')).waitFor();
  });

  it('tells the slower of two administrators who edit one person, shows both versions, and saves what is chosen', async () => {
    const pages = [facilityAdmin, admin];
    const open = (page: Page) =>
      page.getByRole('button', { name: zh('accounts:people.open', { name: '孙小梅' }) }).click();
    const field = (page: Page, name: 'titleField' | 'specialty') =>
      page.getByRole('dialog').getByLabel(zh(`accounts:person.${name}`), { exact: true });
    const save = (page: Page) => button(page, zh('save')).click();
    const close = (page: Page) => page.keyboard.press('Escape');
    await admin.reload();
    for (const page of pages) await open(page);
    for (const page of pages) await field(page, 'titleField').waitFor();
    await field(facilityAdmin, 'titleField').fill('副主任医师');
    await field(facilityAdmin, 'specialty').fill('内科');
    await save(facilityAdmin);
    await facilityAdmin.getByText(zh('accounts:person.saved')).waitFor();

    await field(admin, 'titleField').fill('主任医师');
    await save(admin);
    const conflict = admin.getByTestId('person-conflict');
    for (const [side, title] of [
      ['mine', '主任医师'],
      ['theirs', '副主任医师'],
    ] as const)
      await conflict.getByText(`${zh(`accounts:person.conflict.${side}`)}：${title}`).waitFor();
    // What only the other has changed is no question.
    assert.equal(await conflict.getByRole('radio').count(), 2);
    const apply = conflict.getByRole('button', { name: zh('accounts:person.conflict.apply') });
    assert.ok(await apply.isDisabled(), 'nothing is chosen for anybody');
    assert.ok(await field(admin, 'titleField').isDisabled(), 'nothing is typed into neither version');
    await conflict.getByRole('radio').first().check();
    await apply.click();
    await conflict.waitFor({ state: 'detached' });

    await close(facilityAdmin);
    await open(facilityAdmin);
    await facilityAdmin.waitForFunction(
      (title) => [...document.querySelectorAll('input')].some(({ value }) => value === title),
      '主任医师',
    );
    assert.equal(await field(facilityAdmin, 'specialty').inputValue(), '内科');
    for (const page of pages) await close(page);
  });

  it('puts whoever is disabled out at once', async () => {
    await physician.locator('.connection-light[data-state="connected"]').waitFor();
    await facilityAdmin.getByRole('button', { name: zh('accounts:people.open', { name: '孙小梅' }) }).click();
    await button(facilityAdmin, zh('accounts:acts.disable')).click();
    await facilityAdmin.getByLabel(zh('reasonLabel')).fill('调离本院');
    await facilityAdmin
      .getByRole('dialog', { name: zh('accounts:acts.disable') })
      .getByRole('button', { name: zh('accounts:acts.disable'), exact: true })
      .click();
    await facilityAdmin.getByText(zh('accounts:acts.disabled', { name: '孙小梅' })).waitFor();
    await physician.getByText(zh('signIn:ended.disabled')).waitFor({ timeout: 3_000 });
    await physician.getByLabel(zh('signIn:account')).fill('sun.xiaomei');
    await physician.getByLabel(zh('signIn:password'), { exact: true }).fill(PASSWORDS.physician);
    await button(physician, zh('signIn:submit')).click();
    await physician.getByText(zh('failures:reason.wrong-password')).waitFor();

    const own = faults.flat().filter((fault) => !fault.includes('Failed to load resource'));
    assert.deepEqual(own, []);
  });
});
