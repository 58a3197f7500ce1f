import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { demoFacilities } from '../../server/demo/network.ts';
import { chinaDate } from '../../server/patients/china-date.ts';
import { assertAccessible } from '../support/accessible.ts';
import { type AddedPerson, addPerson, PERSON_PASSWORD } from '../support/add-person.ts';
import { agreeOnPolicy, enterTwoAdministrators } from '../support/agree-on-policy.ts';
import { carrySession, launchBrowser, openPerson, type Person } from '../support/browser.ts';
import { acceptWritten } from '../support/case-journey.ts';
import { signIn } from '../support/client.ts';
import { type Authenticator, authenticator, setUpTotp } from '../support/second-factor.ts';
import { namedUrl } from '../support/security-key.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';

/** Where pictures of the pages are wanted, to be looked at. */
const PICTURES = process.env['SECOND_FACTOR_PICTURES'];

describe('a second factor in the browser', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let url: string;
  let browser: Browser;
  let person: AddedPerson;
  let visitor: Person;
  let page: Page;
  /** Stands still but when it is moved: a busy machine is not to change the code meanwhile. */
  let now = new Date();
  const at = () => now;

  before(async () => {
    server = await startServer({ clock: at });
    // Browsers know security keys at names alone.
    url = namedUrl(server.url);
    browser = await launchBrowser();
    person = await addPerson(server.database, 'physician');
    visitor = await openPerson(browser, url);
    page = visitor.page;
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const field = (name: string) => page.getByLabel(name, { exact: true });

  async function look(name: string): Promise<void> {
    await assertAccessible(page, name);
    if (PICTURES === undefined) return;
    await mkdir(PICTURES, { recursive: true });
    await page.screenshot({ path: `${PICTURES}/${name}.png` });
  }

  async function typePassword(login = person.login): Promise<void> {
    await page.goto('/sign-in');
    await field(zh('signIn:account')).fill(login);
    await field(zh('signIn:password')).fill(PERSON_PASSWORD);
    await button(zh('signIn:submit')).click();
    await page.locator('.top-bar, .plain-sheet, .second-step-title').first().waitFor();
  }
  async function signOut(seen = field(zh('signIn:account')).waitFor()): Promise<void> {
    await page.getByRole('button', { name: new RegExp(zh('shell:person')) }).click();
    await page.getByRole('menuitem', { name: zh('shell:signOut'), exact: true }).click();
    await seen;
  }

  it('is set up by scanning, asked for at the next sign-in, and replaced by a recovery code', async () => {
    await typePassword();
    await page.locator('.top-bar').waitFor();
    await page.goto('/account');
    await page.getByText(zh('secondFactor:none')).waitFor();
    await look('own-account');
    await button(zh('secondFactor:setUp')).click();
    const dialog = page.getByRole('dialog');
    await field(zh('secondFactor:password')).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByText(zh('failures:reason.own-password')).waitFor();
    await field(zh('secondFactor:password')).fill(PERSON_PASSWORD);
    await page.keyboard.press('Enter');
    await dialog.getByRole('img', { name: zh('secondFactor:setup.qrCode') }).waitFor();
    await look('set-up');
    const secret = (await page.getByTestId('totp-secret').textContent())?.replaceAll(' ', '') ?? '';
    const app: Authenticator = authenticator(secret);
    await field(zh('secondFactor:code')).fill('000000');
    await page.keyboard.press('Enter');
    await page.getByText(zh('failures:reason.code-wrong')).waitFor();
    await field(zh('secondFactor:code')).fill(app.codeAt(at()));
    await page.keyboard.press('Enter');
    await page.getByText(zh('secondFactor:codes.title')).waitFor();
    const codes = await dialog.getByTestId('recovery-code').allTextContents();
    assert.equal(codes.length, 10);
    await look('recovery-codes');
    await page.keyboard.press('Escape');
    await button(zh('secondFactor:codes.done')).click();
    await page.getByText(zh('secondFactor:codesLeft', { count: 10 })).waitFor();
    await look('own-account-on');

    await signOut();
    await typePassword();
    await page.getByText(zh('secondFactor:signIn.textOf.totp')).waitFor();
    await look('second-step');
    await field(zh('secondFactor:code')).fill(app.codeAt(at()));
    await page.keyboard.press('Enter');
    await page.getByText(zh('failures:reason.code-used')).waitFor();
    now = new Date(now.getTime() + 30_000);
    await field(zh('secondFactor:code')).fill(app.codeAt(at()));
    await page.keyboard.press('Enter');
    await page.locator('.top-bar').waitFor();

    await signOut();
    await typePassword();
    await button(zh('secondFactor:use.recovery-code')).click();
    await field(zh('secondFactor:recoveryCode')).fill(codes[0]?.toLowerCase() ?? '');
    await page.keyboard.press('Enter');
    await page.getByText(zh('secondFactor:signIn.recoveredTitle')).waitFor();
    await look('recovered');
    await page.keyboard.press('Enter');
    await page.locator('.top-bar').waitFor();
    await page.goto('/account');
    await page.getByText(zh('secondFactor:codesLeft', { count: 9 })).waitFor();
  });

  it('is a security key of the browser: made, used at the next sign-in, known when it comes again, and taken off', async () => {
    const holder = await addPerson(server.database, 'physician');
    await signOut();
    const devtools = await visitor.context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const passPassword = async () => {
      await field(zh('secondFactor:password')).fill(PERSON_PASSWORD);
      await button(zh('secondFactor:setup.next')).click();
    };
    await typePassword(holder.login);
    await page.locator('.top-bar').waitFor();
    await page.goto('/account');
    await button(zh('secondFactor:key.add')).click();
    await passPassword();
    await look('key-name');
    await field(zh('secondFactor:key.name')).fill('');
    await page.keyboard.press('Enter');
    await page.getByText(zh('secondFactor:key.nameMissing')).waitFor();
    await field(zh('secondFactor:key.name')).fill('本机指纹');
    await page.keyboard.press('Enter');
    await page.getByText(zh('secondFactor:codes.title')).waitFor();
    assert.equal(await page.getByRole('dialog').getByTestId('recovery-code').count(), 10);
    await button(zh('secondFactor:codes.done')).click();
    await page.locator('.factor-list').getByText('本机指纹').waitFor();
    await look('own-account-key');

    await signOut();
    now = new Date(now.getTime() + 60_000);
    await typePassword(holder.login);
    await page.getByText(zh('secondFactor:signIn.textOf.security-key')).waitFor();
    await look('second-step-key');
    // The keyboard alone leads on: the button has the focus.
    await page.keyboard.press('Enter');
    await page.locator('.top-bar').waitFor();
    await page.goto('/account');
    await page.locator('.factor-list').getByText(zh('secondFactor:key.neverUsed')).waitFor({ state: 'detached' });

    // A further one asks for the one that is there, which the browser then knows again.
    await button(zh('secondFactor:key.add')).click();
    await passPassword();
    await field(zh('secondFactor:key.name')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(zh('secondFactor:key.known')).waitFor();
    await button(zh('cancel')).click();

    await button(zh('secondFactor:removeOne', { name: '本机指纹' })).click();
    await field(zh('secondFactor:password')).fill(PERSON_PASSWORD);
    await look('remove-key');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: zh('secondFactor:remove'), exact: true })
      .click();
    await page.getByText(zh('secondFactor:none')).waitFor();
    await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    assert.deepEqual(
      visitor.faults.filter((fault) => fault.startsWith('exception')),
      [],
    );
  });

  it('is demanded of a role by two administrators of the platform, and set up before anything else', async () => {
    const surgeon = await addPerson(server.database, 'surgeon');
    await signOut();
    const required = [{ role: 'surgeon', fromDay: chinaDate(at()) } as const];
    await agreeOnPolicy(await enterTwoAdministrators(server), 'second-factor', { required, signingMinutes: null });
    await typePassword(surgeon.login);
    await page.getByRole('heading', { name: zh('secondFactor:required.title') }).waitFor();
    await look('required');
    await page.goto('/patients');
    await button(zh('secondFactor:setUp')).click();
    await field(zh('secondFactor:password')).fill(PERSON_PASSWORD);
    await page.keyboard.press('Enter');
    const secret = (await page.getByTestId('totp-secret').textContent())?.replaceAll(' ', '') ?? '';
    await field(zh('secondFactor:code')).fill(authenticator(secret).codeAt(at()));
    await page.keyboard.press('Enter');
    await button(zh('secondFactor:codes.done')).click();
    await page.locator('.top-bar').waitFor();
  });

  it('is a passkey in place of name and password, by a button or offered by the browser, where it is demanded', async () => {
    const surgeon = await addPerson(server.database, 'surgeon');
    const devtools = await visitor.context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const touching = (enabled: boolean) =>
      devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    await signOut();
    await typePassword(surgeon.login);
    await button(zh('secondFactor:key.add')).click();
    await field(zh('secondFactor:password')).fill(PERSON_PASSWORD);
    await button(zh('secondFactor:setup.next')).click();
    await field(zh('secondFactor:key.name')).fill('本机指纹');
    await page.keyboard.press('Enter');
    await button(zh('secondFactor:codes.done')).click();
    await page.locator('.top-bar').waitFor();
    await page.goto('/account');
    await page.locator('.factor-list').getByText(zh('secondFactor:key.alone')).waitFor();
    await look('own-account-passkey');

    // Nobody touches anything: the page waits with its offer, and the button is there.
    await touching(false);
    await signOut();
    await button(zh('signIn:passkey.use')).waitFor();
    await look('sign-in-passkey');
    await touching(true);
    await button(zh('signIn:passkey.use')).click();
    await page.locator('.top-bar').waitFor();
    await page.goto('/account');
    await page.getByRole('cell', { name: zh('accounts:own.event.passkey') }).waitFor();
    await look('own-account-history');

    // Offered beside the field of the name: chosen as soon as it is touched, without the button.
    await signOut(page.waitForResponse('**/api/session/passkey').then(() => undefined));
    await page.locator('.top-bar').waitFor();

    // An authenticator that verifies nobody is none.
    await touching(false);
    await signOut();
    await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
    await touching(true);
    await button(zh('signIn:passkey.use')).click();
    await page.getByText(zh('signIn:passkey.unused')).waitFor();
    await look('sign-in-passkey-unused');
    await devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
  });

  it('is asked for again before an opinion is signed, where the platform says so; the password stays typed', async () => {
    const two = await enterTwoAdministrators(server);
    await agreeOnPolicy(two, 'second-factor', { required: [], signingMinutes: 5 });
    const { login } = await addPerson(server.database, 'specialist', demoFacilities.province.facilityId);
    const author = await signIn(server.url, login, PERSON_PASSWORD);
    const { app } = await setUpTotp(author, PERSON_PASSWORD, at());
    const { consultationId } = await acceptWritten(await server.signIn('county-doctor'), author);
    const opinion = { findings: '右肺下叶见一实性结节。', diagnosis: [{ code: 'R91', display: '肺结节' }] };
    const body = { ...opinion, recommendations: [], keyImages: [], version: 0 };
    await author.call('opinion:save', { params: { consultationId }, body });
    now = new Date(now.getTime() + 6 * 60_000);
    visitor = await openPerson(browser, url);
    page = visitor.page;
    await carrySession(visitor.context, author.cookie, url);
    await page.goto(`/consultations/${consultationId}/opinion`);
    await page.getByTestId('opinion-sign').click();
    await page.locator('[data-testid="sign-password"]:focus').fill(PERSON_PASSWORD);
    await page.getByTestId('sign-confirm').click();
    const code = field(zh('secondFactor:code'));
    await code.waitFor();
    await look('signing');
    await code.fill('000000');
    await page.keyboard.press('Enter');
    await page.locator('.sign-dialog .field-error').filter({ hasText: /\S/ }).waitFor();
    await code.fill(app.codeAt(at()));
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/consultations/${consultationId}/report`);
  });
});
