import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, type Person } from '../support/browser.ts';
import { draftCase } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { readData } from '../support/data.ts';
import { CT_SERIES, listData, uploadFile } from '../support/images.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import { openAs } from './form-people.ts';

const PHONE = { width: 390, height: 844 };
/** A thumb's width: WCAG 2.2, success criterion 2.5.5. */
const TARGET_PX = 44;

describe('on a phone', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  let doctor: Person & { client: Client };
  let specialist: Person & { client: Client };
  let consultationId: string;

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
    doctor = await openAs(server, browser, 'county-doctor', PHONE);
    specialist = await openAs(server, browser, 'specialist', PHONE);
    ({ consultationId } = await draftCase(doctor.client));
    const params = { consultationId };
    for (const path of (await listData(CT_SERIES)).slice(0, 3))
      await uploadFile(doctor.client, consultationId, await readData(path));
    const { version } = await doctor.client.call('consultation:read', { params });
    const submitted = await doctor.client.call('consultation:submit', { params, body: { version } });
    await specialist.client.call('consultation:accept', { params, body: { version: submitted.version } });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  async function open({ page }: Person, path: string): Promise<Page> {
    await page.goto(path);
    await page.getByRole('heading').first().waitFor();
    return page;
  }
  /** What sticks out of the window to the right, by as many pixels. */
  const overhang = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  /** Buttons and links of a part of the page that a thumb would miss, or that lie off the window. */
  const outOfReach = (page: Page, part: string) =>
    page.evaluate(
      ({ selector, least }) =>
        Array.from(document.querySelectorAll<HTMLElement>(`${selector} :is(button, a[href])`)).flatMap((one) => {
          const { width, height, left, right } = one.getBoundingClientRect();
          if (width === 0) return [];
          const isReached = width >= least && height >= least && left >= 0 && right <= window.innerWidth;
          return isReached ? [] : [`${one.textContent} ${width}×${height} ${left}–${right}`];
        }),
      { selector: part, least: TARGET_PX - 0.5 },
    );

  it('the work list begins on the first screen; its filters come when they are asked for, and are still there after a look at a case', async () => {
    const page = await open(doctor, '/?list=running');
    const box = await page.locator('.case-row').first().boundingBox();
    assert.ok(box && box.y + 100 < PHONE.height, JSON.stringify(box));
    const urgency = page.getByRole('combobox', { name: zh('workList:filter.urgency') });
    assert.equal(await urgency.isVisible(), false);
    await page.getByRole('button', { name: zh('workList:filter.more') }).click();
    await urgency.waitFor();
    assert.equal(await overhang(page), 0);
    await urgency.click();
    await page
      .locator('.ant-select-item-option')
      .filter({ hasText: zh('terms:urgency.routine') })
      .click();
    await page.locator('.case-row').first().click();
    await page.waitForURL(`**/consultations/${consultationId}`);
    await page.goBack();
    await urgency.waitFor();
  });

  it('no page is wider than the screen, in either language', async () => {
    const draft = await draftCase(doctor.client);
    const case_ = `/consultations/${consultationId}`;
    for (const language of ['zh-CN', 'en']) {
      for (const [person, path] of [
        [doctor, '/'],
        [doctor, '/?list=running'],
        [doctor, case_],
        [doctor, `/consultations/${draft.consultationId}/edit`],
        [specialist, `${case_}/opinion`],
        [specialist, `${case_}/images`],
      ] as const) {
        await person.page.addInitScript((stored) => localStorage.setItem('huizhen.language', stored), language);
        const page = await open(person, path);
        assert.equal(await overhang(page), 0, `${path} in ${language}`);
      }
      assert.deepEqual(await outOfReach(doctor.page, '.top-bar'), [], language);
    }
  });

  it('the account menu is on the screen and signs out', async () => {
    const page = await open(doctor, '/');
    await page.locator('.person-button').click();
    const item = page.getByRole('menuitem').last();
    await item.waitFor();
    const box = await item.boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= PHONE.width, JSON.stringify(box));
  });

  it('the room has the picture on top in the full width, the voice bar and the chat below, and nothing to draw with', async () => {
    await specialist.client.call('call:start', { params: { consultationId } });
    const { page } = doctor;
    await page.goto(`/consultations/${consultationId}/room`);
    await page.getByTestId('room-enter').click();
    await page.getByTestId('room').waitFor();
    await page.locator('.review-host canvas').first().waitFor();
    const boxOf = async (selector: string) =>
      (await page.locator(selector).first().boundingBox()) ?? assert.fail(selector);
    const [picture, controls, tabs] = [
      await boxOf('.review-host'),
      await boxOf('.room-controls'),
      await boxOf('.side-tabs'),
    ];
    assert.ok(picture.width > PHONE.width - 10 && picture.height > 200, JSON.stringify(picture));
    assert.ok(picture.y < controls.y && controls.y < tabs.y);
    assert.ok(tabs.y + tabs.height <= PHONE.height + 1, JSON.stringify(tabs));
    assert.equal(await page.locator('.review-toolbar').isVisible(), false);
    assert.equal(await overhang(page), 0);
    assert.deepEqual(await outOfReach(page, '.room-controls'), []);
    const bar = page.getByTestId('presenter-bar');
    assert.equal(await bar.evaluate((element) => element.scrollWidth - element.clientWidth), 0);
    assert.deepEqual(doctor.faults, []);
  });
});
