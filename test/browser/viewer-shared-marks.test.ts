import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { createRandom } from '../support/random.ts';
import { zh, zhPattern } from '../support/zh.ts';
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

  it('has what one draws, changes and deletes on the other screen, with the same values', async () => {
    await zhang.press('ArrowDown', 'e');
    await people.sameViewport();
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
    await li.panel.getByText(zh('review:marks.notYours', { name: '张医生' })).waitFor();
    await zhang.press('Escape');
    await mine.focus();
    await page.keyboard.press('Delete');
    await theirs.waitFor({ state: 'detached' });
    await li.panel
      .getByText(zh('review:marks.deletedByAuthor', { by: '张医生', kind: zh('review:shape.ellipse') }))
      .waitFor();
    await zhang.press('Control+z');
    await theirs.waitFor();
  });

  it('pages with the arrow keys whatever was drawn last, and moves a measurement only when it was chosen for that', async () => {
    await zhang.press('ArrowDown', 'l');
    await people.sameViewport();
    await zhang.drag([0.4, 0.4], [0.5, 0.4]);
    const [drawn] = await keptAnnotations(page);
    const before = await zhang.viewport();
    for (let count = 0; count < 5; count++) await page.keyboard.press('ArrowDown');
    await people.sameViewport();
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
    await people.sameViewport();
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
    await people.sameViewport();
    await li.press('l');
    await li.drag([0.4, 0.4], [0.6, 0.4]);
    await zhang.annotations('length').waitFor();
    await zhang.press('x');
    await zhang.drag([0.5, 0.4], [0.5, 0.4]);
    await page.keyboard.press('Delete');
    const question = zhang.panel.getByTestId('remove-question');
    await question
      .getByText(zh('review:marks.question', { name: '李主任', kind: zh('review:shape.length') }))
      .waitFor();
    await question.getByTestId('remove-keep').click();
    assert.equal(await li.annotations('length').count(), 1);
    await page.keyboard.press('Delete');
    await question.getByTestId('remove-delete').click();
    await li.annotations('length').waitFor({ state: 'detached' });
    await zhang.panel
      .getByText(zh('review:marks.deletedOf', { name: '李主任', kind: zh('review:shape.length') }))
      .waitFor();
    await li.panel
      .getByText(zh('review:marks.yoursDeleted', { by: '张医生', kind: zh('review:shape.length') }))
      .waitFor();
    await li.panel.getByTestId('note-act').click();
    await zhang.annotations('length').waitFor();
    const [kept] = await keptAnnotations(page);
    assert.equal(kept?.authorName, '李主任');
  });

  it('lists every measurement with author and value, goes to it by click or Enter, and puts it into the findings', async () => {
    await zhang.press('ArrowDown', 'l');
    await people.sameViewport();
    await zhang.drag([0.4, 0.4], [0.6, 0.4]);
    await li.annotations('length').waitFor();
    const first = await zhang.viewport();
    await zhang.press('Escape', 'Escape', 'End', 'e');
    await zhang.drag([0.45, 0.45], [0.5, 0.5]);
    await zhang.panel.getByTestId('open-list').click();
    const list = zhang.panel.getByTestId('mark-list');
    const entries = list.getByTestId('mark-entry');
    assert.equal(await entries.count(), 2);
    const length = entries.filter({ hasText: zh('review:shape.length') });
    assert.match(
      (await length.textContent()) ?? '',
      new RegExp(
        `[①②]${zh('review:shape.length')} [\\d.]+ mm.*张医生 · ${zhPattern('imaging:seriesNumber', { number: /\d+/ }).source}`,
      ),
    );
    await length.getByRole('button').first().click();
    await people.sameViewport();
    assert.deepEqual((await zhang.viewport()).target, first.target, 'the other one follows there');
    assert.equal(await zhang.annotations('length').getAttribute('data-selected'), '');
    await entries
      .filter({ hasText: zh('review:shape.ellipse') })
      .getByRole('button')
      .first()
      .focus();
    await page.keyboard.press('Enter');
    await zhang.annotations('ellipse').waitFor();
    const number = ((await length.textContent()) ?? '')[0] ?? '';
    await length.getByRole('button').first().click();
    await zhang.annotations('length').locator('tspan', { hasText: number }).waitFor();
    await length.getByTestId('mark-insert').click();
    await zhang.panel.getByText(zh('review:list.inserted')).waitFor();
    const [sentence] = await page.evaluate(() => window.viewerPage.sentences);
    const text = new RegExp(
      `${zh('review:shape.length')} [\\d.]+ mm${zh('review:measure.separator')}${zh('imaging:calibration.pixel-spacing')}`,
    );
    const where = zhPattern('imaging:seriesNumber', { number: /.*/ });
    assert.match(sentence ?? '', new RegExp(`^${zhPattern('review:list.sentence', { where, text }).source}$`));
  });

  it('moves a label by hand, on both screens, with a line to its measurement; plates never lie on each other', async () => {
    await zhang.press('ArrowDown', 'l');
    await people.sameViewport();
    await zhang.drag([0.45, 0.4], [0.55, 0.4]);
    await zhang.drag([0.45, 0.43], [0.55, 0.43]);
    await zhang.drag([0.45, 0.46], [0.55, 0.46]);
    await li.annotations('length').nth(2).waitFor();
    const platesOf = (desk: ViewerDesk) =>
      desk.lightbox
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
    await people.sameViewport();
    await zhang.drag([0.4, 0.4], [0.6, 0.4]);
    await li.annotations('length').waitFor();
    await li.press('h');
    await li.annotations('length').waitFor({ state: 'detached' });
    assert.equal(await zhang.annotations('length').count(), 1);
    await li.press('h');
    await li.annotations('length').waitFor();
  });

  it('keeps every mark where its author left it, whatever two people draw, page, undo and redo (seeds 1 to 3)', async function () {
    this.timeout(180_000);
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
});
