import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { assertAccessible } from '../support/accessible.ts';
import { carrySession, launchBrowser, openPerson } from '../support/browser.ts';
import type { Client } from '../support/client.ts';
import {
  type DemonstrationWorld,
  enrolIn,
  openDemonstrationWorld,
  placeDemonstration,
} from '../support/demonstration-world.ts';
import { eventually } from '../support/eventually.ts';
import { makeRecording } from '../support/made-recording.ts';
import { type RunningServer, startServer } from '../support/start-server.ts';
import { zh } from '../support/zh.ts';

const SECONDS = 12;

describe('a replay in the browser', function () {
  this.timeout(240_000);
  let server: RunningServer;
  let browser: Browser;
  let world: DemonstrationWorld;
  let demonstrationId: string;

  before(async () => {
    server = await startServer();
    browser = await launchBrowser();
    world = await openDemonstrationWorld(server);
    const beganAt = new Date(Date.now() - 3_600_000);
    const endedAt = new Date(beganAt.getTime() + SECONDS * 1000).toISOString();
    ({ demonstrationId } = await placeDemonstration(world, 'ended', { beganAt: beganAt.toISOString(), endedAt }));
    await enrolIn(world, demonstrationId, world.watcher);
    await makeRecording(server, { demonstrationId, accountId: world.surgeonId, began: beganAt, seconds: SECONDS });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  async function open(client: Client, path: string): Promise<{ page: Page; close(): Promise<void> }> {
    const { context, page, faults } = await openPerson(browser, server.url);
    await carrySession(context, client.cookie, server.url);
    await page.goto(path);
    return {
      page,
      async close() {
        // What is cut out with the publishing may have been asked for a moment before.
        const own = faults.filter((fault) => !fault.includes('Failed to load resource'));
        assert.deepEqual(own, []);
        await context.close();
      },
    };
  }

  /** Where each of the media elements is, in seconds; whether it has a picture. */
  const times = (page: Page) =>
    page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll<HTMLMediaElement>('.replay-program video, .replay-program audio')].map(
          (element) => [
            element.dataset['source'] ?? '',
            {
              at: element.currentTime,
              rate: element.playbackRate,
              isShown: element.closest('[data-place]') !== null,
              isReady: element.readyState >= 2,
            },
          ],
        ),
      ),
    );
  const seek = (page: Page, seconds: number) => page.getByLabel(zh('replay:position')).fill(String(seconds * 1000));
  const shows = (page: Page, source: string, seconds: number) =>
    eventually(`${source} at ${seconds} s`, async () => {
      const one = (await times(page))[source];
      return one?.isShown === true && one.isReady && Math.abs(one.at - seconds) < 0.3;
    });

  it('[DM32] [DM34] is looked through, cut, published by a second person and watched in step, with the watcher’s name on it', async () => {
    const path = `/demonstrations/${demonstrationId}`;
    const surgeon = await open(world.surgeon, path);
    await surgeon.page.getByRole('button', { name: zh('demonstrations:act.open-replay') }).click();
    await surgeon.page.getByRole('link', { name: zh('replay:open') }).click();
    const { page } = surgeon;
    await page.getByText(zh('replay:review.second')).waitFor();
    await shows(page, 'field', 0);
    await seek(page, 3);
    await shows(page, 'field', 3);
    await page.getByRole('button', { name: zh('replay:review.cutFrom', { at: '0:03' }) }).click();
    await seek(page, 6);
    await page.getByRole('button', { name: zh('replay:review.cutTo', { from: '0:03', to: '0:06' }) }).click();
    await page.getByText(zh('replay:review.cut', { from: '0:03', to: '0:06' })).waitFor();
    await seek(page, 8);
    await page.getByLabel(zh('replay:review.chapterTitle')).fill('段间平面');
    await page.keyboard.press('Enter');
    const chapter = (one: Page) => one.locator('.replay-chapters button');
    await chapter(page).getByText('段间平面').waitFor();
    await assertAccessible(page, 'looking through');
    await surgeon.close();

    const moderator = await open(world.moderator.client, `${path}/replay`);
    const publish = moderator.page.getByRole('button', { name: zh('replay:review.publish') });
    assert.ok(await publish.isDisabled());
    await moderator.page.getByLabel(zh('replay:review.seen')).check();
    await publish.click();
    await moderator.page.getByText(zh('replay:published')).waitFor();
    await moderator.close();

    const watcher = await open(world.watcher.client, path);
    await watcher.page.getByRole('link', { name: zh('replay:open') }).click();
    const { page: seen } = watcher;
    const { person } = await world.watcher.client.call('session:read');
    await seen.locator(`.replay-watermark [data-text*="${person.name}"]`).first().waitFor();
    assert.equal(await seen.locator('.replay-review').count(), 0);
    await chapter(seen).click();
    await shows(seen, 'field', 8);
    await assertAccessible(seen, 'watching');
    await seen.setViewportSize({ width: 390, height: 844 });
    await assertAccessible(seen, 'watching on a telephone');
    await seen.setViewportSize({ width: 1366, height: 768 });

    // By keys: to the chapter before, and as fast as is chosen, picture and sound in step.
    await seen.locator('h1').click();
    await seen.keyboard.press('p');
    await shows(seen, 'field', 0);
    const rate = seen.getByLabel(zh('replay:rate'));
    for (const [keys, expected] of [
      [',', 0.75],
      ['....', 2],
    ] as const) {
      for (const key of keys) await seen.keyboard.press(key);
      assert.equal(await rate.inputValue(), String(expected));
      await seek(seen, 7);
      await seen.locator('h1').click();
      await seen.keyboard.press('k');
      await eventually(`it plays ${expected} times as fast, in step`, async () => {
        const { field, audio } = await times(seen);
        if (!field || !audio || field.at < 7.2) return false;
        // A little faster or slower it catches up with the clock.
        return Math.abs(field.rate / expected - 1) <= 0.1 && Math.abs(field.at - audio.at) < 0.3;
      });
      await seen.keyboard.press('k');
    }
    await watcher.close();
  });
});
