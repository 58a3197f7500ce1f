import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { type ViewerDesk, viewerDesk } from './viewer-desk.ts';
import { openViewerSite, type ViewerSite } from './viewer-site.ts';

/** Two people at the same images in one page; filled by the hooks that {@link useTwoPeople} sets. */
export interface TwoPeople {
  page: Page;
  zhang: ViewerDesk;
  li: ViewerDesk;
  /** Waits until the second one's picture stands where the first one's does. */
  sameViewport(): Promise<void>;
  assertSamePixels(what: string): Promise<void>;
}

export function useTwoPeople(): TwoPeople {
  let site: ViewerSite;
  let browser: Browser;
  const people = {
    async sameViewport() {
      const wanted = JSON.stringify(await people.zhang.viewport());
      await people.page.waitForFunction(
        (viewport) =>
          document.querySelectorAll(`[data-testid="review-lightbox"]`)[1]?.getAttribute('data-viewport') === viewport,
        wanted,
      );
      await people.li.whenFull();
    },
    async assertSamePixels(what) {
      await people.sameViewport();
      const [one, other] = [await people.zhang.pixels(), await people.li.pixels()];
      assert.deepEqual([other.width, other.height], [one.width, one.height]);
      assert.ok(
        one.data.some((value) => value !== 0 && value !== 255),
        'there is a picture',
      );
      assert.ok(one.data.equals(other.data), `${what}: the same on both sides`);
    },
  } as TwoPeople;

  before(async function () {
    this.timeout(180_000);
    site = await openViewerSite([
      'dicom/series/ct-chest-lidc0314',
      'dicom/series/mr-brain-axial',
      'dicom/us/us_ybrfull_jpeg_8f.dcm',
    ]);
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    const page = await browser.newPage({ viewport: { width: 1600, height: 700 } });
    await page.goto(`${site.url}/?people=2&delayMs=10`);
    Object.assign(people, { page, zhang: viewerDesk(page, 1), li: viewerDesk(page, 2) });
    await people.zhang.whenFull();
    await people.li.whenFull();
    await page.locator('[data-person="2"] [data-testid="presenter-bar"][data-phase="live"]').waitFor();
  });
  afterEach(() => people.page.close());
  after(async () => {
    await browser?.close();
    await site?.close();
  });
  return people;
}
