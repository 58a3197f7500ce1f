import assert from 'node:assert/strict';
import type { PathologyViewport } from '../../server/contract/pathology.ts';
import { zh, zhPattern } from '../support/zh.ts';
import { grayOf, useSlides } from './slide-scene.ts';
import { keptAnnotations } from './viewer-desk.ts';

describe('a slide in the shared review', () => {
  const scene = useSlides();

  it('pans by exactly what the hand moves, zooms where the cursor is, and tells each step', async () => {
    await scene.open();
    await scene.desk.whenFull();
    await scene.desk.press('5');
    const before = await scene.desk.slideViewport();
    const perPixel = before.imagePixelsPerScreenHeight / ((await scene.desk.lightbox.boundingBox())?.height ?? 0);
    await scene.desk.drag([0.5, 0.5], [0.4, 0.3]);
    const { width = 0, height = 0 } = (await scene.desk.lightbox.boundingBox()) ?? {};
    const panned = await scene.desk.slideViewport();
    const moved = [panned.center.x - before.center.x, panned.center.y - before.center.y].map(
      (value) => value / perPixel,
    );
    assert.ok(
      Math.abs((moved[0] ?? 0) - width * 0.1) <= 1 && Math.abs((moved[1] ?? 0) - height * 0.2) <= 1,
      String(moved),
    );

    await scene.desk.moveTo(0.25, 0.25);
    await scene.page.mouse.wheel(0, -300);
    const zoomed = await scene.desk.slideViewport();
    assert.ok(zoomed.imagePixelsPerScreenHeight < panned.imagePixelsPerScreenHeight * 0.7);
    const at = (view: PathologyViewport) => [
      view.center.x - (0.25 * width * view.imagePixelsPerScreenHeight) / height,
      view.center.y - 0.25 * view.imagePixelsPerScreenHeight,
    ];
    const [x = 0, y = 0] = at(panned);
    const [xAfter = 0, yAfter = 0] = at(zoomed);
    assert.ok(Math.abs(x - xAfter) < 2 * perPixel && Math.abs(y - yAfter) < 2 * perPixel);
    await scene.page.waitForTimeout(300);
    assert.deepEqual(await scene.desk.slideViewport(), zoomed, 'nothing glides on');
    const told = await scene.page.evaluate(() => window.viewerPage.hub.viewport);
    assert.deepEqual(told, zoomed);
  });

  it('takes two fingers, and a drag with the right button to zoom', async () => {
    await scene.open();
    await scene.desk.whenFull();
    await scene.desk.press('4');
    const before = await scene.desk.slideViewport();
    await scene.desk.drag([0.5, 0.5], [0.5, 0.3], 'right');
    const zoomed = await scene.desk.slideViewport();
    assert.ok(zoomed.imagePixelsPerScreenHeight < before.imagePixelsPerScreenHeight * 0.7);
    const devtools = await scene.context.newCDPSession(scene.page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...xs: number[]) =>
      devtools.send('Input.dispatchTouchEvent', { type, touchPoints: xs.map((x, id) => ({ x, y: 400, id })) });
    await touch('touchStart', 600);
    await touch('touchStart', 600, 700);
    for (let step = 1; step <= 10; step += 1) await touch('touchMove', 600 - step * 10, 700 + step * 10);
    await touch('touchEnd');
    const spread = await scene.desk.slideViewport();
    const factor = zoomed.imagePixelsPerScreenHeight / spread.imagePixelsPerScreenHeight;
    assert.ok(Math.abs(factor - 3) < 0.05, `zoomed by ${factor}`);
    assert.ok(Math.abs(spread.rotation) === 0);
  });

  it('shows the thumbnail at once, says that it is coarse, and becomes full tile by tile', async () => {
    scene.site.line.tileDelayMs = 150;
    await scene.open();
    await scene.desk.panel.locator('[data-quality="preview"]').waitFor();
    assert.match(
      (await scene.desk.panel.getByTestId('picture-quality').textContent()) ?? '',
      zhPattern('pathology:quality.preview', { loaded: /\d+/, total: /\d+/ }),
    );
    const view = await scene.desk.slideViewport();
    const picture = grayOf(await scene.desk.picture());
    scene.assertInPlace(picture, view, 400, 'the thumbnail', 1);
    const total = Number(await scene.desk.lightbox.getAttribute('data-total-frames'));
    assert.equal(total, 130);
    await scene.page.waitForFunction(() => {
      const loaded = Number(
        document.querySelector<HTMLElement>('[data-testid="review-lightbox"]')?.dataset['loadedFrames'],
      );
      return loaded > 5 && loaded < 120;
    });
    await scene.desk.whenFull();
    assert.equal(await scene.desk.lightbox.getAttribute('data-loaded-frames'), '130');
  });

  it('waits out an outage, and says plainly what cannot be shown', async () => {
    scene.site.line.failingTiles = { level: 12, code: 'unavailable' };
    await scene.open();
    await scene.desk.panel.locator('[data-quality="preview"]').waitFor();
    scene.site.line.failingTiles = undefined;
    await scene.desk.whenFull();

    scene.site.line.failingTiles = { level: 11, code: 'not-found' };
    await scene.openSlide(1);
    await scene.desk.press('4');
    await scene.desk.panel.locator('[data-quality="failed"]').waitFor();
    const notice = scene.desk.panel.getByTestId('picture-notice');
    assert.ok(await notice.isVisible());
    scene.site.line.failingTiles = undefined;
    await notice.getByRole('button').click();
    await scene.desk.whenFull();
    assert.ok(await notice.isHidden());
  });

  it('says that a slide cannot be read, and tries again when asked', async () => {
    // Final: what the server cannot do just now is asked for again without a hand.
    scene.site.line.failing = 'forbidden';
    await scene.open();
    const notice = scene.desk.panel.getByTestId('picture-notice');
    await notice.waitFor();
    scene.site.line.failing = undefined;
    await notice.getByRole('button').click();
    await scene.desk.whenFull();
    assert.ok(await notice.isHidden());
  });

  it('names its magnification and lengths truly, and none where the file does not say how large a pixel is', async () => {
    await scene.open();
    await scene.desk.whenFull();
    await scene.desk.press('5');
    assert.equal(await scene.desk.panel.getByTestId('slide-magnification').textContent(), '20× · 0.50 µm/px');
    const bar = scene.desk.panel.getByTestId('slide-scale-bar');
    assert.equal(await bar.textContent(), '100 µm');
    // 20× is 0.5 µm in a CSS pixel.
    const lengthPx = await bar.evaluate((element) => Number.parseFloat(getComputedStyle(element).width));
    assert.ok(Math.abs(lengthPx - 200) < 0.01, String(lengthPx));
    await scene.desk.press('6');
    assert.match(
      (await scene.desk.panel.getByTestId('slide-magnification').textContent()) ?? '',
      new RegExp(`${zh('pathology:corner.beyondScan')}\n40×`),
    );

    await scene.openSlide(2);
    assert.ok(await bar.isHidden());
    assert.match(
      (await scene.desk.panel.getByTestId('slide-magnification').textContent()) ?? '',
      zhPattern('pathology:calibration.none'),
    );
    await scene.desk.press('l');
    await scene.desk.drag([0.45, 0.5], [0.55, 0.5]);
    assert.match(
      (await scene.desk.annotations('length').textContent()) ?? '',
      new RegExp(`\\d px${zh('review:measure.separator')}${zh('pathology:calibration.none')}`),
    );
  });

  it('measures and keeps annotations on the tissue, however the slide is turned and zoomed', async () => {
    await scene.open();
    await scene.desk.whenFull();
    await scene.desk.press('4', '>', 'l');
    await scene.desk.drag([0.4, 0.5], [0.6, 0.5]);
    const [kept] = await keptAnnotations(scene.page);
    assert.ok(kept?.shape?.kind === 'length');
    const { start, end } = kept.shape;
    const { width = 0 } = (await scene.desk.lightbox.boundingBox()) ?? {};
    // A fifth of the window at 10×, 1 µm in a CSS pixel.
    const text = (await scene.desk.annotations('length').textContent()) ?? '';
    const measured = Number(/([\d.]+) µm/.exec(text)?.[1]);
    assert.ok(Math.abs(measured - width * 0.2) < 2, text);

    const ends = async () => {
      const box = await scene.desk.lightbox.boundingBox();
      const handles = scene.desk.annotations('length').locator('[data-handle]');
      const places = await handles.evaluateAll((all) =>
        all.map((each) => {
          const { x, y, width, height } = each.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        }),
      );
      return places.map(({ x, y }) => ({ x: x - (box?.x ?? 0), y: y - (box?.y ?? 0) }));
    };
    for (const keys of [['5'], ['.'], ['+', '+'], ['r']]) {
      await scene.desk.press(...keys);
      const view = await scene.desk.slideViewport();
      const box = await scene.desk.lightbox.boundingBox();
      const perPixel = view.imagePixelsPerScreenHeight / (box?.height ?? 1);
      const turn = (view.rotation * Math.PI) / 180;

      const shown = await ends();
      for (const [index, point] of [start, end].entries()) {
        const [dx, dy] = [point.x - view.center.x, point.y - view.center.y];
        const x = (box?.width ?? 0) / 2 + (Math.cos(turn) * dx - Math.sin(turn) * dy) / perPixel;
        const y = (box?.height ?? 0) / 2 + (Math.sin(turn) * dx + Math.cos(turn) * dy) / perPixel;
        const off = Math.hypot((shown[index]?.x ?? 0) - x, (shown[index]?.y ?? 0) - y);
        assert.ok(off < 1, `${keys}: ${off.toFixed(2)} px off`);
      }
    }
  });

  it('finishes a polygon with a double click without zooming, and lets keys and pointers through to the review', async () => {
    await scene.open();
    await scene.desk.whenFull();
    const before = await scene.desk.slideViewport();
    await scene.desk.press('y');
    const box = await scene.desk.lightbox.boundingBox();
    const at = (x: number, y: number): [number, number] => [
      (box?.x ?? 0) + (box?.width ?? 0) * x,
      (box?.y ?? 0) + (box?.height ?? 0) * y,
    ];
    await scene.page.mouse.click(...at(0.45, 0.4));
    await scene.page.mouse.click(...at(0.55, 0.4));
    await scene.page.mouse.dblclick(...at(0.5, 0.6));
    await scene.desk.annotations('polygon').waitFor();
    assert.deepEqual(await scene.desk.slideViewport(), before);
    assert.match(
      (await scene.desk.annotations('polygon').textContent()) ?? '',
      new RegExp(`${zh('review:measure.area')} \\d+ µm²${zh('review:measure.perimeter')}`),
    );
    const pointed = await scene.page.evaluate(
      () => window.viewerPage.hub.received.filter(({ name }) => name === 'pointer:move').length,
    );
    assert.ok(pointed > 0);
  });

  it('goes where the overview is pressed, and hides it on demand', async () => {
    await scene.open();
    await scene.desk.whenFull();
    await scene.desk.press('5');
    const overview = scene.desk.panel.getByTestId('slide-navigator');
    const box = await overview.boundingBox();
    await scene.page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * 0.75, (box?.y ?? 0) + (box?.height ?? 0) * 0.25);
    const { center } = await scene.desk.slideViewport();
    assert.ok(Math.abs(center.x - 2220 * 0.75) < 40 && Math.abs(center.y - 2967 * 0.25) < 40, JSON.stringify(center));
    await scene.desk.press('n');
    assert.ok(await overview.isHidden());
  });

  it('opens the label apart from the review', async () => {
    await scene.open();
    await scene.desk.whenFull();
    await scene.desk.panel.getByTestId('command-associated').click();
    await scene.desk.panel.getByTestId('command-associated-1').click();
    const dialog = scene.desk.panel.getByTestId('slide-associated');
    const image = dialog.locator('img');
    await image.waitFor();
    assert.match((await image.getAttribute('src')) ?? '', /\/associated\/1$/);
    await scene.page.waitForFunction(
      () => (document.querySelector<HTMLImageElement>('dialog img')?.naturalWidth ?? 0) > 0,
    );
    await scene.page.keyboard.press('Escape');
    assert.ok(await dialog.isHidden());
    await scene.desk.panel.getByTestId('thumbnail').nth(1).click();
    await scene.desk.whenFull();
    assert.equal(await scene.desk.panel.getByTestId('command-associated').count(), 0);
  });
});
