import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { frameOf } from '../support/imaging-parts.ts';
import { createRandom } from '../support/random.ts';
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
    site = await openViewerSite([
      'dicom/series/ct-chest-lidc0314',
      'dicom/series/mr-brain-axial',
      'dicom/us/us_ybrfull_jpeg_8f.dcm',
    ]);
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
    await zhang.press('.', 'j', 'i');
    await assertSamePixels('turned, mirrored and inverted');
    await zhang.panel.getByTestId('thumbnail').nth(1).click();
    await zhang.whenFull();
    await assertSamePixels('another series');
  });

  it('shows the follower the same frame while a cine plays and when it stops, within what the line may carry', async () => {
    await zhang.panel.getByTestId('thumbnail').nth(2).click();
    for (const person of [1, 2])
      await page.locator(`[data-person="${person}"] [data-testid="review-stage"][data-loaded-frames="8"]`).waitFor();
    const sentBefore = await page.evaluate(() => window.viewerPage.hub.received.length);
    const startedMs = Date.now();
    // 33 frames a second: more than the line is asked to carry.
    await zhang.press(']', ' ');
    const followed = new Set<number | undefined>();
    while (Date.now() - startedMs < 2000) followed.add(frameOf(await li.viewport()));
    assert.ok(followed.size >= 5, `the follower saw ${[...followed]}`);
    await zhang.press(' ');
    await assertSamePixels('stopped');
    const moves = await page.evaluate(
      (before) => window.viewerPage.hub.received.slice(before).filter(({ name }) => name === 'viewport:move').length,
      sentBefore,
    );
    const seconds = (Date.now() - startedMs) / 1000;
    assert.ok(moves > 5 && moves <= 20 * seconds + 3, `${moves} viewports in ${seconds} s`);
    assert.equal(await li.stage.getByTestId('cine-bar').getAttribute('data-playing'), 'false', 'only one plays');
    // Somebody else takes the lead while it plays: it stops, and nobody is torn away.
    await zhang.press(' ');
    await page.locator('[data-person="1"] [data-testid="cine-bar"][data-playing="true"]').waitFor();
    await li.press('b');
    await page.locator('[data-person="1"] [data-testid="grant"]').click();
    await page.locator('[data-person="1"] [data-testid="cine-bar"][data-playing="false"]').waitFor();
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
    await li.panel.getByText('只有本人或主讲可以删除').waitFor();
    await zhang.press('Escape');
    await mine.focus();
    await page.keyboard.press('Delete');
    await theirs.waitFor({ state: 'detached' });
    await li.panel.getByText('张医生 删除了标注：椭圆').waitFor();
    await zhang.press('Control+z');
    await theirs.waitFor();
  });

  it('pages with the arrow keys whatever was drawn last, and moves a measurement only when it was chosen for that', async () => {
    await zhang.press('ArrowDown', 'l');
    await sameViewport();
    await zhang.drag([0.4, 0.4], [0.5, 0.4]);
    const [drawn] = await keptAnnotations(page);
    const before = await zhang.viewport();
    for (let count = 0; count < 5; count++) await page.keyboard.press('ArrowDown');
    await sameViewport();
    assert.notDeepEqual((await zhang.viewport()).target, before.target, 'the picture went on');
    for (let count = 0; count < 5; count++) await page.keyboard.press('ArrowUp');
    await page.waitForTimeout(600);
    assert.deepEqual(await keptAnnotations(page), [drawn], 'the measurement lies where it was drawn');

    await zhang.press('Control+ArrowRight');
    await page.waitForFunction(() => window.viewerPage.hub.revision === 2);
    const [moved] = await keptAnnotations(page);
    assert.ok(drawn?.shape?.kind === 'length' && moved?.shape?.kind === 'length');
    assert.deepEqual(moved.shape.start, { x: drawn.shape.start.x + 1, y: drawn.shape.start.y });
  });

  it('draws with every press while a tool is in hand, and moves what is there with the select tool alone', async () => {
    await zhang.press('ArrowDown', 'l');
    await sameViewport();
    await zhang.drag([0.4, 0.4], [0.6, 0.4]);
    const [first] = await keptAnnotations(page);
    await zhang.drag([0.5, 0.4], [0.5, 0.6]);
    await li.annotations('length').nth(1).waitFor();
    const [still, second] = await keptAnnotations(page);
    assert.deepEqual(still, first, 'the old one lies where it was');
    assert.ok(second?.shape?.kind === 'length');
    assert.ok(Math.abs(second.shape.start.x - second.shape.end.x) < 1, 'a new one was drawn');

    await zhang.press('Escape', 'Escape');
    await zhang.drag([0.45, 0.4], [0.45, 0.5]);
    assert.deepEqual((await keptAnnotations(page))[0], first, 'without a tool the hand does not move it either');
    await zhang.press('x');
    await zhang.drag([0.45, 0.4], [0.45, 0.5]);
    await page.waitForFunction(() => window.viewerPage.hub.revision === 3);
    const [moved] = await keptAnnotations(page);
    assert.notDeepEqual(moved?.shape, first?.shape);

    await li.press('x');
    await li.drag([0.5, 0.45], [0.7, 0.7]);
    await li.press('Control+ArrowRight', 'Delete');
    assert.deepEqual((await keptAnnotations(page))[1], second, 'what the other one drew is not mine to move');
  });

  it('lets whoever presents delete what the other drew, after a question; the author is told and puts it back', async () => {
    await zhang.press('ArrowDown');
    await sameViewport();
    await li.press('l');
    await li.drag([0.4, 0.4], [0.6, 0.4]);
    await zhang.annotations('length').waitFor();
    await zhang.press('x');
    await zhang.drag([0.5, 0.4], [0.5, 0.4]);
    await page.keyboard.press('Delete');
    const question = zhang.panel.getByTestId('remove-question');
    await question.getByText('删除 李主任 的标注“长度”？').waitFor();
    await question.getByTestId('remove-keep').click();
    assert.equal(await li.annotations('length').count(), 1);
    await page.keyboard.press('Delete');
    await question.getByTestId('remove-delete').click();
    await li.annotations('length').waitFor({ state: 'detached' });
    await zhang.panel.getByText('已删除 李主任 的标注：长度').waitFor();
    await li.panel.getByText('张医生 删除了您的标注：长度').waitFor();
    await li.panel.getByTestId('note-act').click();
    await zhang.annotations('length').waitFor();
    const [kept] = await keptAnnotations(page);
    assert.equal(kept?.authorName, '李主任');
  });

  it('lists every measurement with author and value, goes to it by click or Enter, and puts it into the findings', async () => {
    await zhang.press('ArrowDown', 'l');
    await sameViewport();
    await zhang.drag([0.4, 0.4], [0.6, 0.4]);
    await li.annotations('length').waitFor();
    const first = await zhang.viewport();
    await zhang.press('Escape', 'Escape', 'End', 'e');
    await zhang.drag([0.45, 0.45], [0.5, 0.5]);
    await zhang.panel.getByTestId('open-list').click();
    const list = zhang.panel.getByTestId('mark-list');
    const entries = list.getByTestId('mark-entry');
    assert.equal(await entries.count(), 2);
    const length = entries.filter({ hasText: '长度' });
    assert.match((await length.textContent()) ?? '', /[①②]长度 [\d.]+ mm.*张医生 · 序列/);
    await length.getByRole('button').first().click();
    await sameViewport();
    assert.deepEqual((await zhang.viewport()).target, first.target, 'the other one follows there');
    assert.equal(await zhang.annotations('length').getAttribute('data-selected'), '');
    await entries.filter({ hasText: '椭圆' }).getByRole('button').first().focus();
    await page.keyboard.press('Enter');
    await zhang.annotations('ellipse').waitFor();
    const number = ((await length.textContent()) ?? '')[0] ?? '';
    await length.getByRole('button').first().click();
    await zhang.annotations('length').locator('tspan', { hasText: number }).waitFor();
    await length.getByTestId('mark-insert').click();
    await zhang.panel.getByText('已填入检查所见').waitFor();
    const [sentence] = await page.evaluate(() => window.viewerPage.sentences);
    assert.match(sentence ?? '', /^序列 .*：长度 [\d.]+ mm，按像素间距。$/);
  });

  it('moves a label by hand, on both screens, with a line to its measurement; plates never lie on each other', async () => {
    await zhang.press('ArrowDown', 'l');
    await sameViewport();
    await zhang.drag([0.45, 0.4], [0.55, 0.4]);
    await zhang.drag([0.45, 0.43], [0.55, 0.43]);
    await zhang.drag([0.45, 0.46], [0.55, 0.46]);
    await li.annotations('length').nth(2).waitFor();
    const platesOf = (desk: ViewerDesk) =>
      desk.stage
        .locator('.annotation-plate')
        .evaluateAll((all) => all.map((plate) => plate.getBoundingClientRect().toJSON() as DOMRect));
    for (const desk of [zhang, li]) {
      const plates = await platesOf(desk);
      assert.equal(plates.length, 3);
      for (const [index, a] of plates.entries())
        for (const b of plates.slice(index + 1))
          assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top, 'apart');
    }
    await zhang.press('Escape', 'Escape', 'Escape');
    const label = zhang.annotations('length').first().locator('[data-label]');
    const box = (await label.boundingBox()) ?? assert.fail('no label');
    await page.mouse.move(box.x + 10, box.y + 10);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y - 60);
    await page.mouse.move(box.x + 110, box.y - 120);
    await page.mouse.up();
    await page.waitForFunction(() =>
      [...window.viewerPage.hub.annotations.values()].some(({ shape }) => shape?.labelAt !== undefined),
    );
    const moved = (await label.boundingBox()) ?? assert.fail('no label');
    assert.ok(Math.abs(moved.x - box.x - 100) < 3 && Math.abs(moved.y - box.y + 130) < 3, `${moved.x} ${moved.y}`);
    for (const desk of [zhang, li])
      await desk.annotations('length').first().locator('.annotation-leader[d^="M"]').waitFor({ state: 'attached' });
  });

  it('hides all marks with H on this screen alone, and shows them again', async () => {
    await zhang.press('ArrowDown', 'l');
    await sameViewport();
    await zhang.drag([0.4, 0.4], [0.6, 0.4]);
    await li.annotations('length').waitFor();
    await li.press('h');
    await li.annotations('length').waitFor({ state: 'detached' });
    assert.equal(await zhang.annotations('length').count(), 1);
    await li.press('h');
    await li.annotations('length').waitFor();
  });

  it('keeps every mark where its author left it, whatever two people draw, page, undo and redo (seeds 1 to 3)', async function () {
    this.timeout(60_000);
    for (const seed of [1, 2, 3]) {
      const random = createRandom(seed);
      const place = (): [number, number] => [0.3 + random.next() * 0.4, 0.3 + random.next() * 0.4];
      for (let step = 0; step < 14; step++) {
        const desk = random.pick([zhang, li]);
        const name = desk === zhang ? '张医生' : '李主任';
        const before = await keptAnnotations(page);
        const act = random.pick(['draw', 'draw', 'page', 'undo', 'redo', 'press', 'grab'] as const);
        if (act === 'draw') {
          await desk.press('Escape', 'Escape', 'Escape', random.pick(['l', 'e']));
          await desk.drag(place(), place());
        } else if (act === 'page') for (const key of ['ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
        else if (act === 'undo') await desk.press('Control+z');
        else if (act === 'redo') await desk.press('Control+Shift+z');
        else if (act === 'press') {
          await desk.press('Escape', 'Escape', 'Escape');
          await desk.drag(place(), place(), 'middle');
        } else {
          await desk.press('Escape', 'Escape', 'Escape', 'x');
          await desk.drag(place(), place());
        }
        await page.locator('[data-person="1"] [data-unsent="0"]').waitFor();
        await page.locator('[data-person="2"] [data-unsent="0"]').waitFor();
        for (const one of before) {
          const now = (await keptAnnotations(page)).find(({ annotationId }) => annotationId === one.annotationId);
          assert.equal(now?.authorName, one.authorName);
          if (one.authorName !== name || act === 'page' || act === 'press' || act === 'draw')
            assert.deepEqual(now?.shape, one.shape, `seed ${seed}, step ${step}: ${act} by ${name}`);
        }
      }
    }
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[data-testid="presenter-bar"]')].every(
        (bar) => bar.getAttribute('data-revision') === String(window.viewerPage.hub.revision),
      ),
    );
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
