import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { keptAnnotations, type ViewerDesk, viewerDesk } from './viewer-desk.ts';
import { openViewerSite, type ViewerSite } from './viewer-site.ts';

describe('two people looking at the same images', () => {
  let site: ViewerSite;
  let browser: Browser;
  let page: Page;
  let zhang: ViewerDesk;
  let li: ViewerDesk;

  const sameViewport = async (): Promise<void> => {
    const wanted = JSON.stringify(await zhang.viewport());
    await page.waitForFunction(
      (viewport) =>
        document.querySelectorAll(`[data-testid="review-stage"]`)[1]?.getAttribute('data-viewport') === viewport,
      wanted,
    );
    await li.whenFull();
  };
  const assertSamePixels = async (what: string): Promise<void> => {
    await sameViewport();
    const [one, other] = [await zhang.pixels(), await li.pixels()];
    assert.deepEqual([other.width, other.height], [one.width, one.height]);
    assert.ok(
      one.data.some((value) => value !== 0 && value !== 255),
      'there is a picture',
    );
    assert.ok(one.data.equals(other.data), `${what}: the same on both sides`);
  };

  before(async function () {
    this.timeout(60_000);
    site = await openViewerSite(['dicom/series/ct-chest-lidc0314', 'dicom/series/mr-brain-axial']);
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1600, height: 700 } });
    await page.goto(`${site.url}/?people=2&delayMs=10`);
    zhang = viewerDesk(page, 1);
    li = viewerDesk(page, 2);
    await zhang.whenFull();
    await li.whenFull();
    await page.locator('[data-person="2"] [data-testid="presenter-bar"][data-phase="live"]').waitFor();
  });
  afterEach(() => page.close());
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  it('shows the follower the presenter’s picture, pixel for pixel, whatever the presenter does', async () => {
    await zhang.press('ArrowDown', 'ArrowDown');
    await assertSamePixels('scrolled');
    await zhang.drag([0.5, 0.5], [0.62, 0.35]);
    await assertSamePixels('windowed by dragging');
    await zhang.press('z');
    await zhang.drag([0.4, 0.6], [0.4, 0.4]);
    await zhang.drag([0.5, 0.5], [0.57, 0.44], 'middle');
    await assertSamePixels('zoomed and moved');
    await zhang.press('.', 'h', 'i');
    await assertSamePixels('turned, mirrored and inverted');
    await zhang.panel.getByTestId('thumbnail').nth(1).click();
    await zhang.whenFull();
    await assertSamePixels('another series');
  });

  it('lets a follower look around and snap back, without taking anything from the presenter', async () => {
    await zhang.press('ArrowDown');
    await sameViewport();
    await li.press('End');
    assert.equal(await li.bar.getAttribute('data-following'), 'false');
    await zhang.press('ArrowDown');
    assert.notDeepEqual((await li.viewport()).target, (await zhang.viewport()).target);
    await li.panel.getByTestId('snap-back').click();
    await assertSamePixels('back');
    assert.equal(await zhang.bar.getAttribute('data-presenting'), 'true');
  });

  it('hands over to whoever asks when the presenter agrees', async () => {
    await zhang.press('ArrowDown');
    await sameViewport();
    await li.panel.getByTestId('take-over').click();
    await zhang.panel.getByTestId('grant').click();
    await page.locator('[data-person="2"] [data-presenting="true"]').waitFor();
    await li.press('End');
    await page.waitForFunction(() => {
      const [one, other] = document.querySelectorAll('[data-testid="review-stage"]');
      return one?.getAttribute('data-viewport') === other?.getAttribute('data-viewport');
    });
    assert.equal(await zhang.bar.getAttribute('data-following'), 'true');
  });

  it('shows where the other one points, with the name, at the same place of the picture', async () => {
    await zhang.press('ArrowDown');
    await sameViewport();
    await zhang.moveTo(0.3, 0.3);
    await zhang.moveTo(0.4, 0.6);
    const pointer = li.stage.getByTestId('remote-pointer');
    await pointer.waitFor();
    await pointer.getByText('张医生').waitFor();
    const [here, there] = [await zhang.stage.boundingBox(), await li.stage.boundingBox()];
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

  it('has what one draws, changes and deletes on the other screen, with the same values', async () => {
    await zhang.press('ArrowDown', 'e');
    await sameViewport();
    await zhang.drag([0.4, 0.4], [0.5, 0.5]);
    const [mine, theirs] = [zhang.annotations('ellipse'), li.annotations('ellipse')];
    await theirs.waitFor();
    const mean = await mine.getAttribute('data-mean');
    assert.ok(mean && mean === (await theirs.getAttribute('data-mean')));
    const handle = mine.locator('[data-handle="end"] .annotation-handle-dot');
    const box = (await handle.boundingBox()) ?? assert.fail('no handle');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 40);
    await page.mouse.up();
    await page.waitForFunction(
      (before) =>
        [...document.querySelectorAll('[data-kind="ellipse"]')].every(
          (each) => each.getAttribute('data-mean') !== before,
        ),
      mean,
    );
    assert.equal(await theirs.getAttribute('data-mean'), await mine.getAttribute('data-mean'));
    await li.press('Escape');
    await theirs.focus();
    await page.keyboard.press('Delete');
    await mine.waitFor({ state: 'detached' });
  });

  it('keeps what is drawn while the line is down, says so, and delivers it afterwards', async () => {
    await zhang.press('ArrowDown', 'l');
    await sameViewport();
    await page.evaluate(() => window.viewerPage.links[0]?.break());
    await zhang.drag([0.4, 0.4], [0.6, 0.5]);
    await zhang.panel.getByText('1 处标注待发送').waitFor();
    assert.equal(await li.annotations().count(), 0);
    await page.evaluate(() => window.viewerPage.links[0]?.connect());
    await li.annotations('length').waitFor();
    await page.locator('[data-person="1"] [data-unsent="0"]').waitFor();
    assert.equal((await keptAnnotations(page)).length, 1);
  });

  it('tells everybody how well the others see it', async () => {
    await li.panel.locator('[data-testid="peer"][data-state="full"]', { hasText: '张医生' }).waitFor();
    await li.panel.getByText('✓ 全部 40/40').first().waitFor();
  });
});
