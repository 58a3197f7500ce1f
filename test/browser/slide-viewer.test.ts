import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import type { PathologyViewport, SlideView } from '../../server/contract/pathology.ts';
import { launchBrowser, openPerson } from '../support/browser.ts';
import { closeSlides } from '../viewers/pathology-world.ts';
import { type SlideDesk, slideDesk } from './slide-desk.ts';
import { channel, decodeBase, type Gray, offsetFrom } from './slide-reference.ts';
import { openSlideSite, type SlideSite } from './slide-site.ts';
import { keptAnnotations } from './viewer-desk.ts';

const SVS = 'CMU-1-Small-Region.svs';
const PYRAMID = 'derived/cmu1_pyramid_jpeg.tif';
const UNSIZED = 'boxes_pyramid.tiff';

/** And what the estimate itself is off. */
const HALF_PIXEL = 0.55;

describe('a slide in the shared review', () => {
  let site: SlideSite;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let desk: SlideDesk;
  let faults: string[];
  let base: Gray & { rgb: Buffer };

  const open = async (query = '', size = { width: 1366, height: 768 }): Promise<void> => {
    const person = await openPerson(browser, site.url, size);
    ({ context, page, faults } = person);
    await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 }));
    await page.goto(`/${query}`);
    desk = slideDesk(page, 1);
  };
  const openSlide = async (index: number): Promise<void> => {
    await desk.panel.getByTestId('thumbnail').nth(index).click();
    await desk.panel.locator(`[data-slide-id="${site.slides[index]?.slideId}"][data-quality="full"]`).waitFor();
  };
  const viewOf = (index: number) => site.slides[index]?.view as SlideView;
  const viewport = (index: number, part: Omit<PathologyViewport, 'target'>): PathologyViewport => ({
    target: { kind: 'pathology', slideId: viewOf(index).slideId },
    ...part,
  });
  const gray = ({ width, height, data }: { width: number; height: number; data: Buffer }): Gray => {
    return { width, height, data: channel(data, 4) };
  };
  /** A part of the window's middle that the slide fills. */
  const middle = ({ width, height }: Gray, side: number) => {
    return { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2), width: side, height: side };
  };
  const assertInPlace = (
    picture: Gray,
    view: PathologyViewport,
    side: number,
    what: string,
    within = HALF_PIXEL,
  ): void => {
    const { x, y, difference } = offsetFrom(picture, base, view, middle(picture, side));
    assert.ok(Math.abs(x) <= within && Math.abs(y) <= within, `${what} lies ${x.toFixed(2)}, ${y.toFixed(2)} px off`);
    // Another part of the tissue differs by 50 and more.
    assert.ok(difference < 28, `${what} differs by ${difference.toFixed(1)}`);
  };

  before(async function () {
    this.timeout(60_000);
    const sources = [{ name: SVS }, { name: PYRAMID }, { name: UNSIZED }, { name: PYRAMID, only: [0, 3] }];
    [site, browser, base] = await Promise.all([openSlideSite(sources), launchBrowser(), decodeBase(SVS)]);
  });
  beforeEach(() => {
    Object.assign(site.line, { tileDelayMs: 0, refuse: undefined, status: undefined });
  });
  afterEach(() => context?.close());
  after(async () => {
    await browser?.close();
    await site?.close();
    await closeSlides();
  });

  it('shows the whole slide first, then every scanned pixel on one of the screen', async () => {
    await open();
    await desk.whenFull();
    const { width, height } = viewOf(0);
    const fitted = await desk.slideViewport();
    assert.deepEqual(fitted.center, { x: width / 2, y: height / 2 });
    assert.equal(fitted.imagePixelsPerScreenHeight, height);
    assert.equal(await desk.stage.getAttribute('data-drawer'), 'canvas');

    await desk.press('o');
    await desk.whenFull();
    const view = await desk.slideViewport();
    const picture = await desk.picture();
    assert.equal(view.imagePixelsPerScreenHeight, picture.height);
    const [left, top] = [picture.width / 2 - view.center.x, picture.height / 2 - view.center.y].map(Math.round) as [
      number,
      number,
    ];
    let most = 0;
    for (let y = 0; y < picture.height; y += 1)
      for (let x = 0; x < picture.width; x += 1)
        for (let at = 0; at < 3; at += 1) {
          const drawn = picture.data[(y * picture.width + x) * 4 + at] ?? 0;
          const stored = base.rgb[((y - top) * base.width + x - left) * 3 + at] ?? 0;
          most = Math.max(most, Math.abs(drawn - stored));
        }
    // Two decoders may round differently.
    assert.ok(most <= 2, `a sample differs by ${most}`);
    assert.deepEqual(faults, []);
  });

  it('draws every level where it belongs, at any zoom and rotation, to half a pixel', async function () {
    this.timeout(60_000);
    await open();
    await desk.whenFull();
    const { height } = await desk.picture();
    const center = { x: 1110, y: 1483.5 };
    for (const [index, zooms] of [
      [1, [0.6, 1.7, 3.3, 5.9]],
      [3, [2.6, 9]],
    ] as const)
      for (const rotation of [0, 90, 37])
        for (const pixels of zooms) {
          const view = viewport(index, { center, imagePixelsPerScreenHeight: height * pixels, rotation });
          await desk.lookAt(view);
          const side = Math.min(400, Math.floor(1500 / pixels));
          assertInPlace(gray(await desk.picture()), view, side, `slide ${index} at ${pixels}, ${rotation}°`);
        }
    // Towards the far corner, where a level stretched to the slide's size would be furthest off.
    for (const pixels of [3.3, 5.9]) {
      const far = { x: 1800, y: 2500 };
      const view = viewport(1, { center: far, imagePixelsPerScreenHeight: height * pixels, rotation: 0 });
      await desk.lookAt(view);
      assertInPlace(gray(await desk.picture()), view, Math.floor(700 / pixels), `far corner at ${pixels}`);
    }
  });

  it('shows the same in windows of another size, and moves with the presenter', async () => {
    await open('?people=2&delayMs=5', { width: 1600, height: 800 });
    await page.addStyleTag({
      content: '#root { grid-template-columns: 3fr 2fr } #root > div:nth-child(2) { height: 560px }',
    });
    const other = slideDesk(page, 2);
    await desk.whenFull();
    await other.whenFull();
    await page.locator('[data-person="2"] [data-testid="presenter-bar"][data-phase="live"]').waitFor();
    await desk.press('5', ',', ']');
    await desk.drag([0.5, 0.5], [0.42, 0.6]);
    const view = await desk.slideViewport();
    assert.equal(view.rotation, 285);
    await other.panel.locator(`[data-viewport='${JSON.stringify(view)}'][data-quality="full"]`).waitFor();
    await desk.whenFull();
    const [one, two] = [gray(await desk.picture()), gray(await other.picture())];
    assert.notEqual(one.height, two.height);
    assertInPlace(one, view, 300, 'the presenter’s');
    assertInPlace(two, view, 200, 'the follower’s');
  });

  it('pans by exactly what the hand moves, zooms where the cursor is, and tells each step', async () => {
    await open();
    await desk.whenFull();
    await desk.press('5');
    const before = await desk.slideViewport();
    const perPixel = before.imagePixelsPerScreenHeight / ((await desk.stage.boundingBox())?.height ?? 0);
    await desk.drag([0.5, 0.5], [0.4, 0.3]);
    const { width = 0, height = 0 } = (await desk.stage.boundingBox()) ?? {};
    const panned = await desk.slideViewport();
    const moved = [panned.center.x - before.center.x, panned.center.y - before.center.y].map(
      (value) => value / perPixel,
    );
    assert.ok(
      Math.abs((moved[0] ?? 0) - width * 0.1) <= 1 && Math.abs((moved[1] ?? 0) - height * 0.2) <= 1,
      String(moved),
    );

    await desk.moveTo(0.25, 0.25);
    await page.mouse.wheel(0, -300);
    const zoomed = await desk.slideViewport();
    assert.ok(zoomed.imagePixelsPerScreenHeight < panned.imagePixelsPerScreenHeight * 0.7);
    const at = (view: PathologyViewport) => [
      view.center.x - (0.25 * width * view.imagePixelsPerScreenHeight) / height,
      view.center.y - 0.25 * view.imagePixelsPerScreenHeight,
    ];
    const [x = 0, y = 0] = at(panned);
    const [xAfter = 0, yAfter = 0] = at(zoomed);
    assert.ok(Math.abs(x - xAfter) < 2 * perPixel && Math.abs(y - yAfter) < 2 * perPixel);
    await page.waitForTimeout(300);
    assert.deepEqual(await desk.slideViewport(), zoomed, 'nothing glides on');
    const told = await page.evaluate(() => window.viewerPage.hub.viewport);
    assert.deepEqual(told, zoomed);
  });

  it('keeps its view when the window changes its size, and comes back to a slide as it was left', async () => {
    await open();
    await desk.whenFull();
    await desk.press('4', '.');
    const view = await desk.slideViewport();
    await page.setViewportSize({ width: 1100, height: 640 });
    await desk.whenFull();
    assert.deepEqual(await desk.slideViewport(), view);
    assertInPlace(gray(await desk.picture()), view, 150, 'after the change');
    await openSlide(1);
    await openSlide(0);
    assert.deepEqual(await desk.slideViewport(), view);
    await desk.press('f');
    await page.setViewportSize({ width: 900, height: 700 });
    await desk.whenFull();
    const { width, height } = await desk.picture();
    const fitted = await desk.slideViewport();
    assert.equal(fitted.rotation, 90);
    assert.equal(fitted.imagePixelsPerScreenHeight, Math.max(2220, (2967 * height) / width));
  });

  it('shows the thumbnail at once, says that it is coarse, and becomes full tile by tile', async () => {
    site.line.tileDelayMs = 150;
    await open();
    await desk.panel.locator('[data-quality="preview"]').waitFor();
    assert.match((await desk.panel.getByTestId('picture-quality').textContent()) ?? '', /粗略画面/);
    const view = await desk.slideViewport();
    const picture = gray(await desk.picture());
    assertInPlace(picture, view, 400, 'the thumbnail', 1);
    const total = Number(await desk.stage.getAttribute('data-total-frames'));
    assert.equal(total, 130);
    await page.waitForFunction(() => {
      const loaded = Number(
        document.querySelector<HTMLElement>('[data-testid="review-stage"]')?.dataset['loadedFrames'],
      );
      return loaded > 5 && loaded < 120;
    });
    await desk.whenFull();
    assert.equal(await desk.stage.getAttribute('data-loaded-frames'), '130');
  });

  it('waits out an outage, and says plainly what cannot be shown', async () => {
    site.line.refuse = { level: 12, status: 503 };
    await open();
    await desk.panel.locator('[data-quality="preview"]').waitFor();
    site.line.refuse = undefined;
    await desk.whenFull();

    site.line.refuse = { level: 11, status: 500 };
    await openSlide(1);
    await desk.press('4');
    await desk.panel.locator('[data-quality="failed"]').waitFor();
    const notice = desk.panel.getByTestId('slide-notice');
    assert.ok(await notice.isVisible());
    site.line.refuse = undefined;
    await notice.getByRole('button').click();
    await desk.whenFull();
    assert.ok(await notice.isHidden());
  });

  it('says that a slide cannot be read, and tries again when asked', async () => {
    site.line.status = 500;
    await open();
    const notice = desk.panel.getByTestId('slide-notice');
    await notice.waitFor();
    site.line.status = undefined;
    await notice.getByRole('button').click();
    await desk.whenFull();
    assert.ok(await notice.isHidden());
  });

  it('names its magnification and lengths truly, and none where the file does not say how large a pixel is', async () => {
    await open();
    await desk.whenFull();
    await desk.press('5');
    assert.equal(await desk.panel.getByTestId('slide-magnification').textContent(), '20× · 0.50 µm/px');
    const bar = desk.panel.getByTestId('slide-scale-bar');
    assert.equal(await bar.textContent(), '100 µm');
    // 20× is 0.5 µm in a CSS pixel.
    const lengthPx = await bar.evaluate((element) => Number.parseFloat(getComputedStyle(element).width));
    assert.ok(Math.abs(lengthPx - 200) < 0.01, String(lengthPx));
    await desk.press('6');
    assert.match((await desk.panel.getByTestId('slide-magnification').textContent()) ?? '', /超过扫描分辨率\n40×/);

    await openSlide(2);
    assert.ok(await bar.isHidden());
    assert.match(
      (await desk.panel.getByTestId('slide-magnification').textContent()) ?? '',
      /未注明像素大小，仅以像素计/,
    );
    await desk.press('l');
    await desk.drag([0.45, 0.5], [0.55, 0.5]);
    assert.match((await desk.annotations('length').textContent()) ?? '', /\d px未注明像素大小/);
  });

  it('measures and keeps annotations on the tissue, however the slide is turned and zoomed', async () => {
    await open();
    await desk.whenFull();
    await desk.press('4', ']', 'l');
    await desk.drag([0.4, 0.5], [0.6, 0.5]);
    const [kept] = await keptAnnotations(page);
    assert.ok(kept?.shape?.kind === 'length');
    const { start, end } = kept.shape;
    const { width = 0 } = (await desk.stage.boundingBox()) ?? {};
    // A fifth of the window at 10×, 1 µm in a CSS pixel.
    const text = (await desk.annotations('length').textContent()) ?? '';
    const measured = Number(/([\d.]+) µm按切片标注的像素大小/.exec(text)?.[1]);
    assert.ok(Math.abs(measured - width * 0.2) < 2, text);

    const ends = async () => {
      const box = await desk.stage.boundingBox();
      const handles = desk.annotations('length').locator('[data-handle]');
      const places = await handles.evaluateAll((all) =>
        all.map((each) => {
          const { x, y, width, height } = each.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        }),
      );
      return places.map(({ x, y }) => ({ x: x - (box?.x ?? 0), y: y - (box?.y ?? 0) }));
    };
    for (const keys of [['5'], ['.'], ['+', '+'], ['r']]) {
      await desk.press(...keys);
      const view = await desk.slideViewport();
      const box = await desk.stage.boundingBox();
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
    await open();
    await desk.whenFull();
    const before = await desk.slideViewport();
    await desk.press('y');
    const box = await desk.stage.boundingBox();
    const at = (x: number, y: number): [number, number] => [
      (box?.x ?? 0) + (box?.width ?? 0) * x,
      (box?.y ?? 0) + (box?.height ?? 0) * y,
    ];
    await page.mouse.click(...at(0.45, 0.4));
    await page.mouse.click(...at(0.55, 0.4));
    await page.mouse.dblclick(...at(0.5, 0.6));
    await desk.annotations('polygon').waitFor();
    assert.deepEqual(await desk.slideViewport(), before);
    assert.match((await desk.annotations('polygon').textContent()) ?? '', /面积 \d+ µm²周长/);
    const pointed = await page.evaluate(
      () => window.viewerPage.hub.received.filter(({ name }) => name === 'pointer:move').length,
    );
    assert.ok(pointed > 0);
  });

  it('exports what the window shows from tiles of its own, with annotations and scale', async () => {
    await open();
    await desk.whenFull();
    await desk.press('4', '.', ']', 'e');
    await desk.drag([0.3, 0.3], [0.36, 0.4]);
    const view = await desk.slideViewport();
    const asked = site.tilesAsked.length;
    await desk.panel.getByTestId('take-key-image').click();
    await page.waitForFunction(() => window.viewerPage.keyImages.length === 1, undefined, { timeout: 15_000 });
    const { base64, widthPx, heightPx, measurements } = await page.evaluate(async () => {
      const [image] = window.viewerPage.keyImages;
      if (!image) throw new Error('none');
      const bytes = new Uint8Array(await image.blob.arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
      return { base64: btoa(text), widthPx: image.widthPx, heightPx: image.heightPx, measurements: image.measurements };
    });
    assert.ok(site.tilesAsked.length >= asked);
    const { data, info } = await sharp(Buffer.from(base64, 'base64'))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height], [widthPx, heightPx]);
    assert.ok(heightPx >= 1600);
    const picture: Gray = { width: info.width, height: info.height, data: channel(data, info.channels) };
    assertInPlace(picture, view, 260, 'the export');
    assert.match(measurements[0] ?? '', /µm²|mm²/);
    // Text and scale bar stand in the lower corners, white on black edges.
    const white = (x: number, y: number) => {
      const index = (Math.round(y) * info.width + Math.round(x)) * info.channels;
      return [0, 1, 2].every((at) => (data[index + at] ?? 0) > 250);
    };
    const scale = heightPx / ((await desk.stage.boundingBox())?.height ?? 1);
    assert.ok(white(widthPx - 40 * scale, heightPx - 13.5 * scale), 'the scale bar');
  });

  it('goes where the overview is pressed, and hides it on demand', async () => {
    await open();
    await desk.whenFull();
    await desk.press('5');
    const overview = desk.panel.getByTestId('slide-navigator');
    const box = await overview.boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * 0.75, (box?.y ?? 0) + (box?.height ?? 0) * 0.25);
    const { center } = await desk.slideViewport();
    assert.ok(Math.abs(center.x - 2220 * 0.75) < 40 && Math.abs(center.y - 2967 * 0.25) < 40, JSON.stringify(center));
    await desk.press('n');
    assert.ok(await overview.isHidden());
  });

  it('opens the label apart from the review', async () => {
    await open();
    await desk.whenFull();
    await desk.panel.getByTestId('command-associated').click();
    await desk.panel.getByTestId('command-associated-1').click();
    const dialog = desk.panel.getByTestId('slide-associated');
    const image = dialog.locator('img');
    await image.waitFor();
    assert.match((await image.getAttribute('src')) ?? '', /\/associated\/1$/);
    await page.waitForFunction(() => (document.querySelector<HTMLImageElement>('dialog img')?.naturalWidth ?? 0) > 0);
    await page.keyboard.press('Escape');
    assert.ok(await dialog.isHidden());
    await desk.panel.getByTestId('thumbnail').nth(1).click();
    await desk.whenFull();
    assert.equal(await desk.panel.getByTestId('command-associated').count(), 0);
  });
});
