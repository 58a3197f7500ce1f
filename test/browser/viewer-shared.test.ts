import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { frameOf } from '../support/imaging-parts.ts';
import { zh } from '../support/zh.ts';
import { useTwoPeople } from './two-people.ts';
import { keptAnnotations, type ViewerDesk } from './viewer-desk.ts';

describe('two people looking at the same images', () => {
  const people = useTwoPeople();
  let page: Page;
  let zhang: ViewerDesk;
  let li: ViewerDesk;
  beforeEach(() => {
    ({ page, zhang, li } = people);
  });

  it('shows the follower the presenter’s picture, pixel for pixel, whatever the presenter does', async () => {
    await zhang.press('ArrowDown', 'ArrowDown');
    await people.assertSamePixels('scrolled');
    await zhang.drag([0.5, 0.5], [0.62, 0.35]);
    await people.assertSamePixels('windowed by dragging');
    await zhang.press('z');
    await zhang.drag([0.4, 0.6], [0.4, 0.4]);
    await zhang.drag([0.5, 0.5], [0.57, 0.44], 'middle');
    await people.assertSamePixels('zoomed and moved');
    await zhang.press('.', 'j', 'i');
    await people.assertSamePixels('turned, mirrored and inverted');
    await zhang.panel.getByTestId('thumbnail').nth(1).click();
    await zhang.whenFull();
    await people.assertSamePixels('another series');
  });

  it('shows the follower the same frame while a cine plays and when it stops, within what the line may carry', async () => {
    await zhang.panel.getByTestId('thumbnail').nth(2).click();
    for (const person of [1, 2])
      await page.locator(`[data-person="${person}"] [data-testid="review-lightbox"][data-loaded-frames="8"]`).waitFor();
    const sentBefore = await page.evaluate(() => window.viewerPage.hub.received.length);
    const startedMs = Date.now();
    // 33 frames a second: more than the line is asked to carry.
    await zhang.press(']', ' ');
    const followed = new Set<number | undefined>();
    while (Date.now() - startedMs < 2000) followed.add(frameOf(await li.viewport()));
    assert.ok(followed.size >= 5, `the follower saw ${[...followed]}`);
    await zhang.press(' ');
    await people.assertSamePixels('stopped');
    const moves = await page.evaluate(
      (before) => window.viewerPage.hub.received.slice(before).filter(({ name }) => name === 'viewport:move').length,
      sentBefore,
    );
    const seconds = (Date.now() - startedMs) / 1000;
    assert.ok(moves > 5 && moves <= 20 * seconds + 3, `${moves} viewports in ${seconds} s`);
    assert.equal(await li.lightbox.getByTestId('cine-bar').getAttribute('data-playing'), 'false', 'only one plays');
    // Somebody else takes the lead while it plays: it stops, and nobody is torn away.
    await zhang.press(' ');
    await page.locator('[data-person="1"] [data-testid="cine-bar"][data-playing="true"]').waitFor();
    await li.press('b');
    await page.locator('[data-person="1"] [data-testid="grant"]').click();
    await page.locator('[data-person="1"] [data-testid="cine-bar"][data-playing="false"]').waitFor();
  });

  it('lets a follower look around and snap back, without taking anything from the presenter', async () => {
    await zhang.press('ArrowDown');
    await people.sameViewport();
    await li.press('End');
    assert.equal(await li.bar.getAttribute('data-following'), 'false');
    await zhang.press('ArrowDown');
    assert.notDeepEqual((await li.viewport()).target, (await zhang.viewport()).target);
    await li.panel.getByTestId('snap-back').click();
    await people.assertSamePixels('back');
    assert.equal(await zhang.bar.getAttribute('data-presenting'), 'true');
  });

  it('hands over to whoever asks when the presenter agrees', async () => {
    await zhang.press('ArrowDown');
    await people.sameViewport();
    await li.panel.getByTestId('take-over').click();
    await zhang.panel.getByTestId('grant').click();
    await page.locator('[data-person="2"] [data-presenting="true"]').waitFor();
    await li.press('End');
    await page.waitForFunction(() => {
      const [one, other] = document.querySelectorAll('[data-testid="review-lightbox"]');
      return one?.getAttribute('data-viewport') === other?.getAttribute('data-viewport');
    });
    assert.equal(await zhang.bar.getAttribute('data-following'), 'true');
  });

  it('shows where the other one points, with the name, at the same place of the picture', async () => {
    await zhang.press('ArrowDown');
    await people.sameViewport();
    await zhang.moveTo(0.3, 0.3);
    await zhang.moveTo(0.4, 0.6);
    const pointer = li.lightbox.getByTestId('remote-pointer');
    await pointer.waitFor();
    await pointer.getByText('张医生').waitFor();
    const [here, there] = [await zhang.lightbox.boundingBox(), await li.lightbox.boundingBox()];
    assert.ok(here && there);
    await page.waitForFunction(
      ([x = 0, y = 0]) => {
        const arrow = document.querySelectorAll('[data-testid="remote-pointer"] path')[0]?.getBoundingClientRect();
        return arrow && Math.abs(arrow.x - x) < 3 && Math.abs(arrow.y - y) < 3;
      },
      [there.x + here.width * 0.4, there.y + here.height * 0.6],
    );
    await page.mouse.move(5, 5);
    await pointer.waitFor({ state: 'detached' });
  });
  it('keeps what is drawn while the line is down, says so, and delivers it afterwards', async () => {
    await zhang.press('ArrowDown', 'l');
    await people.sameViewport();
    await page.evaluate(() => window.viewerPage.links[0]?.break());
    await zhang.drag([0.4, 0.4], [0.6, 0.5]);
    await zhang.panel.getByText(zh('review:unsent', { count: 1 })).waitFor();
    assert.equal(await li.annotations().count(), 0);
    await page.evaluate(() => window.viewerPage.links[0]?.connect());
    await li.annotations('length').waitFor();
    await page.locator('[data-person="1"] [data-unsent="0"]').waitFor();
    assert.equal((await keptAnnotations(page)).length, 1);
  });

  it('tells everybody how well the others see it', async () => {
    await li.panel.locator('[data-testid="peer"][data-state="full"]', { hasText: '张医生' }).waitFor();
    await li.panel
      .getByText(zh('review:peer.complete', { loaded: 40, total: 40 }))
      .first()
      .waitFor();
  });
});
