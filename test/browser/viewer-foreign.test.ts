import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { en } from '../../client/i18n/en.ts';
import { launchBrowser } from '../support/browser.ts';
import { uploadFile } from '../support/images.ts';
import { ofManufacturersOwn } from '../support/series-by-hand.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';
import { openAs } from './form-people.ts';

const REASON = 'transfer-syntax-unsupported';
const LANGUAGES = {
  'zh-CN': { words: zh(`failures:reason.${REASON}`), advice: /厂商专用.*已保存.*标准传输语法.*重新导出/ },
  en: { words: en.failures.reason[REASON], advice: /manufacturer’s own.*is kept.*Export it.*standard transfer syntax/ },
} as const;

describe('a CT that its manufacturer has compressed in a way of its own', function () {
  this.timeout(180_000);
  let server: RunningServer;
  let browser: Browser;
  let consultationId: string;

  before(async () => {
    [server, browser] = await Promise.all([startServer(), launchBrowser()]);
    const doctor = await server.signIn('county-doctor');
    ({ consultationId } = await doctor.call('consultation:create'));
    for (const file of Object.values(ofManufacturersOwn(7)).flat())
      assert.equal((await uploadFile(doctor, consultationId, file))?.ok, true);
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  for (const [language, { words, advice }] of Object.entries(LANGUAGES))
    it(`is kept, and says how it can be had for looking at after all (${language})`, async () => {
      assert.match(words, advice);
      const { page, context } = await openAs(server, browser, 'county-doctor');
      await context.addInitScript((chosen) => localStorage.setItem('huizhen.language', chosen), language);
      await page.goto(`/consultations/${consultationId}/images`);
      const thumbnails = page.getByTestId('thumbnail');
      await thumbnails.nth(1).waitFor();
      for (const [index, series] of ['2.25.9.7', '2.25.9.8'].entries()) {
        await thumbnails.nth(index).click();
        const lightbox = page.locator(`[data-testid="review-lightbox"][data-sop-instance-uid="${series}.1"]`);
        await lightbox.getByRole('alert').getByText(words).waitFor();
      }
      await context.close();
    });
});
