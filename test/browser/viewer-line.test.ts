import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { imagingViewport } from '../support/imaging-parts.ts';
import { zh } from '../support/zh.ts';
import { type ViewerDesk, viewerDesk } from './viewer-desk.ts';
import { openViewerSite, type ViewerSite } from './viewer-site.ts';

describe('images over a bad line', () => {
  let site: ViewerSite;
  let browser: Browser;
  let page: Page;
  let desk: ViewerDesk;

  before(async function () {
    this.timeout(180_000);
    site = await openViewerSite(['dicom/series/ct-chest-lidc0314']);
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    Object.assign(site.line, { frameDelayMs: 0, held: false, down: false });
    site.framesAsked.length = 0;
    page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    desk = viewerDesk(page, 1);
  });
  afterEach(() => page.close());
  after(async () => {
    await browser?.close();
    await site?.close();
  });

  it('shows a preview, marked as such and never measured, until the stored pixels are there', async () => {
    site.line.held = true;
    await page.goto(site.url);
    await page.locator('[data-testid="review-lightbox"][data-quality="preview"]').waitFor();
    await desk.lightbox.getByText(zh('review:peer.preview')).waitFor();
    const { data } = await desk.pixels();
    assert.ok(
      data.some((value) => value > 20 && value < 235),
      'there is a picture already',
    );
    await desk.press('e');
    await desk.drag([0.45, 0.45], [0.55, 0.55]);
    const ellipse = desk.annotations('ellipse');
    await ellipse.locator('tspan', { hasText: zh('review:measure.pending') }).waitFor();
    assert.equal(await ellipse.getAttribute('data-mean'), null);
    site.line.held = false;
    await desk.whenFull();
    await page.locator('[data-kind="ellipse"][data-mean]').waitFor();
  });

  it('asks first for what is looked at, also after a jump to the other end', async () => {
    site.line.frameDelayMs = 300;
    await page.goto(site.url);
    await desk.whenFull();
    await desk.press('End');
    const { target } = imagingViewport(await desk.viewport());
    const before = site.framesAsked.length;
    await desk.whenFull();
    const asked = site.framesAsked.findIndex((address) => address.includes(target.sopInstanceUid));
    assert.ok(asked >= 0 && asked <= before, `asked as number ${asked} of ${before}`);
  });

  it('goes on by itself when the line is back', async () => {
    site.line.frameDelayMs = 300;
    await page.goto(site.url);
    await desk.whenFull();
    site.line.down = true;
    await desk.press('End');
    assert.notEqual(await desk.lightbox.getAttribute('data-quality'), 'full');
    await page.waitForTimeout(1500);
    assert.notEqual(await desk.lightbox.getAttribute('data-quality'), 'full');
    site.line.down = false;
    await desk.whenFull();
    await page.locator('[data-loaded-frames="40"]').waitFor();
  });

  it('asks again by itself for a slice that the server could not give for a moment', async () => {
    let refused = 0;
    await page.route('**/frames/**', (route) => {
      refused += 1;
      return refused > 3 ? route.fallback() : route.fulfill({ status: 500, body: 'a fault of the server' });
    });
    await page.goto(site.url);
    await desk.whenFull();
    assert.ok(refused > 3);
    assert.equal(
      await page.locator('[data-testid="picture-notice"]').isVisible(),
      false,
      'nobody had to press a button',
    );
  });
});
