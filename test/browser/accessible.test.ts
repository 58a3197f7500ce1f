import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { ConsultationState, PictureKind } from '../../server/contract/index.ts';
import { demoFacilities } from '../../server/demo/network.ts';
import { assertAccessible } from '../support/accessible.ts';
import { launchBrowser, openPerson, type Person } from '../support/browser.ts';
import { type ConsultationSite, openConsultationSite } from '../support/consultation-site.ts';
import { zh } from '../support/zh.ts';

const WIDE_AND_PHONE = [1366, 390];

/** What sticks out of the window to the right, by as many pixels. */
const overhang = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** The demo's own case: the network has one finished and one waiting case of each kind of picture. */
async function demoCase(site: ConsultationSite, state: ConsultationState, kind: PictureKind): Promise<string> {
  const county = await site.signIn('county-doctor');
  for (const { consultationId, state: found } of await county.call('consultations:list')) {
    if (found !== state) continue;
    const { materials } = await county.call('consultation:read', { params: { consultationId } });
    if (materials.some((material) => material.kind === kind)) return `/consultations/${consultationId}`;
  }
  throw new Error(`the demo network has no ${state} case with ${kind}`);
}

describe('pages for people who use a screen reader or the keyboard alone', function () {
  this.timeout(240_000);
  let site: ConsultationSite;
  let browser: Browser;
  /** By account: each has one browser for all pages that they look at, as somebody who works has. */
  const people = new Map<string, Person>();

  before(async () => {
    site = await openConsultationSite({ apart: false });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  /** Opens the page as that person, waits for what shows that it is there, and looks at it at each width. */
  async function look(account: string, path: string, ready: string, widths: readonly number[] = [1366]): Promise<void> {
    const size = (width: number) => ({ width, height: width < 500 ? 844 : 768 });
    const first = size(widths[0] ?? 1366);
    const known = people.get(account);
    await known?.page.setViewportSize(first);
    await known?.page.goto(path);
    const person: Person = known ?? (await site.open(browser, account, path, first));
    people.set(account, person);
    const { page } = person;
    for (const width of widths) {
      await page.setViewportSize(size(width));
      await page.locator(ready).first().waitFor();
      await assertAccessible(page, `${account} ${path} ${width}`);
      assert.equal(await overhang(page), 0, `${account} ${path} is wider than ${width}`);
    }
  }

  it('signing in has no barrier', async () => {
    for (const language of ['zh-CN', 'en'] as const) {
      const { context, page } = await openPerson(browser, site.server.url, { language });
      await page.goto('/');
      await page.locator('.demo-account').first().waitFor();
      await page.locator('.demo-others summary').click();
      await assertAccessible(page, language);
      await context.close();
    }
  });

  it('the work list and the office pages have no barrier, on a phone neither', async () => {
    for (const account of ['county-doctor', 'specialist', 'coordinator', 'admin', 'trainee'])
      await look(account, '/', 'main h1', WIDE_AND_PHONE);
    await look('auditor', '/audit', 'main table', WIDE_AND_PHONE);
    await look('security-admin', '/administration/acts', 'main table', WIDE_AND_PHONE);
    await look('security-admin', '/administration/policies', '.policies-grid', WIDE_AND_PHONE);
    await look('specialist', '/nowhere', 'main h1', WIDE_AND_PHONE);
    await look('county-doctor', '/consultations/new', '[data-testid="form-submit"]', WIDE_AND_PHONE);
  });

  it('people and one’s own account have no barrier, on a phone neither', async () => {
    await look('admin', '/administration/people', 'main table', WIDE_AND_PHONE);
    await look('admin', '/administration/machines', '.empty-state', WIDE_AND_PHONE);
    await look('admin', '/administration/people?search=nobody', '.empty-state', WIDE_AND_PHONE);
    await look('county-doctor', '/account', '.own-history table', WIDE_AND_PHONE);
  });

  it('the pages of one-time links have no barrier, on a phone neither', async () => {
    const { context, page } = await openPerson(browser, site.server.url);
    for (const path of ['/set-password', '/set-password#AAAA', '/first-start'])
      for (const width of WIDE_AND_PHONE) {
        await page.setViewportSize({ width, height: 768 });
        await page.goto(path);
        await page.locator('.plain-sheet-paper .button').first().waitFor();
        await assertAccessible(page, `${path} ${width}`);
      }
    await context.close();
  });

  it('the form and the slip of a person have no barrier', async () => {
    const { page, context } = await site.open(browser, 'admin', '/administration/people', { width: 1366, height: 768 });
    await page.getByRole('button', { name: zh('accounts:people.invite') }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel(zh('accounts:person.name'), { exact: true }).fill('孙小梅');
    await assertAccessible(page, 'new person');
    await form.getByLabel(zh('accounts:person.login'), { exact: true }).fill('sun.xiaomei');
    for (const [field, choice] of [
      [zh('accounts:person.facility'), demoFacilities.county.name],
      [zh('accounts:person.role'), zh('terms:role.physician')],
    ] as const) {
      await form.getByLabel(field, { exact: true }).click();
      // Of many facilities only those in sight are in the list: it is narrowed by typing.
      if (choice === demoFacilities.county.name) await page.keyboard.type(choice);
      await page.locator(`.ant-select-item-option[title="${choice}"]`).click();
    }
    await page.getByRole('button', { name: zh('accounts:person.submitNew') }).click();
    await page.getByRole('dialog').getByTestId('one-time-code').waitFor();
    await assertAccessible(page, 'slip');
    await page.getByRole('button', { name: zh('accounts:slip.done') }).click();
    await page.goto('/administration/people?search=sun.xiaomei');
    await page.getByRole('button', { name: zh('accounts:people.open', { name: '孙小梅' }) }).click();
    await page.getByRole('button', { name: zh('accounts:acts.disable') }).waitFor();
    await assertAccessible(page, 'person');
    await context.close();
  });

  it('demonstrations have no barrier, on a phone neither', async () => {
    await look('trainee', '/demonstrations', '.demonstration-line', WIDE_AND_PHONE);
    const surgeon = await site.signIn('surgeon');
    const { lines } = await surgeon.call('demonstrations:list', { query: { desk: 'own', when: 'soon' } });
    assert.equal(lines.length, 2);
    for (const { demonstrationId } of lines)
      await look('surgeon', `/demonstrations/${demonstrationId}`, '.demonstration-standing', WIDE_AND_PHONE);
    const opened = lines.find(({ startsAt }) => startsAt !== null)?.demonstrationId;
    await look('trainee', `/demonstrations/${opened}`, '.demonstration-description', WIDE_AND_PHONE);
    await look('zou.guihua', `/demonstrations/${opened}`, 'main table', WIDE_AND_PHONE);
    await look('surgeon', `/demonstrations/${opened}/theatre`, '[data-testid="theatre"]', WIDE_AND_PHONE);
    await look('surgeon', `/demonstrations/${opened}/cut`, '[data-testid="cut-switch"]', WIDE_AND_PHONE);
  });

  it('a case and its report have no barrier, on a phone neither', async () => {
    await look('county-doctor', await demoCase(site, 'acknowledged', 'imaging'), 'main h1', WIDE_AND_PHONE);
    await look('specialist', await demoCase(site, 'submitted', 'imaging'), 'main h1', WIDE_AND_PHONE);
    for (const kind of ['imaging', 'ecg', 'pathology'] as const)
      await look(
        'county-doctor',
        `${await demoCase(site, 'acknowledged', kind)}/report`,
        '[data-testid="report"]',
        WIDE_AND_PHONE,
      );
  });

  it('giving a consent and taking it back have no barrier', async () => {
    const path = await demoCase(site, 'acknowledged', 'imaging');
    const { page, context } = await site.open(browser, 'county-doctor', path, { width: 1366, height: 768 });
    await page.getByRole('button', { name: zh('consents:withdraw') }).click();
    await page.getByRole('dialog').waitFor();
    await assertAccessible(page, 'withdrawal');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: zh('cancel') })
      .click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: zh('consents:give') }).click();
    await page.locator('input[name=consent-method][value=drawn]').check();
    await page.getByTestId('signature-pad').waitFor();
    await assertAccessible(page, 'signature');
    await context.close();
  });

  it('the viewers have no barrier', async () => {
    for (const kind of ['imaging', 'ecg', 'pathology'] as const)
      await look(
        'specialist',
        `${await demoCase(site, 'submitted', kind)}/images`,
        '[data-testid="review-lightbox"][data-quality="full"]',
      );
  });

  it('the room and the opinion have no barrier', async () => {
    const { consultationId } = await site.meetOverImages();
    const path = `/consultations/${consultationId}`;
    await look('county-doctor', `${path}/room`, '[data-testid="room-enter"]');
    await look('specialist', `${path}/opinion`, '[data-testid="opinion-sign"], .opinion-editor, main h1');
    const person = await site.enterRoom(browser, 'specialist', consultationId);
    await person.page.locator('[data-testid="review-lightbox"][data-quality="full"]').waitFor();
    await assertAccessible(person.page, 'room');
    await person.context.close();
  });
});
