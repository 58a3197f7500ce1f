import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { useCallPeople } from './call-people.ts';

describe('the arrangement of the room', function () {
  this.timeout(180_000);
  const { launch, arrive, meet, enter } = useCallPeople();

  const boxes = (page: Page) =>
    page.evaluate(() =>
      ['.room-bar', '.room-images', '.room-people', '.room-under', '.side-tabs'].map((selector) => {
        const { left, top, right, bottom } = document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
        return { selector, left, top, right, bottom };
      }),
    );
  async function assertTidy(page: Page, what: string): Promise<void> {
    const parts = await boxes(page);
    const { width = 0, height = 0 } = page.viewportSize() ?? {};
    for (const [index, one] of parts.entries()) {
      assert.ok(one.right > one.left && one.bottom > one.top, `${what}: ${one.selector} is there`);
      assert.ok(one.right <= width + 0.5 && one.bottom <= height + 0.5, `${what}: ${one.selector} is on the screen`);
      for (const other of parts.slice(index + 1)) {
        const apart =
          one.right <= other.left + 0.5 ||
          other.right <= one.left + 0.5 ||
          one.bottom <= other.top + 0.5 ||
          other.bottom <= one.top + 0.5;
        assert.ok(apart, `${what}: ${one.selector} and ${other.selector} do not overlap`);
      }
    }
    const scrolls = await page.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
      return scrollWidth > clientWidth || scrollHeight > clientHeight;
    });
    assert.equal(scrolls, false, `${what}: no scroll bars`);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll('.room-control, .side-tabs-list button')]
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => element.textContent),
    );
    assert.deepEqual(cut, [], `${what}: no label is cut off`);
  }

  for (const [width, height] of [
    [1366, 768],
    [1920, 1080],
  ] as const)
    for (const language of ['zh-CN', 'en'] as const)
      it(`has room for everything at ${width}×${height} in ${language}, also swapped`, async () => {
        const person = await arrive(await launch(), 'specialist', await meet(), { width, height, language });
        const { page } = person;
        await page.getByTestId('room-enter').waitFor();
        assert.equal(
          await page.evaluate(() => document.documentElement.scrollHeight > innerHeight),
          false,
          'the preview fits',
        );
        await enter(person);
        await assertTidy(page, 'as it opens');
        const images = (await boxes(page))[1];
        assert.ok(images && images.right - images.left > width * 0.6, 'the images take the most space');
        await page.getByTestId('tab-opinion').click();
        await assertTidy(page, 'with the opinion');
        await page.getByTestId('swap').click();
        await assertTidy(page, 'swapped');
      });

  it('is changed by mouse and by keys, within limits, and remembered', async () => {
    const person = await arrive(await launch(), 'county-doctor', await meet());
    await enter(person);
    const { page } = person;
    const separator = page.getByTestId('room-separator');
    const width = async () => Number(await separator.getAttribute('aria-valuenow'));
    const before = await width();
    await separator.focus();
    await page.keyboard.press('ArrowLeft');
    assert.equal(await width(), before + 24);
    await page.keyboard.press('Home');
    assert.equal(await width(), 300);
    await assertTidy(page, 'as narrow as it gets');
    await page.keyboard.press('End');
    const most = await width();
    const box = (await separator.boundingBox()) ?? assert.fail();
    await page.mouse.move(box.x + 3, 400);
    await page.mouse.down();
    await page.mouse.move(box.x + 203, 400, { steps: 4 });
    await page.mouse.up();
    assert.equal(await width(), most - 200);
    await page.getByTestId('swap').click();
    await page.reload();
    await enter(person);
    assert.equal(await width(), most - 200);
    await page.locator('.room-main[data-swapped="true"]').waitFor();
  });

  it('shows one tile on the full screen by double click, and back by key', async () => {
    const id = await meet();
    const browser = await launch();
    const [one, other] = [await arrive(browser, 'specialist', id), await arrive(browser, 'county-doctor', id)];
    await enter(one);
    await enter(other);
    const tile = one.page.getByTestId('tile');
    await tile.locator('video').waitFor();
    await tile.dblclick();
    await one.page.waitForFunction(() => document.fullscreenElement?.getAttribute('data-testid') === 'tile');
    await tile.press('f');
    await one.page.waitForFunction(() => document.fullscreenElement === null);
  });
});
