import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { frameOf } from '../support/imaging-parts.ts';
import { sagittalScannedTwice, withOverlay, withoutPicture } from '../support/series-by-hand.ts';
import { zh, zhPattern } from '../support/zh.ts';
import { type ViewerDesk, viewerDesk } from './viewer-desk.ts';
import { openViewerSite, type ViewerSite } from './viewer-site.ts';

const SAMPLES = [
  'dicom/cr-dx-mg/nema_rg3_mono1_j2k_lossless.dcm',
  'dicom/us/us_ybrfull_jpeg_8f.dcm',
  'dicom/derived/unknown_transfer_syntax.dcm',
  sagittalScannedTwice(3),
  withOverlay(4, true),
  withOverlay(5, false),
  withoutPicture(6),
];

describe('pictures other than CT', () => {
  let site: ViewerSite;
  let browser: Browser;
  let page: Page;
  let desk: ViewerDesk;

  const open = (index: number): Promise<void> => desk.panel.getByTestId('thumbnail').nth(index).click();

  before(async function () {
    this.timeout(180_000);
    site = await openViewerSite(SAMPLES);
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

  it('shows MONOCHROME1 with low values bright, and measures in pixels where no size is known', async () => {
    await open(0);
    const { width, height, data } = await desk.pixels();
    const grayAt = (x: number, y: number): number =>
      data[(Math.round(height * y) * width + Math.round(width * x)) * 4] ?? 0;
    assert.ok(grayAt(0.5, 0.7) > grayAt(0.4, 0.5) + 40, 'the spine is brighter than the lung');
    await desk.press('l');
    await desk.drag([0.45, 0.4], [0.55, 0.4]);
    const length = desk.annotations('length');
    await length.locator('tspan', { hasText: / px$/ }).waitFor();
    await desk.lightbox.getByTestId('calibration').getByText(zh('imaging:calibration.none')).waitFor();
  });

  it('scrolls through the frames of a coloured ultrasound, which has no window', async () => {
    await open(1);
    await page.locator('[data-testid="review-lightbox"][data-total-frames="8"][data-quality="full"]').waitFor();
    const { data } = await desk.pixels();
    let coloured = 0;
    for (let at = 0; at < data.length; at += 4) if (Math.abs((data[at] ?? 0) - (data[at + 2] ?? 0)) > 60) coloured++;
    assert.ok(coloured > 10_000, `${coloured} coloured pixels`);
    await desk.press('End');
    assert.equal(frameOf(await desk.viewport()), 8);
    assert.equal(await desk.panel.getByTestId('command-window').count(), 0);
    await desk.press('e');
    await desk.drag([0.45, 0.45], [0.55, 0.55]);
    await desk
      .annotations('ellipse')
      .locator('tspan', { hasText: new RegExp(`${zh('review:measure.area')} .* mm²`) })
      .waitFor();
    assert.equal(await desk.annotations('ellipse').getAttribute('data-mean'), null, 'a mean of colours says nothing');
  });

  it('says why a picture cannot be shown instead of staying black', async () => {
    await open(2);
    await page.locator('[data-testid="review-lightbox"][data-quality="failed"]').waitFor();
    await desk.lightbox.getByRole('alert').getByText(zh('failures:reason.transfer-syntax-unsupported')).waitFor();
    await desk.panel.locator('[data-testid="peer"][data-state="failed"]').waitFor();
  });

  it('names the scan, the gap, thickness and distance, and the side of a sagittal slice', async () => {
    await open(3);
    await page.locator('[data-testid="review-lightbox"][data-total-frames="11"][data-quality="full"]').waitFor();
    const corner = async (place: string): Promise<string> =>
      (await desk.lightbox.getByTestId(`corner-${place}`).textContent()) ?? '';
    const positionText = zhPattern('imaging:corner.position', { side: /(\S)/, position: /(\S+)/ });
    const scan = zhPattern('imaging:pass.acquisition', { index: /(\d)/, count: 2 });
    const passText = zhPattern('imaging:corner.inPass', { pass: scan, index: /(\d)/, count: /(\d)/ });
    const seen: string[][] = [];
    for (let slice = 1; slice <= 11; slice++) {
      const [, side, offsetMm] = positionText.exec(await corner('top-right')) ?? [];
      const pass = passText.exec(await corner('top-left'))?.slice(1) ?? [];
      seen.push([...pass, `${side} ${offsetMm}`]);
      await desk.press('ArrowDown');
    }
    const sides = ['R 21.0', 'R 14.0', 'R 7.0', 'L 0.0', 'L 7.0', 'L 14.0'];
    const [whole, lacking] = [sides, sides.filter((_, index) => index !== 3)];
    assert.deepEqual(seen, [
      ...whole.map((side, index) => ['1', String(index + 1), '6', side]),
      ...lacking.map((side, index) => ['2', String(index + 1), '5', side]),
    ]);
    const distances = [
      zh('imaging:corner.thickness', { thickness: 1 }),
      zh('imaging:corner.interval', { interval: 7 }),
    ];
    assert.ok((await corner('top-right')).includes(distances.join('\n')));
    assert.match(await corner('top-left'), zhPattern('imaging:gap.series', { count: 1 }));
    await desk.press('ArrowUp', 'ArrowUp');
    assert.match(await corner('top-left'), zhPattern('imaging:gap.after', { count: 1 }));
  });

  it('tells the value under the pointer: HU of a CT, the colour of an ultrasound, nothing beside the picture', async () => {
    const probe = desk.lightbox.getByTestId('corner-probe');
    await open(3);
    await page.locator('[data-testid="review-lightbox"][data-total-frames="11"][data-quality="full"]').waitFor();
    await desk.press('Home');
    await desk.moveTo(0.5, 0.5);
    await probe.getByText(zh('imaging:probe.value', { value: 2077, unit: 'HU' })).waitFor();
    // The next slice comes under a pointer that rests.
    await page.mouse.wheel(0, 120);
    await probe.getByText(zh('imaging:probe.value', { value: 2078, unit: 'HU' })).waitFor();
    await desk.moveTo(0.02, 0.5);
    await page.waitForFunction(() => document.querySelector('[data-testid="corner-probe"]')?.textContent === '');
    await open(1);
    await page.locator('[data-testid="review-lightbox"][data-total-frames="8"][data-quality="full"]').waitFor();
    await desk.moveTo(0.5, 0.5);
    const colour = zhPattern('imaging:probe.color', { red: /\d+/, green: /\d+/, blue: /\d+/ });
    await probe.getByText(new RegExp(`^${colour.source}$`)).waitFor();
  });

  it('keeps what stands in its corners legible on a picture that is white', async () => {
    await open(3);
    await page.locator('[data-testid="review-lightbox"][data-total-frames="11"][data-quality="full"]').waitFor();
    const plates = await desk.lightbox
      .locator('.picture-corner-line, .picture-quality')
      .evaluateAll((lines) => lines.map((line) => getComputedStyle(line).backgroundColor));
    assert.ok(plates.length > 8);
    for (const plate of plates) {
      const opacity = Number(/, ([\d.]+)\)$/.exec(plate)?.[1] ?? 0);
      // Behind #d0d4d6 a plate of black this dense leaves at least 4.5 to 1 on pure white.
      assert.ok(opacity >= 0.6, plate);
    }
  });

  it('goes on one picture for each notch of a slow wheel, on a Mac and on a zoomed page alike', async () => {
    await open(3);
    await page.locator('[data-testid="review-lightbox"][data-total-frames="11"][data-quality="full"]').waitFor();
    await desk.press('Home');
    await desk.moveTo(0.5, 0.5);
    const slider = desk.lightbox.getByTestId('slice-slider');
    const turn = async (notchPx: number, notches: number): Promise<string | null> => {
      await desk.press('Home');
      for (let notch = 0; notch < notches; notch++) {
        await page.mouse.wheel(0, notchPx);
        await page.waitForTimeout(90);
      }
      return slider.getAttribute('aria-valuenow');
    };
    // A Mac's wheel turned slowly says 4 pixels a notch; a page at 250 % divides 100 by 2.5.
    assert.equal(await turn(4, 5), '6');
    assert.equal(await turn(40, 3), '4');
    assert.equal(await turn(100, 3), '4');
  });

  /** The picture's pixel is drawn amber, as overlays are. */
  const overlayAt = async (column: number, row: number): Promise<boolean> => {
    const { width, height, data } = await desk.pixels();
    const [x, y] = [Math.round(width / 2) - 64 + column, Math.round(height / 2) - 64 + row];
    const [red = 0, , blue = 0] = data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3);
    return red > 200 && blue < 60;
  };

  it('draws the graphics that lie over a picture, hides them by a key, and has them in the key image', async () => {
    // The strip moves while its pictures come: a click may fall on a neighbour.
    await eventually('the picture with graphics is open', async () => {
      await open(4);
      return desk.panel.getByTestId('command-overlays').isVisible();
    });
    await page.locator('[data-testid="review-lightbox"][data-total-frames="1"][data-quality="full"]').waitFor();
    await desk.press('o');
    for (let tries = 0; !(await overlayAt(34, 34)) && tries < 50; tries++) await page.waitForTimeout(100);
    assert.deepEqual(
      [await overlayAt(34, 34), await overlayAt(93, 60), await overlayAt(64, 64), await overlayAt(30, 30)],
      [true, true, false, false],
    );
    assert.equal(await desk.panel.getByTestId('command-overlays').getAttribute('aria-pressed'), 'true');
    await desk.press('`');
    await eventually('hidden', async () => !(await overlayAt(34, 34)));
    await desk.lightbox.getByTestId('corner-top-left').getByText(zh('imaging:overlays.hidden')).waitFor();
    await desk.press('`');
    await eventually('shown', () => overlayAt(34, 34));
    await desk.press('k');
    await page.waitForFunction(() => window.viewerPage.keyImages.length === 1);
    const amber = await page.evaluate(async () => {
      const bitmap = await createImageBitmap(window.viewerPage.keyImages[0]?.blob as Blob);
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.drawImage(bitmap, 0, 0);
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 0) > 200 && (data[at + 2] ?? 255) < 60) count++;
      return count;
    });
    assert.ok(amber > 900, `${amber} pixels of graphics in the key image`);
  });

  it('shows an object that has graphics alone as such, and nothing of the picture before it behind a notice', async () => {
    await open(4);
    await page.locator('[data-testid="review-lightbox"][data-total-frames="1"][data-quality="full"]').waitFor();
    await open(5);
    await desk.lightbox.getByTestId('corner-top-left').getByText(zh('imaging:overlays.alone')).waitFor();
    await desk.press('o');
    for (let tries = 0; !(await overlayAt(34, 34)) && tries < 50; tries++) await page.waitForTimeout(100);
    assert.deepEqual([await overlayAt(34, 34), await overlayAt(64, 64)], [true, false]);
    await open(6);
    await desk.lightbox.getByRole('alert').getByText(zh('failures:reason.no-pixels')).waitFor();
    const { data } = await desk.pixels();
    assert.ok(
      data.every((value, at) => at % 4 === 3 || value === 0),
      'the canvas is black',
    );
    assert.equal(await desk.lightbox.getByTestId('corner-top-left').isVisible(), false);
    assert.equal(await desk.panel.locator('[data-testid="thumbnail"][aria-current="true"]').count(), 0);
    await open(4);
    await page.locator('[data-testid="review-lightbox"][data-total-frames="1"][data-quality="full"]').waitFor();
  });

  it('plays a loop with the space bar, at the file’s rate, round and round or once', async () => {
    const bar = desk.lightbox.getByTestId('cine-bar');
    assert.equal(await bar.isVisible(), false, 'a single picture has no cine');
    assert.match(
      (await desk.panel.getByTestId('thumbnail').nth(1).textContent()) ?? '',
      zhPattern('imaging:seriesDetailFrames', { modality: 'US', count: 8 }),
    );
    await open(1);
    await page.locator('[data-testid="review-lightbox"][data-total-frames="8"][data-loaded-frames="8"]').waitFor();
    assert.equal(
      await desk.lightbox.getByTestId('cine-rate').textContent(),
      zh('imaging:cine.rate', { perSecond: 22 }),
    );
    await desk.press('[', '[');
    assert.equal(
      await desk.lightbox.getByTestId('cine-rate').textContent(),
      zh('imaging:cine.rate', { perSecond: 11 }),
    );
    assert.match(
      (await desk.lightbox.getByTestId('corner-top-left').textContent()) ?? '',
      zhPattern('imaging:corner.frame', { index: 1, count: 8 }),
    );
    await page.evaluate(() => {
      const lightbox = document.querySelector<HTMLElement>('[data-testid="review-lightbox"]');
      const seen: { frame: number; atMs: number }[] = [];
      Object.assign(window, { seenFrames: seen });
      new MutationObserver(() =>
        seen.push({ frame: Number(lightbox?.dataset['frame']), atMs: performance.now() }),
      ).observe(lightbox as HTMLElement, { attributeFilter: ['data-frame'] });
    });
    await desk.panel.getByTestId('thumbnail').nth(1).click();
    // The thumbnail was clicked, and the space bar is the picture's all the same.
    await page.keyboard.press(' ');
    await page.locator('[data-testid="cine-bar"][data-playing="true"]').waitFor();
    const seen = await page.waitForFunction(() => {
      const { seenFrames } = window as unknown as { seenFrames: { frame: number; atMs: number }[] };
      return seenFrames.length >= 18 && seenFrames;
    });
    const frames = (await seen.jsonValue()) as { frame: number; atMs: number }[];
    await page.keyboard.press(' ');
    await page.locator('[data-testid="cine-bar"][data-playing="false"]').waitFor();
    const steps = frames.slice(1).map(({ frame }, index) => (frame - (frames[index]?.frame ?? 0) + 8) % 8);
    assert.ok(steps.filter((step) => step === 1).length >= 10, `frame by frame, also past the end: ${steps}`);
    const [first, last] = [frames[0], frames.at(-1)];
    const played = steps.reduce((sum, step) => sum + step, 0);
    // 45 ms a frame on the average, at half the speed; never faster, and on a busy machine slower.
    assert.ok(((last?.atMs ?? 0) - (first?.atMs ?? 0)) / played > 78);
    const still = frameOf(await desk.viewport());
    await page.waitForTimeout(300);
    assert.equal(frameOf(await desk.viewport()), still, 'it stands');

    await desk.lightbox.getByTestId('cine-loop').click();
    await desk.press('End', ']', ']', ']');
    assert.equal(
      await desk.lightbox.getByTestId('cine-rate').textContent(),
      zh('imaging:cine.rate', { perSecond: 33 }),
    );
    await desk.press(' ');
    await page.locator('[data-testid="cine-bar"][data-playing="false"]').waitFor();
    assert.equal(frameOf(await desk.viewport()), 8, 'once, from the beginning to the end');
    await desk.press(' ');
    await page.locator('[data-testid="cine-bar"][data-playing="true"]').waitFor();
    await desk.press('ArrowUp');
    await page.locator('[data-testid="cine-bar"][data-playing="false"]').waitFor();
  });
});
