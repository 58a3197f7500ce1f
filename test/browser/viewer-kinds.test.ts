import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { frameOf } from '../support/imaging-parts.ts';
import { type ViewerDesk, viewerDesk } from './viewer-desk.ts';
import { openViewerSite, type ViewerSite } from './viewer-site.ts';

const SAMPLES = [
  'dicom/cr-dx-mg/cr_chest_mono1_10bit.dcm',
  'dicom/us/us_ybrfull_jpeg_8f.dcm',
  'dicom/derived/unknown_transfer_syntax.dcm',
];

describe('pictures other than CT', () => {
  let site: ViewerSite;
  let browser: Browser;
  let page: Page;
  let desk: ViewerDesk;

  const open = (index: number): Promise<void> => desk.panel.getByTestId('thumbnail').nth(index).click();

  before(async function () {
    this.timeout(60_000);
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
    await length.locator('tspan', { hasText: '未校准' }).waitFor();
  });

  it('scrolls through the frames of a coloured ultrasound, which has no window', async () => {
    await open(1);
    await page.locator('[data-testid="review-stage"][data-total-frames="8"][data-quality="full"]').waitFor();
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
      .locator('tspan', { hasText: /面积 .* mm²/ })
      .waitFor();
    assert.equal(await desk.annotations('ellipse').getAttribute('data-mean'), null, 'a mean of colours says nothing');
  });

  it('says why a picture cannot be shown instead of staying black', async () => {
    await open(2);
    await page.locator('[data-testid="review-stage"][data-quality="failed"]').waitFor();
    await desk.stage.getByRole('alert').getByText('暂不支持此影像的压缩方式').waitFor();
    await desk.panel.locator('[data-testid="peer"][data-state="failed"]').waitFor();
  });
});
