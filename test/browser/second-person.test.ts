import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { demoFacilities } from '../../server/demo/network.ts';
import { assertAccessible } from '../support/accessible.ts';
import { type AddedPerson, addPerson, enterPerson, PERSON_PASSWORD } from '../support/add-person.ts';
import { carrySession, launchBrowser, openPerson } from '../support/browser.ts';
import { RefusedError, signIn } from '../support/client.ts';
import { type Authenticator, beginSignIn, confirmSignIn, setUpTotp } from '../support/second-factor.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';

/** Where pictures of the pages are wanted, to be looked at. */
const PICTURES = process.env['SECOND_PERSON_PICTURES'];
const COUNTY = demoFacilities.county.facilityId;

/** What one administrator does only with another one, or for somebody else. */
describe('a second person', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  /** Stands still but when it is moved: a busy machine is not to change a code meanwhile. */
  let now = new Date();
  before(async () => {
    server = await startServer({ clock: () => now });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const later = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000);
  };
  async function look(page: Page, name: string): Promise<void> {
    await assertAccessible(page, name);
    if (PICTURES === undefined) return;
    await mkdir(PICTURES, { recursive: true });
    await page.screenshot({ path: `${PICTURES}/${name}.png` });
  }
  async function enterAs(cookie: string, path: string): Promise<Page> {
    const { page, context } = await openPerson(browser, server.url);
    await carrySession(context, cookie, server.url);
    await page.goto(path);
    return page;
  }
  const enter = async ({ login }: AddedPerson, path: string) =>
    enterAs((await signIn(server.url, login, PERSON_PASSWORD)).cookie, path);
  const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
  const inDialog = (page: Page, name: string) =>
    page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

  it('of the same hospital confirms a program that reads pictures, which then reads them and not before', async () => {
    const [maker, other] = [
      await addPerson(server.database, 'facility-admin', COUNTY, '冯守正'),
      await addPerson(server.database, 'coordinator', COUNTY, '何晓云'),
    ];
    const making = await enter(maker, '/administration/machines');
    await press(making, zh('machines:make'));
    await making.getByLabel(zh('machines:name')).and(making.locator(':focus')).waitFor();
    await making.keyboard.type('放射科影像网关');
    // Whoever administers facilities below their own names one.
    await making.getByLabel(zh('machines:facility')).click();
    await making.getByTitle(demoFacilities.county.name, { exact: true }).click();
    assert.ok(await making.getByRole('checkbox', { name: zh('machines:scope.archive-read') }).isChecked());
    await press(making, zh('machines:submit'));
    const token = (await making.getByTestId('machine-token').textContent()) ?? '';
    await look(making, 'token-made');
    await press(making, zh('machines:token.done'));
    const statusOfReading = async () =>
      (await fetch(`${server.url}/dicomweb/studies`, { headers: { authorization: `Bearer ${token}` } })).status;
    assert.equal(await statusOfReading(), 403);
    const confirmName = zh('machines:acts.confirm.title', { name: '放射科影像网关' });
    await making.getByText(zh('machines:state.unconfirmed'), { exact: true }).waitFor();
    assert.equal(await making.getByRole('button', { name: confirmName }).count(), 0, 'nobody confirms their own');

    const confirming = await enter(other, '/');
    await press(confirming, zh('shell:notices.open', { count: 1 }));
    await confirming.getByTestId('notice-history').getByText(zh('shell:notices.kind.machine-made')).click();
    await confirming.getByText(zh('machines:introSecond')).waitFor();
    await confirming.getByRole('button', { name: zh('shell:notices.open', { count: 0 }), exact: true }).waitFor();
    await look(confirming, 'token-to-confirm');
    await press(confirming, confirmName);
    await look(confirming, 'token-confirming');
    await inDialog(confirming, zh('machines:acts.confirm.label'));
    await confirming.getByText(zh('machines:acts.confirm.done', { name: '放射科影像网关' })).waitFor();
    await confirming.getByText(zh('machines:state.active'), { exact: true }).waitFor();
    await look(confirming, 'token-confirmed');
    assert.equal(await statusOfReading(), 204, 'it reads, and there is nothing yet');

    await making.reload();
    await making.getByText(zh('machines:state.active'), { exact: true }).waitFor();
    await making.locator('.ant-table-row-expand-icon').first().click();
    await making.getByText('何晓云').first().waitFor();
    await look(making, 'token-history');
  });

  it('unlocks who typed wrong passwords, and takes off the second factor that was lost with a telephone', async () => {
    const person = await addPerson(server.database, 'physician', COUNTY, '林双');
    const { login } = person;
    const signedIn = await signIn(server.url, login, PERSON_PASSWORD);
    const { app } = await setUpTotp(signedIn, PERSON_PASSWORD, now);
    const refusedTo = async (password: string) =>
      beginSignIn(server.url, login, password).then(
        () => undefined,
        (err: unknown) => (err instanceof RefusedError ? err.failure.reason : String(err)),
      );
    for (let tries = 0; tries < 20 && (await refusedTo('not the password')) !== 'account-locked'; tries += 1);
    assert.equal(await refusedTo(PERSON_PASSWORD), 'account-locked');

    const administrator = await addPerson(server.database, 'security-admin', COUNTY, '罗敏');
    const page = await enter(administrator, '/administration/security');
    const row = page.getByRole('row').filter({ hasText: login });
    await row.getByText(zh('accountSecurity:factor.true')).waitFor();
    await look(page, 'locked');
    await row.getByRole('button', { name: zh('accountSecurity:unlock.label') }).click();
    await inDialog(page, zh('accountSecurity:unlock.label'));
    await page.getByText(zh('failures:reason.reason-missing')).waitFor();
    await page.getByLabel(zh('reasonLabel')).fill('已电话核实本人');
    await look(page, 'unlocking');
    await inDialog(page, zh('accountSecurity:unlock.label'));
    await page.getByText(zh('accountSecurity:unlock.done', { name: '林双' })).waitFor();
    await page.getByText(zh('accountSecurity:none.title')).waitFor();
    await look(page, 'nobody-locked');
    assert.equal(await refusedTo(PERSON_PASSWORD), undefined, 'the password opens the first step again');

    const working = await enterAs((await confirmed(login, app)).cookie, '/');
    await working.locator('.top-bar').waitFor();
    await page.getByRole('searchbox', { name: zh('accountSecurity:search') }).fill('linshuang');
    await page.keyboard.press('Enter');
    await row.getByRole('button', { name: zh('accountSecurity:reset-factor.label') }).click();
    await page.getByLabel(zh('reasonLabel')).fill('手机遗失，本人持证件到场');
    await look(page, 'resetting');
    await inDialog(page, zh('accountSecurity:reset-factor.label'));
    await page.getByText(zh('accountSecurity:reset-factor.done', { name: '林双' })).waitFor();
    await row.getByText(zh('accountSecurity:factor.false')).waitFor();
    await look(page, 'reset');
    await working.getByLabel(zh('signIn:account'), { exact: true }).waitFor();
    const again = await enter(person, '/');
    await press(again, zh('shell:notices.open', { count: 1 }));
    await again.getByText(zh('shell:notices.kind.factor-reset')).waitFor();
    await look(again, 'told-of-the-reset');
  });

  /** The next code of the app, since none counts twice. */
  async function confirmed(login: string, app: Authenticator) {
    later(1);
    const code = app.codeAt(now);
    return (await confirmSignIn(await beginSignIn(server.url, login, PERSON_PASSWORD), { kind: 'totp', code })).client;
  }

  it('who confirms a policy shows the second factor again where the last time is some while ago', async () => {
    const [proposer, decider] = [await enterPerson(server, 'admin'), await enterPerson(server, 'security-admin')];
    const { app } = await setUpTotp(decider.client, PERSON_PASSWORD, now);
    const { version } = (await proposer.client.call('policies:read')).policies.sessions;
    const value = { idleMinutes: 20, hours: null };
    await proposer.client.call('proposal:make', {
      body: { subject: 'sessions', version, value, reason: '等保测评要求' },
    });
    const page = await enterAs((await confirmed(decider.login, app)).cookie, '/administration/policies');
    later(6);
    await press(page, zh('policies:acts.confirm'));
    await inDialog(page, zh('policies:acts.confirm'));
    await page.getByText(zh('failures:reason.second-factor-stale')).waitFor();
    await look(page, 'shown-again');
    const code = page.getByLabel(zh('secondFactor:code'), { exact: true });
    await code.fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText(zh('failures:reason.code-wrong')).waitFor();
    await look(page, 'shown-again-wrong');
    await code.fill(app.codeAt(now));
    await page.keyboard.press('Enter');
    await page.getByText(zh('policies:done.confirmed')).waitFor();
    await page
      .getByText(zh('policies:values.minutes', { count: 20 }))
      .first()
      .waitFor();
    await look(page, 'policy-confirmed');
  });
});
