import assert from 'node:assert/strict';
import sharp from 'sharp';
import { launchBrowser } from '../support/browser.ts';
import { slideDesk } from './slide-desk.ts';
import { channel, type Gray } from './slide-reference.ts';
import { grayOf, useSlides } from './slide-scene.ts';

describe('the picture of a slide', () => {
  const scene = useSlides();

  it('shows the whole slide first, then every scanned pixel on one of the screen', async () => {
    await scene.open();
    await scene.desk.whenFull();
    const { width, height } = scene.viewOf(0);
    const fitted = await scene.desk.slideViewport();
    assert.deepEqual(fitted.center, { x: width / 2, y: height / 2 });
    assert.equal(fitted.imagePixelsPerScreenHeight, height);
    assert.equal(await scene.desk.lightbox.getAttribute('data-drawer'), 'canvas');

    await scene.desk.press('o');
    await scene.desk.whenFull();
    const view = await scene.desk.slideViewport();
    const picture = await scene.desk.picture();
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
          const stored = scene.base.rgb[((y - top) * scene.base.width + x - left) * 3 + at] ?? 0;
          most = Math.max(most, Math.abs(drawn - stored));
        }
    // Two decoders may round differently.
    assert.ok(most <= 2, `a sample differs by ${most}`);
    assert.deepEqual(scene.faults, []);
  });

  it('draws every level where it belongs, at any zoom and rotation, to half a pixel', async function () {
    this.timeout(180_000);
    await scene.open();
    await scene.desk.whenFull();
    const { height } = await scene.desk.picture();
    const center = { x: 1110, y: 1483.5 };
    for (const [index, zooms] of [
      [1, [0.6, 1.7, 3.3, 5.9]],
      [3, [2.6, 9]],
    ] as const)
      for (const rotation of [0, 90, 37])
        for (const pixels of zooms) {
          const view = scene.viewport(index, { center, imagePixelsPerScreenHeight: height * pixels, rotation });
          await scene.desk.lookAt(view);
          const side = Math.min(400, Math.floor(1500 / pixels));
          scene.assertInPlace(
            grayOf(await scene.desk.picture()),
            view,
            side,
            `slide ${index} at ${pixels}, ${rotation}°`,
          );
        }
    // Towards the far corner, where a level stretched to the slide's size would be furthest off.
    for (const pixels of [3.3, 5.9]) {
      const far = { x: 1800, y: 2500 };
      const view = scene.viewport(1, { center: far, imagePixelsPerScreenHeight: height * pixels, rotation: 0 });
      await scene.desk.lookAt(view);
      scene.assertInPlace(
        grayOf(await scene.desk.picture()),
        view,
        Math.floor(700 / pixels),
        `far corner at ${pixels}`,
      );
    }
  });

  it('shows the same in windows of another size, and moves with the presenter', async () => {
    await scene.open('?people=2&delayMs=5', { width: 1600, height: 800 });
    await scene.page.addStyleTag({
      content: '#root { grid-template-columns: 3fr 2fr } #root > div:nth-child(2) { height: 560px }',
    });
    const other = slideDesk(scene.page, 2);
    await scene.desk.whenFull();
    await other.whenFull();
    await scene.page.locator('[data-person="2"] [data-testid="presenter-bar"][data-phase="live"]').waitFor();
    await scene.desk.press('5', ',', '>');
    await scene.desk.drag([0.5, 0.5], [0.42, 0.6]);
    const view = await scene.desk.slideViewport();
    assert.equal(view.rotation, 285);
    await other.panel.locator(`[data-viewport='${JSON.stringify(view)}'][data-quality="full"]`).waitFor();
    await scene.desk.whenFull();
    const [one, two] = [grayOf(await scene.desk.picture()), grayOf(await other.picture())];
    assert.notEqual(one.height, two.height);
    scene.assertInPlace(one, view, 300, 'the presenter’s');
    scene.assertInPlace(two, view, 200, 'the follower’s');
  });

  it('is as exact on a screen of another density', async () => {
    const browser = await launchBrowser(['--force-device-scale-factor=1.25', '--window-size=1100,700']);
    try {
      const page = await (await browser.newContext({ viewport: null })).newPage();
      await page.goto(scene.site.url);
      const desk = slideDesk(page, 1);
      await desk.whenFull();
      await desk.press('5');
      await desk.whenFull();
      assert.equal(await desk.panel.getByTestId('slide-magnification').textContent(), '20× · 0.50 µm/px');
      const [picture, view] = [grayOf(await desk.picture()), await desk.slideViewport()];
      const { height = 0 } = (await desk.lightbox.boundingBox()) ?? {};
      assert.ok(Math.abs(picture.height - 1.25 * height) <= 1, `${picture.height} for ${height}`);
      scene.assertInPlace(picture, view, 300, 'at 1.25');
    } finally {
      await browser.close();
    }
  });

  it('keeps its view when the window changes its size, and comes back to a slide as it was left', async () => {
    await scene.open();
    await scene.desk.whenFull();
    await scene.desk.press('4', '.');
    const view = await scene.desk.slideViewport();
    await scene.page.setViewportSize({ width: 1100, height: 640 });
    await scene.desk.whenFull();
    assert.deepEqual(await scene.desk.slideViewport(), view);
    scene.assertInPlace(grayOf(await scene.desk.picture()), view, 150, 'after the change');
    await scene.openSlide(1);
    await scene.openSlide(0);
    assert.deepEqual(await scene.desk.slideViewport(), view);
    await scene.desk.press('f');
    await scene.page.setViewportSize({ width: 900, height: 700 });
    await scene.desk.whenFull();
    const { width, height } = await scene.desk.picture();
    const fitted = await scene.desk.slideViewport();
    assert.equal(fitted.rotation, 90);
    assert.equal(fitted.imagePixelsPerScreenHeight, Math.max(2220, (2967 * height) / width));
  });

  it('exports what the window shows from tiles of its own, with annotations and scale', async () => {
    await scene.open();
    await scene.desk.whenFull();
    await scene.desk.press('4', '.', '>', 'e');
    // Aside: its label must not lie where the tissue is compared.
    await scene.desk.drag([0.3, 0.16], [0.35, 0.26]);
    const view = await scene.desk.slideViewport();
    const asked = scene.site.tilesAsked.length;
    await scene.desk.panel.getByTestId('take-key-image').click();
    await scene.desk.panel.getByTestId('key-image-take').click();
    await scene.page.waitForFunction(() => window.viewerPage.keyImages.length === 1, undefined, { timeout: 15_000 });
    const { base64, widthPx, heightPx, measurements } = await scene.page.evaluate(async () => {
      const [image] = window.viewerPage.keyImages;
      if (!image) throw new Error('none');
      const bytes = new Uint8Array(await image.blob.arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
      return { base64: btoa(text), widthPx: image.widthPx, heightPx: image.heightPx, measurements: image.measurements };
    });
    assert.ok(scene.site.tilesAsked.length >= asked);
    const { data, info } = await sharp(Buffer.from(base64, 'base64'))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    assert.deepEqual([info.width, info.height], [widthPx, heightPx]);
    assert.ok(Math.max(widthPx, heightPx) >= 1600);
    const picture: Gray = { width: info.width, height: info.height, data: channel(data, info.channels) };
    scene.assertInPlace(picture, view, 260, 'the export');
    assert.match(measurements[0] ?? '', /µm²|mm²/);
    // Text and scale bar stand in the lower corners, white on black edges.
    const white = (x: number, y: number) => {
      const index = (Math.round(y) * info.width + Math.round(x)) * info.channels;
      return [0, 1, 2].every((at) => (data[index + at] ?? 0) > 250);
    };
    // As large as a printed page allows: 672 by 718 CSS pixels.
    const scale = Math.max(widthPx / 672, heightPx / 718);
    assert.ok(white(widthPx - 24 * scale, heightPx - 9.5 * scale), 'the scale bar');
  });
});
