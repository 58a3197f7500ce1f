import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { launchBrowser } from '../support/browser.ts';
import { imagingTarget, imagingViewport } from '../support/imaging-parts.ts';
import { zh, zhPattern } from '../support/zh.ts';
import { keptAnnotations, type ViewerDesk, viewerDesk } from './viewer-desk.ts';
import { CT, differences, fileOf, SIDE, shown, uidsDownwards } from './viewer-reference.ts';
import { openViewerSite, type ViewerSite } from './viewer-site.ts';

describe('the picture in the browser', () => {
  let site: ViewerSite;
  let browser: Browser;
  let page: Page;
  let desk: ViewerDesk;

  before(async function () {
    this.timeout(180_000);
    site = await openViewerSite([CT]);
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    await page.goto(site.url);
    desk = viewerDesk(page, 1);
    await desk.whenFull();
  });
  afterEach(() => page.close());
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  it('shows at 1:1 exactly the pixels of the file in its own window, in a preset and inverted', async () => {
    await desk.press('o');
    assert.equal(await differences(desk), 0);
    await desk.press('1', 'ArrowDown', 'ArrowDown');
    await desk.whenFull();
    assert.deepEqual((await shown(desk)).voi, { center: -600, width: 1500, function: 'LINEAR' });
    assert.equal(await differences(desk), 0);
    await desk.press('i');
    assert.equal(await differences(desk), 0);
  });

  it('rests while nothing changes: no frame is asked for, shown or hidden, and each change asks for a few', async () => {
    await desk.lightbox.and(page.locator('[data-loaded-frames="40"]')).waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => {
      const ask = window.requestAnimationFrame.bind(window);
      window.requestAnimationFrame = (run) => {
        document.body.dataset['frames'] = String(Number(document.body.dataset['frames'] ?? 0) + 1);
        return ask(run);
      };
    });
    const asked = async (durationMs: number): Promise<number> => {
      await page.evaluate(() => (document.body.dataset['frames'] = '0'));
      await page.waitForTimeout(durationMs);
      return page.evaluate(() => Number(document.body.dataset['frames']));
    };
    /** What was begun may end first: a machine that is busy is late with it. */
    const settled = async (): Promise<void> => {
      while ((await asked(500)) > 0) await page.waitForTimeout(100);
    };
    await settled();
    // A machine that is busy may be late with one frame; whoever never rests asks for some in each of these.
    const seen = [await asked(2000), await asked(2000), await asked(2000)];
    assert.equal(Math.min(...seen), 0, seen.join());
    assert.ok(Math.max(...seen) <= 2, seen.join());
    await desk.lightbox.focus();
    await settled();
    await page.evaluate(() => (document.body.dataset['frames'] = '0'));
    await page.keyboard.press('ArrowDown');
    await page.waitForTimeout(500);
    const moved = await page.evaluate(() => Number(document.body.dataset['frames']));
    assert.ok(moved >= 1 && moved < 10, `${moved} frames for one step`);
    await settled();
    await page.addStyleTag({ content: '#root { display: none !important }' });
    await settled();
    assert.equal(Math.min(await asked(1000), await asked(1000)), 0);
  });

  it('is in the screen’s own pixels, drawn by the processor, and nothing of it stays when the review is closed', async () => {
    const canvas = await desk.lightbox.getByTestId('picture-canvas').evaluate((element) => {
      const { width, height, style, clientWidth, clientHeight } = element as HTMLCanvasElement;
      const { alpha, desynchronized, willReadFrequently } =
        (element as HTMLCanvasElement).getContext('2d')?.getContextAttributes() ?? {};
      const ratio = window.devicePixelRatio;
      const own = [Math.round(clientWidth * ratio), Math.round(clientHeight * ratio)];
      return { size: [width, height], own, css: style.cssText, alpha, desynchronized, willReadFrequently };
    });
    assert.deepEqual(canvas.size, canvas.own);
    assert.equal(canvas.css, '', 'its size on the page is the style sheet’s');
    assert.deepEqual([canvas.alpha, canvas.desynchronized, canvas.willReadFrequently], [false, false, true]);
    await desk.lightbox.and(page.locator('[data-loaded-frames="40"]')).waitFor();
    const { elements, images, bytes } = await page.evaluate(() => window.viewerPage.held());
    assert.ok(elements === 1 && images >= 40 && bytes >= 40 * SIDE * SIDE * 2);
    await page.evaluate(() => window.viewerPage.leave());
    await page.waitForFunction(() => window.viewerPage.held().images === 0);
    assert.deepEqual(await page.evaluate(() => window.viewerPage.held()), { elements: 0, images: 0, bytes: 0 });
  });

  it('turns and mirrors without touching a pixel', async () => {
    const last = SIDE - 1;
    await desk.press('o', '.');
    assert.equal(await differences(desk, (x, y) => [y, last - x]), 0, 'turned right');
    await desk.press('j');
    assert.equal(await differences(desk, (x, y) => [y, x]), 0, 'turned right, then mirrored on the screen');
    await desk.press('r', 'o', 'u');
    assert.equal(await differences(desk, (x, y) => [x, last - y]), 0, 'upside down');
    assert.equal(await desk.lightbox.getByTestId('corner-top').textContent(), 'P');
    assert.equal(await desk.lightbox.getByTestId('corner-left').textContent(), 'R');
  });

  it('changes the window by dragging: sideways the width, up and down the level', async () => {
    await desk.press('2');
    await desk.drag([0.5, 0.5], [0.6, 0.4]);
    const { voi } = await shown(desk);
    assert.ok(voi && voi.width > 450 && voi.center < 30, JSON.stringify(voi));
    const corner = await desk.lightbox.getByTestId('corner-bottom-left').textContent();
    assert.ok(corner?.includes(String(voi.width)) && corner.includes(String(voi.center)), corner ?? '');
    await desk.press('o');
    assert.equal(await differences(desk), 0);
  });

  it('scrolls by wheel, keys, drag and slider, in the order of the positions', async () => {
    const downwards = await uidsDownwards();
    const uid = async (): Promise<number> => downwards.indexOf((await shown(desk)).target.sopInstanceUid);

    assert.equal(await uid(), 0);
    await desk.moveTo(0.5, 0.5);
    await page.mouse.wheel(0, 120);
    assert.equal(await uid(), 1);
    await desk.press('PageDown', 'ArrowDown', 'ArrowUp', 'ArrowDown');
    assert.equal(await uid(), 12);
    await desk.press('End', 'ArrowDown');
    assert.equal(await uid(), 39);
    await desk.press('Home', 's');
    await desk.drag([0.5, 0.2], [0.5, 0.6]);
    const dragged = await uid();
    assert.ok(dragged > 5 && dragged < 35, String(dragged));
    const slider = desk.lightbox.getByTestId('slice-slider');
    const box = (await slider.boundingBox()) ?? assert.fail('no slider');
    await slider.click({ position: { x: 7, y: box.height * 0.5 + 2 } });
    assert.equal(await uid(), 20);
    assert.equal(await slider.getAttribute('aria-valuenow'), '21');
  });

  it('zooms where the pointer is, pans, and fits again', async () => {
    await desk.press('f');
    const fitted = await shown(desk);
    await desk.moveTo(0.4, 0.3);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -240);
    await page.keyboard.up('Control');
    const zoomed = await shown(desk);
    assert.ok(zoomed.imagePixelsPerScreenHeight < fitted.imagePixelsPerScreenHeight * 0.8);
    await desk.drag([0.5, 0.5], [0.4, 0.5], 'middle');
    const panned = await shown(desk);
    assert.ok(panned.center.x > zoomed.center.x);
    assert.equal(panned.center.y, zoomed.center.y);
    await desk.press('f');
    assert.deepEqual(await desk.viewport(), fitted);
  });

  it('measures in an ellipse what the file holds there', async () => {
    await desk.press('PageDown', 'PageDown', 'e');
    await desk.whenFull();
    await desk.drag([0.46, 0.55], [0.54, 0.66]);
    const drawn = desk.annotations('ellipse');
    await drawn.waitFor();
    const [annotation] = await keptAnnotations(page);
    const shape = annotation?.shape;
    if (!annotation || shape?.kind !== 'ellipse') return assert.fail('no ellipse was kept');

    // Straight from the bytes: Pixel Data is the file's last element, 512 × 512 unsigned words; HU = stored − 1000.
    const bytes = await fileOf(imagingTarget(annotation.target).sopInstanceUid);
    const words = new DataView(bytes.buffer, bytes.byteOffset + bytes.byteLength - SIDE * SIDE * 2);
    const cx = (shape.start.x + shape.end.x) / 2;
    const cy = (shape.start.y + shape.end.y) / 2;
    const rx = Math.abs(shape.end.x - shape.start.x) / 2;
    const ry = Math.abs(shape.end.y - shape.start.y) / 2;
    const values: number[] = [];
    for (let row = 0; row < SIDE; row++)
      for (let column = 0; column < SIDE; column++)
        if (((column + 0.5 - cx) / rx) ** 2 + ((row + 0.5 - cy) / ry) ** 2 <= 1)
          values.push(words.getUint16((row * SIDE + column) * 2, true) - 1000);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const expected = {
      mean,
      deviation: Math.sqrt(variance),
      minimum: Math.min(...values),
      maximum: Math.max(...values),
      area: Math.PI * rx * ry * 0.78125 ** 2,
    };
    assert.ok(values.length > 500, 'the ellipse is large enough to mean something');
    for (const [quantity, value] of Object.entries(expected)) {
      const shown = Number(await drawn.getAttribute(`data-${quantity}`));
      assert.ok(Math.abs(shown - value) < 1e-6, `${quantity}: ${shown}, in the file ${value}`);
    }
    const label = await drawn.locator('tspan').allTextContents();
    assert.match(label.join(' '), new RegExp(`${zh('review:measure.mean')} ${mean.toFixed(1)} HU`));
    assert.doesNotMatch(
      label.join(' '),
      zhPattern('imaging:calibration.pixel-spacing'),
      'what it rests on is said once, in the corner',
    );
    assert.match(
      (await desk.lightbox.getByTestId('calibration').textContent()) ?? '',
      zhPattern('imaging:calibration.pixel-spacing'),
    );
  });

  it('measures a length in millimetres and an angle in degrees', async () => {
    await desk.press('l');
    await desk.drag([0.4, 0.4], [0.6, 0.4]);
    await desk.press('a');
    await desk.drag([0.5, 0.3], [0.5, 0.6]);
    await desk.moveTo(0.7, 0.6);
    await page.mouse.down();
    await page.mouse.up();
    const angle = desk.annotations('angle');
    await angle.locator('tspan').waitFor();
    const length = desk.annotations('length');
    const shape = (await keptAnnotations(page)).find((each) => each.shape?.kind === 'length')?.shape;
    if (shape?.kind !== 'length') return assert.fail('no length was kept');
    const mm = Math.hypot(shape.end.x - shape.start.x, shape.end.y - shape.start.y) * 0.78125;
    assert.ok(Math.abs(Number(await length.getAttribute('data-length')) - mm) < 1e-6);
    assert.ok(Math.abs(Number(await angle.getAttribute('data-angle')) - 90) < 0.5);
  });

  it('draws, moves, writes on and deletes an annotation by keyboard alone', async () => {
    await desk.press('t', 'Enter');
    await page.keyboard.type('结节？');
    await page.keyboard.press('Enter');
    const arrow = desk.annotations('arrow');
    await arrow.locator('tspan', { hasText: '结节？' }).waitFor();
    const before = (await keptAnnotations(page))[0];
    await arrow.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await page.waitForFunction(() => window.viewerPage.hub.revision >= 3);
    const after = (await keptAnnotations(page))[0];
    if (before?.shape?.kind !== 'arrow' || after?.shape?.kind !== 'arrow') return assert.fail('no arrow was kept');
    assert.deepEqual(
      [after.shape.head.x - before.shape.head.x, after.shape.head.y - before.shape.head.y, after.shape.text],
      [1, 10, '结节？'],
    );
    await page.keyboard.press('Delete');
    await arrow.waitFor({ state: 'detached' });
    await page.waitForFunction(() => [...window.viewerPage.hub.annotations.values()][0]?.shape === null);
  });

  it('makes a key image of at least the image resolution, with annotations and values in it', async () => {
    await desk.press('e');
    await desk.drag([0.4, 0.4], [0.6, 0.6]);
    await desk.press('k');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => window.viewerPage.keyImages.length === 1);
    const taken = await page.evaluate(async () => {
      const [picture] = window.viewerPage.keyImages;
      if (!picture) throw new Error('no key image');
      const { blob, ...about } = picture;
      const url = await new Promise<string>((resolve) => {
        const reader = new FileReader();
        reader.onload = () => resolve(String(reader.result));
        reader.readAsDataURL(blob);
      });
      return { ...about, base64: url.slice(url.indexOf(',') + 1) };
    });
    const png = sharp(Buffer.from(taken.base64, 'base64'));
    const { format, width, height } = await png.metadata();
    assert.deepEqual([format, width, height], ['png', taken.widthPx, taken.heightPx]);
    assert.ok(taken.heightPx >= 1024 && taken.heightPx >= imagingViewport(taken.viewport).imagePixelsPerScreenHeight);
    assert.equal(taken.widthPx, taken.heightPx, 'the image is square: no black stands beside it');
    assert.equal(taken.annotations.length, 1);
    assert.match(taken.measurements[0] ?? '', new RegExp(`^${zh('review:shape.ellipse')} .*HU`));
    const { data } = await png.removeAlpha().raw().toBuffer({ resolveWithObject: true });
    let coloured = 0;
    for (let at = 0; at < data.length; at += 3) if (Math.abs((data[at] ?? 0) - (data[at + 2] ?? 0)) > 80) coloured++;
    assert.ok(coloured > 1000, 'the ellipse and its values are drawn in their colour');
  });
});
