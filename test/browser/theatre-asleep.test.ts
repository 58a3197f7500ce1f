import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, launchSleepyBrowser, receivedAudioBytes, type SleepyBrowser } from '../support/browser.ts';
import { eventually, rises } from '../support/eventually.ts';
import { zh } from '../support/zh.ts';
import { FIELD_CAMERA, forgetSeen, SECRET, seenBy, watchForSecrets } from './theatre-cameras.ts';
import { addCamera, becomes, drawMask, goOnAir, openTheatreSite, type TheatreSite } from './theatre-site.ts';

const FIELD = zh('theatre:source.field');

describe('a theatre’s computer that falls asleep', function () {
  this.timeout(300_000);
  let site: TheatreSite;
  let browser: Browser;
  let theatres: SleepyBrowser;

  before(async () => {
    browser = await launchBrowser();
    theatres = await launchSleepyBrowser();
    site = await openTheatreSite(browser);
  });
  after(async () => {
    await theatres?.close();
    await browser?.close();
    await site?.close();
  });

  const isShown = (page: Page, shown: string) =>
    page
      .getByTestId('program')
      .locator(`[data-testid="hall-picture"][data-source="field"][data-shown="${shown}"]`)
      .waitFor();
  const isSeenBy = async (page: Page, when: string) => {
    await forgetSeen(page);
    await eventually(`the field is seen ${when}`, async () => (await seenBy(page)).brightFrames > 5);
  };

  it('is named to moderator and watchers as what is away, shows nothing that stands still, and goes on once it is awake', async () => {
    const { demonstrationId, world } = await site.place('live');
    const theatre = await site.openTheatre(demonstrationId, { on: theatres.browser });
    const { page } = theatre;
    await addCamera(page, FIELD_CAMERA, 'field');
    await drawMask(page);
    await page.getByLabel(zh('theatre:inputs.send')).check();
    await goOnAir(page);
    await world.moderator.client.call('demonstration:program', {
      params: { demonstrationId },
      body: { layout: 'single', main: { accountId: world.surgeonId, source: 'field', label: FIELD }, second: null },
    });
    const desk = await site.openDesk(demonstrationId);
    const watcher = await site.openWatcher(demonstrationId);
    await watcher.page.evaluate(watchForSecrets, SECRET);
    await isSeenBy(watcher.page, 'at first');

    // Longer than the sfu keeps a place for whoever is away.
    theatres.sleep();
    for (const one of [desk, watcher]) {
      await isShown(one.page, 'theatre-away');
      await one.page.getByTestId('hall-trouble').getByText(zh('demonstrationHall:trouble.theatreAway')).waitFor();
    }
    await desk.page.getByText(zh('demonstrationHall:desk.noSources')).waitFor();
    await forgetSeen(watcher.page);
    assert.equal((await seenBy(watcher.page)).brightFrames, 0);

    theatres.wake();
    await isShown(watcher.page, 'live');
    await isSeenBy(watcher.page, 'once it is awake');
    await rises('what is heard of the theatre', 1_000, () => receivedAudioBytes(watcher.page));
    await becomes(page, FIELD, 'masked');
    await page.locator('[data-testid="air-sign"][data-sign="live"]').waitFor();
    const trouble = watcher.page.getByTestId('hall-trouble');
    await eventually('no trouble is named any more', async () => (await trouble.innerText()) === '');
    assert.equal((await seenBy(watcher.page)).secretFrames, 0, 'masked from the first picture on');
    for (const { context } of [theatre, desk, watcher]) await context.close();
  });
});
