import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, setVisibility } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { zh } from '../support/zh.ts';
import { FIELD_CAMERA, forgetSeen, SECRET, seenBy, watchForSecrets } from './theatre-cameras.ts';
import { addCamera, becomes, drawMask, openTheatreSite, type TheatreSite } from './theatre-site.ts';

describe('the operating theatre', function () {
  this.timeout(240_000);
  let site: TheatreSite;
  let browser: Browser;

  before(async () => {
    browser = await launchBrowser();
    site = await openTheatreSite(browser);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  const FIELD = zh('theatre:source.field');
  const isSeenBy = async (page: Page, what: string) => {
    await forgetSeen(page);
    await eventually(`${what}: the field is seen`, async () => (await seenBy(page)).brightFrames > 5);
  };

  it('masks what nobody may see, and is black rather than unmasked whatever becomes of the mask', async () => {
    const { demonstrationId } = await site.place('enrolling');
    const { page, context, faults } = await site.openTheatre(demonstrationId);
    await page.evaluate(watchForSecrets, SECRET);
    await addCamera(page, FIELD_CAMERA, 'field');
    await eventually('the watch sees what is not masked', async () => (await seenBy(page)).secretFrames > 0);
    await drawMask(page);
    await page.getByRole('button', { name: zh('theatre:masks.zone', { number: 1 }) }).waitFor();
    await page.waitForTimeout(500);
    await page.evaluate(watchForSecrets, SECRET);
    await isSeenBy(page, 'at first');
    // The worker dies, and another one takes its place; then it runs, and does nothing.
    await page.evaluate(() => window.__computer.workers.at(-1)?.terminate());
    await becomes(page, FIELD, 'black');
    await becomes(page, FIELD, 'masked');
    await page.evaluate(() => window.__computer.workers.at(-1)?.postMessage({ kind: 'hold', holdMs: 3_000 }));
    await becomes(page, FIELD, 'black');
    await becomes(page, FIELD, 'masked');
    await page.evaluate((label) => window.__computer.plug(label, false), FIELD_CAMERA);
    await becomes(page, FIELD, 'unplugged');
    await page.evaluate((label) => window.__computer.plug(label, true), FIELD_CAMERA);
    await isSeenBy(page, 'the card is back');
    assert.equal((await seenBy(page)).secretFrames, 0, 'nothing of what is masked was ever seen');
    assert.deepEqual(faults, []);
    await context.close();
  });

  it('masks on the page where the browser hands no pictures to a worker, and is black behind other windows', async () => {
    const { demonstrationId } = await site.place('enrolling');
    const { page, context, faults } = await site.openTheatre(demonstrationId, { withoutWorker: true });
    await addCamera(page, FIELD_CAMERA, 'field');
    await drawMask(page);
    await page.waitForTimeout(500);
    await page.evaluate(watchForSecrets, SECRET);
    await isSeenBy(page, 'at first');
    await setVisibility(page, 'hidden');
    await becomes(page, FIELD, 'black');
    await setVisibility(page, 'visible');
    await becomes(page, FIELD, 'masked');
    await isSeenBy(page, 'in front again');
    assert.equal((await seenBy(page)).secretFrames, 0, 'nothing of what is masked was seen');
    // The computer is started anew: the mask is there before the picture.
    await page.reload();
    await page.evaluate(watchForSecrets, SECRET);
    await isSeenBy(page, 'after a reload');
    assert.equal((await seenBy(page)).secretFrames, 0, 'nor after a reload');
    assert.deepEqual(faults, []);
    await context.close();
  });
});
