import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPerson } from '../support/browser.ts';
import { findFreePort, type RunningProcess, startProcess } from '../support/start-process.ts';
import { zh } from '../support/zh.ts';

const PASSWORDS = {
  admin: 'eleven quiet herons',
  facilityAdmin: 'seven patient otters',
  physician: '春眠不觉晓处处闻啼鸟',
};

/** From nothing to the first people: an empty database, without the demonstration. */
describe('a system that is set up', function () {
  this.timeout(180_000);
  let dataDir: string;
  let server: RunningProcess;
  let browser: Browser;
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
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

  async function choosePassword(page: Page, password: string): Promise<void> {
    await page.getByLabel(zh('accounts:password.new'), { exact: true }).fill(password);
    await page.getByLabel(zh('accounts:password.repeat'), { exact: true }).fill(password);
  }

  async function signIn(page: Page, account: string, password: string): Promise<void> {
    await page.getByLabel(zh('signIn:account')).fill(account);
    await page.getByLabel(zh('signIn:password'), { exact: true }).fill(password);
    await button(page, zh('signIn:submit')).click();
    await page.locator('.top-bar').waitFor();
  }

  /** Adds a person on the page of people. @returns the code of the slip, which is then closed. */
  async function invite(page: Page, person: { name: string; login: string; role: string }): Promise<string> {
    await button(page, zh('accounts:people.invite')).click();
    const form = page.getByRole('dialog');
    await form.getByLabel(zh('accounts:person.name'), { exact: true }).fill(person.name);
    await form.getByLabel(zh('accounts:person.login'), { exact: true }).fill(person.login);
    await form.getByLabel(zh('accounts:person.role'), { exact: true }).click();
    await page.locator(`.ant-select-item-option[title="${person.role}"]`).click();
    await button(page, zh('accounts:person.submitNew')).click();
    const code = await page.getByRole('dialog').getByTestId('one-time-code').textContent();
    await button(page, zh('accounts:slip.done')).click();
    return code ?? '';
  }

  /** As the slip says: the address, the code, a password, signing in. */
  async function followSlip(code: string, account: string, password: string): Promise<Page> {
    const page = await enter('/set-password');
    await page.getByLabel(zh('accounts:link.code'), { exact: true }).fill(code.toLowerCase());
    await button(page, zh('accounts:link.next')).click();
    await choosePassword(page, password);
    await button(page, zh('accounts:password.set')).click();
    await page.getByRole('link', { name: zh('accounts:link.toSignIn') }).click();
    await signIn(page, account, password);
    return page;
  }

  it('leads from the printed address to administrators, who invite and disable: who is disabled is out at once', async () => {
    const nobody = await enter('/');
    await nobody.getByText(zh('accounts:first.awaits')).waitFor();
    const address = server.output.find((line) => line.includes('/first-start#')) ?? assert.fail('nothing was printed');

    const admin = await enter(new URL(address).pathname + new URL(address).hash);
    await admin.getByLabel(zh('accounts:first.facilityName')).fill('北山县人民医院');
    await admin.getByLabel(zh('accounts:first.region')).fill('230126');
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
    await signIn(admin, 'wang.li', PASSWORDS.admin);
    await admin.getByRole('link', { name: zh('administration:sections.people') }).click();
    const codes = {
      facilityAdmin: await invite(admin, { name: '李强', login: 'li.qiang', role: zh('terms:role.facility-admin') }),
      physician: await invite(admin, { name: '孙小梅', login: 'sun.xiaomei', role: zh('terms:role.physician') }),
    };
    const facilityAdmin = await followSlip(codes.facilityAdmin, 'li.qiang', PASSWORDS.facilityAdmin);
    const physician = await followSlip(codes.physician, 'sun.xiaomei', PASSWORDS.physician);
    await physician.locator('.connection-light[data-state="connected"]').waitFor();

    await facilityAdmin.getByRole('link', { name: zh('administration:sections.people') }).click();
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
