import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { zh } from '../support/zh.ts';
import { FIELD_CAMERA, ROOM_CAMERA } from './theatre-cameras.ts';
import { addCamera, goOnAir, openTheatreSite, type TheatreSite } from './theatre-site.ts';

const FIELD = zh('theatre:source.field');

describe('the names of a theatre’s pictures', function () {
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

  const rename = (page: Page, name: string) => page.getByLabel(zh('theatre:inputs.name')).fill(name);
  const send = (page: Page) => page.getByLabel(zh('theatre:inputs.send')).check();

  it('may change, on air or off it, and be given to another: the picture that was chosen stays on air', async () => {
    const { demonstrationId } = await site.place('live');
    const theatre = await site.openTheatre(demonstrationId);
    const { page } = theatre;
    await addCamera(page, FIELD_CAMERA, 'field');
    await send(page);
    await goOnAir(page);
    const desk = await site.openDesk(demonstrationId);
    const watcher = await site.openWatcher(demonstrationId);
    const source = (name: string, onAir: 'main' | 'no') =>
      desk.page
        .getByTestId('desk-source')
        .filter({ hasText: name })
        .and(desk.page.locator(`[data-on-air="${onAir}"]`));
    const isShown = (name: string) =>
      watcher.page
        .getByTestId('program')
        .getByRole('figure', { name })
        .and(watcher.page.locator('[data-shown="live"]'))
        .waitFor();
    await source(FIELD, 'no')
      .getByRole('button', { name: zh('demonstrationHall:desk.main') })
      .click();
    await isShown(FIELD);

    await rename(page, '腹腔镜');
    await source('腹腔镜', 'main').waitFor();
    await isShown('腹腔镜');
    // The page is opened anew, and what it sends is called otherwise from the first moment.
    await page.reload();
    await page.getByTestId('theatre-input').waitFor();
    await rename(page, 'Laparoscope');
    await page.getByRole('button', { name: zh('theatre:air.enter') }).click();
    await source('Laparoscope', 'main').waitFor();
    await isShown('Laparoscope');
    // Another has the name that was chosen.
    await addCamera(page, ROOM_CAMERA, 'field');
    await page.getByTestId('theatre-input').filter({ hasText: FIELD }).click();
    await send(page);
    await source(FIELD, 'no').waitFor();
    await source('Laparoscope', 'main').waitFor();
    await isShown('Laparoscope');
    for (const { faults, context } of [theatre, desk, watcher]) {
      assert.deepEqual(faults, []);
      await context.close();
    }
  });
});
