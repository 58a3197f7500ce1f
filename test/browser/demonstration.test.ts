import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { chinaDate } from '../../server/patients/china-date.ts';
import { carrySession, launchBrowser, openPerson } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import { teachableCase } from '../support/demonstration-world.ts';
import { eventually } from '../support/eventually.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';

describe('a demonstration in the browser', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let browser: Browser;

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  async function open(account: string, path: string): Promise<{ page: Page; client: Client; close(): Promise<void> }> {
    const client = await server.signIn(account);
    const { context, page, faults } = await openPerson(browser, server.url);
    await carrySession(context, client.cookie, server.url);
    await page.goto(path);
    return {
      page,
      client,
      async close() {
        // The text that names the patient is refused on purpose.
        const own = faults.filter((fault) => !fault.includes('Failed to load resource'));
        assert.deepEqual(own, [], account);
        await context.close();
      },
    };
  }

  /** Picks somebody in one of the form's pickers by typing a part of the name. */
  async function pick(page: Page, label: string, name: string): Promise<void> {
    await page.getByLabel(label, { exact: true }).click();
    await page.keyboard.type(name);
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: name }).first().click();
  }

  it('is planned by the surgeon, signed off, enrolled in by a trainee, and closed by the moderator', async () => {
    const doctor = await server.signIn('county-doctor');
    const consultationId = await teachableCase(doctor);
    const params = { consultationId };
    const { caseNumber, version } = await doctor.call('consultation:read', { params });
    const surgeon = await open('surgeon', '/demonstrations');
    const { accountId } = (await surgeon.client.call('session:read')).person;
    const specialist = await server.signIn('specialist');
    await specialist.call('consultation:accept', { params, body: { version } });
    await specialist.call('consultation:invite', { params, body: { accountId } });

    const { page } = surgeon;
    await page.getByRole('button', { name: zh('demonstrations:new') }).click();
    const gaps = page.locator('.demonstration-gaps li');
    await page.getByText(zh('demonstrations:gaps.item.case')).waitFor();
    const field = (name: 'title' | 'procedure' | 'room') => page.getByLabel(zh(`demonstrations:field.${name}`));
    await field('title').fill('张建国的肺段切除');
    await page.getByLabel(zh('demonstrations:field.consultationId')).selectOption({ value: consultationId });
    // A text that names the patient is refused where it is typed, and said so.
    await page.getByTestId('save-state').getByText(zh('failures:reason.patient-named')).waitFor();
    await field('title').fill('胸腔镜肺段切除示教');
    await field('procedure').fill('右肺下叶背段切除术');
    await field('room').fill('第三手术间');
    const tomorrow = chinaDate(new Date(Date.now() + 24 * 3_600_000));
    await page.getByLabel(zh('demonstrations:time.day')).fill(tomorrow);
    for (const [seat, name] of [
      ['moderator', '陈致远'],
      ['deputy', '王若兰'],
      ['advocate', '田红'],
      ['theatre-signer', '贺建国'],
      ['ethics-signer', '马丽'],
    ] as const)
      await pick(page, zh(`demonstrations:seat.${seat}`), name);
    await pick(page, zh('demonstrations:pick.addAudience'), '青溪县人民医院');
    await eventually('all but the sign-off is there', async () => (await gaps.count()) === 3);
    await page.getByText(zh('demonstrations:caseLink', { caseNumber })).waitFor();
    const ask = page.getByRole('button', { name: zh('demonstrations:act.ask-sign-off') });
    await ask.click();
    await ask.waitFor({ state: 'hidden' });
    const path = new URL(page.url()).pathname;

    for (const [account, side] of [
      ['he.jianguo', 'theatre'],
      ['ma.li', 'ethics'],
    ] as const) {
      const signer = await open(account, path);
      await signer.page.getByRole('button', { name: zh(`demonstrations:act.sign-${side}`) }).click();
      await signer.page
        .getByRole('button', { name: zh(`demonstrations:act.sign-${side}`) })
        .waitFor({ state: 'hidden' });
      await signer.close();
    }
    // The surgeon's window follows by itself.
    await page.getByText(zh('demonstrations:gaps.none')).waitFor();
    await page.getByRole('button', { name: zh('demonstrations:act.open-enrolment') }).click();
    await page.getByText(zh('demonstrations:state.enrolling')).first().waitFor();
    assert.equal(await field('title').isDisabled(), true, 'what was signed for stays');

    const trainee = await open('trainee', '/');
    const enrol = `${zh('demonstrations:enrol')} 胸腔镜肺段切除示教`;
    await trainee.page.getByRole('button', { name: enrol }).click();
    await trainee.page.getByText(zh('demonstrations:enrolled')).waitFor();
    const moderator = await open('specialist', path);
    await moderator.page.getByRole('button', { name: zh('demonstrations:act.close-enrolment') }).click();
    await moderator.page.getByRole('tab', { name: zh('demonstrations:tabs.people') }).click();
    await moderator.page.getByRole('rowheader', { name: '吴小雨' }).waitFor();
    await trainee.page.getByText(zh('demonstrations:closed')).waitFor();
    assert.equal(await trainee.page.getByText('张建国').count(), 0);

    const administrator = await open('zou.guihua', '/demonstrations');
    await administrator.page.getByRole('link', { name: '胸腔镜肺段切除示教' }).click();
    await administrator.page.getByRole('rowheader', { name: '吴小雨' }).waitFor();
    for (const one of [surgeon, trainee, moderator, administrator]) await one.close();
  });
});
