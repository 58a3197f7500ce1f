import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { demoFacilities } from '../../server/demo/network.ts';
import { assertAccessible } from '../support/accessible.ts';
import { type AddedPerson, enterPerson, PERSON_PASSWORD } from '../support/add-person.ts';
import { carrySession, launchBrowser, openPerson, type PersonOptions } from '../support/browser.ts';
import { acceptWritten } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { inDays } from '../support/licences.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import { saved } from './form-people.ts';

/** Where pictures of the pages are wanted, to be looked at. */
const PICTURES = process.env['LICENCE_PICTURES'];
const { province } = demoFacilities;

describe('a licence to practise in the browser', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  let administrator: { client: Client };
  let specialist: AddedPerson & { client: Client };
  let colleague: AddedPerson & { client: Client };
  let consultationId: string;

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
    administrator = await enterPerson(server, 'facility-admin', province.facilityId);
    specialist = await enterPerson(server, 'specialist', province.facilityId);
    colleague = await enterPerson(server, 'specialist', province.facilityId);
    ({ consultationId } = await acceptWritten(await server.signIn('county-doctor'), specialist.client));
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  async function enter({ client }: { client: Client }, path: string, options: PersonOptions = {}): Promise<Page> {
    const { context, page } = await openPerson(browser, server.url, options);
    await carrySession(context, client.cookie, server.url);
    await page.goto(path);
    return page;
  }

  async function look(page: Page, name: string): Promise<void> {
    await assertAccessible(page, name);
    if (PICTURES === undefined) return;
    await mkdir(PICTURES, { recursive: true });
    await page.screenshot({ path: `${PICTURES}/${name}.png` });
  }

  /** The same page in English and on a larger screen, where somebody wants to look at it. */
  async function lookInEnglish(who: { client: Client }, path: string, ready: string, name: string): Promise<void> {
    if (PICTURES === undefined) return;
    const page = await enter(who, path, { width: 1920, height: 1080 });
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await page.locator(ready).first().waitFor();
    await look(page, `${name}-en`);
    await page.context().close();
  }

  it('is entered by the administrator, who is told why another number is not taken, and seen by its holder', async () => {
    const page = await enter(administrator, `/administration/people?search=${specialist.login}`);
    const field = (name: string) => page.getByRole('dialog').getByLabel(name, { exact: true });
    await page.getByText(zh('accounts:licence.state.unrecorded')).first().waitFor();
    await page.getByRole('button', { name: zh('accounts:people.open', { name: '钱一' }) }).click();
    await field(zh('accounts:licence.number')).fill('202023110230125196002291212');
    await page.getByRole('button', { name: zh('accounts:licence.save'), exact: true }).click();
    await page.getByText(zh('failures:reason.licence-number-qualification')).waitFor();
    await field(zh('accounts:licence.number')).fill('110230103000299');
    await page.getByText(zh('failures:reason.licence-number-qualification')).waitFor({ state: 'hidden' });
    await field(zh('accounts:licence.validFrom')).fill('2021-01-01');
    await field(zh('accounts:licence.validTo')).fill(inDays(20));
    await field(zh('accounts:licence.independentSince')).fill('2011-01-01');
    await field(zh('accounts:licence.specialties')).fill('胸部影像，介入');
    await page.keyboard.press('Enter');
    const face = await sharp({ create: { width: 300, height: 400, channels: 3, background: '#7a9' } })
      .jpeg()
      .toBuffer();
    await page.getByTestId('photo-file').setInputFiles({ name: 'face.jpg', mimeType: 'image/jpeg', buffer: face });
    await page.getByRole('button', { name: zh('accounts:licence.photo.remove') }).waitFor();
    await page.getByRole('button', { name: zh('accounts:licence.save'), exact: true }).click();
    await page.getByText(zh('accounts:licence.saved')).waitFor();
    await look(page, 'person');
    await page
      .locator('table')
      .getByText(zh('accounts:licence.daysLeft', { count: 20 }))
      .waitFor();
    const own = await enter(specialist, '/account');
    await own.getByText('110230103000299').waitFor();
    await own.locator('.person-photo img').waitFor();
    await own
      .getByText(zh('accounts:licence.own.expiring', { count: 20, day: ' ' }).slice(0, 8))
      .first()
      .waitFor();
    await look(own, 'own-account');
    await lookInEnglish(specialist, '/account', '.own-licence', 'own-account');
    await lookInEnglish(administrator, '/administration/people', 'main table', 'people');
    await page.context().close();
    await own.context().close();
  });

  it('that has run out lets nobody sign, and says why; a colleague takes the case over with the draft', async () => {
    const page = await enter(specialist, `/consultations/${consultationId}/opinion`);
    await page.getByTestId('opinion').waitFor();
    await page.getByLabel(zh('opinion:findings')).fill('右肺下叶实性结节，边缘毛刺。');
    await page.getByRole('combobox').fill('C34.3 肺下叶恶性肿瘤');
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await saved(page);
    await page.getByTestId('opinion-sign').click();
    await page.getByTestId('sign-password').fill(PERSON_PASSWORD);
    // Midnight, as far as the licence is concerned: no page is told.
    await server.database.query(
      `UPDATE practitioner SET validTo = '${inDays(-1)}' WHERE accountId = '${specialist.accountId}'`,
    );
    await page.getByTestId('sign-confirm').click();
    await page.getByText(zh('opinion:handOver.ownLicence')).waitFor();
    await look(page, 'not-signed');
    await page.goto(`/consultations/${consultationId}`);
    await page.getByTestId('handed-over').waitFor();
    const mayAccept = page.getByRole('button', { name: zh('case:actions.accept'), exact: true });
    assert.equal(await mayAccept.count(), 0);
    await look(page, 'case-of-the-one-who-left');

    const other = await enter(colleague, `/consultations/${consultationId}`);
    await other.getByTestId('handed-over').waitFor();
    await look(other, 'case-to-take-over');
    await lookInEnglish(
      colleague,
      `/consultations/${consultationId}`,
      '[data-testid="handed-over"]',
      'case-to-take-over',
    );
    await other.getByRole('button', { name: zh('case:actions.accept'), exact: true }).click();
    await other.getByRole('button', { name: zh('case:actions.hand-over'), exact: true }).waitFor();
    await other.goto(`/consultations/${consultationId}/opinion`);
    await other.getByTestId('hand-over-notice').waitFor();
    assert.equal(await other.getByLabel(zh('opinion:findings')).inputValue(), '右肺下叶实性结节，边缘毛刺。');
    await look(other, 'opinion-taken-over');
    await lookInEnglish(
      colleague,
      `/consultations/${consultationId}/opinion`,
      '[data-testid="hand-over-notice"]',
      'opinion-taken-over',
    );
    await other.getByTestId('opinion-sign').click();
    await other.getByTestId('sign-password').fill(PERSON_PASSWORD);
    await other.getByTestId('sign-confirm').click();
    await other.waitForURL('**/report');
    await page.context().close();
    await other.context().close();
  });
});
