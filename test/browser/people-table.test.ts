import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { demoFacilities } from '../../server/demo/network.ts';
import { assertAccessible } from '../support/accessible.ts';
import { addAdministrator } from '../support/add-administrator.ts';
import { carrySession, launchBrowser, openPerson } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';

const NAMES = ['田一', '田二', '田三'];

describe('the table of people', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let browser: Browser;
  let county: Client;

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
    county = (await addAdministrator(server)).client;
    for (const [index, name] of NAMES.entries())
      await county.call('person:invite', {
        body: {
          name,
          title: '',
          role: 'physician',
          specialty: null,
          facilityId: demoFacilities.county.facilityId,
          login: `tian-${index + 1}`,
        },
      });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });
  const statesNow = async () => {
    const { people } = await county.call('people:list', { query: { search: 'tian-', sort: 'login' } });
    return people.map(({ state }) => state);
  };

  it('acts on several people at once, takes it back, and leaves out the columns that nobody needs', async () => {
    const { page, context } = await openPerson(browser, server.url);
    await carrySession(context, county.cookie, server.url);
    await page.goto('/administration/people?search=tian-');
    const choose = (name: string) => page.getByRole('checkbox', { name: zh('accounts:bulk.choose', { name }) });
    for (const name of NAMES) await choose(name).check();
    const bar = page.getByRole('region', { name: zh('accounts:bulk.label') });
    await bar.getByText(zh('accounts:bulk.chosen', { count: 3 })).waitFor();
    await assertAccessible(page);

    await bar.getByRole('button', { name: zh('accounts:bulk.links', { count: 3 }) }).click();
    await page.getByRole('button', { name: zh('accounts:bulk.linksConfirm'), exact: true }).click();
    const codes = page.getByTestId('imported-code');
    await eventually('three codes are shown', async () => new Set(await codes.allTextContents()).size === 3);
    await page.getByRole('button', { name: zh('accounts:bulk.linksClose') }).click();

    await choose(NAMES[2] ?? '').uncheck();
    // Meanwhile another administrator was quicker with one of them: that one is named, the other goes through.
    const { people } = await county.call('people:list', { query: { search: 'tian-1' } });
    await county.call('person:disable', {
      params: { accountId: people[0]?.accountId ?? '' },
      body: { reason: '调离' },
    });
    await bar.getByRole('button', { name: zh('accounts:bulk.disable', { count: 2 }) }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(zh('reasonLabel')).fill('离职');
    await dialog.getByRole('button', { name: zh('accounts:acts.disable'), exact: true }).click();
    await page.getByRole('dialog', { name: zh('accounts:bulk.failed', { count: 1 }) }).waitFor();
    assert.deepEqual(await statesNow(), ['disabled', 'disabled', 'invited']);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: zh('accounts:bulk.undo') }).click();
    await eventually('one is back', async () => (await statesNow()).join() === 'disabled,invited,invited');

    const heads = page.getByRole('columnheader');
    const specialty = zh('accounts:people.columns.specialty');
    await heads.filter({ hasText: specialty }).waitFor();
    await page.locator('.column-choice summary').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: specialty }).press('Space');
    await eventually('the column is gone', async () => (await heads.filter({ hasText: specialty }).count()) === 0);
    await page.keyboard.press('Escape');
    await page.reload();
    await heads.first().waitFor();
    assert.equal(await heads.filter({ hasText: specialty }).count(), 0);
    await context.close();
  });

  it('asks before what was filled in is thrown away', async () => {
    const { page, context } = await openPerson(browser, server.url);
    await carrySession(context, county.cookie, server.url);
    await page.goto('/administration/people?search=tian-3');
    await page.getByRole('button', { name: zh('accounts:people.open', { name: '田三' }) }).click();
    const name = page.getByRole('dialog').getByLabel(zh('accounts:person.name'), { exact: true });
    await name.fill('田三水');
    const close = page.locator('.ant-drawer-close');
    await close.click();
    await page.getByRole('button', { name: zh('discard.keep') }).click();
    assert.equal(await name.inputValue(), '田三水');
    await name.fill('田三');
    await close.click();
    await name.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: zh('accounts:people.invite') }).click();
    await name.fill('田四');
    await close.click();
    await page.getByRole('button', { name: zh('discard.discard') }).click();
    await name.waitFor({ state: 'detached' });
    await context.close();
  });
});
