import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SIGNED_IN_HINT } from '../../client/api/session.tsx';
import { createSeries } from '../../client/imaging/library.ts';
import { launchBrowser } from '../support/browser.ts';
import { type ConsultationSite, openConsultationSite } from '../support/consultation-site.ts';
import { enhancedCt } from '../support/enhanced-by-hand.ts';
import { measureFrames } from './frames.ts';
import { watchPages } from './page-probe.ts';
import { createReport, quantile, repeat } from './report.ts';
import { measureWindowDrag } from './window-drag.ts';

const OPENINGS = 8;
const OPENINGS_LIMIT_MS = 40_000;
const CANVAS_PX = 1024;
/** Of one enhanced object: a series is made of its header on the page's own thread. */
const ENHANCED_FRAMES = [250, 1000, 4000];
const FIRST_IMAGE_AIM_MS = 500;
const FRAME_AIM_MS = 16;
const ADDRESS_TO_CLICK_AIM = 1.6;

/** One person over the real CT of 40 slices, 512 × 512 in 16 bits, not compressed; a browser without a GPU. */
export async function benchImaging(): Promise<void> {
  const report = createReport('imaging');
  for (const frames of ENHANCED_FRAMES) {
    const header = enhancedCt(frames);
    const started = performance.now();
    createSeries({ studyInstanceUid: '1.2', seriesInstanceUid: '1.3' }, [header]);
    report.value(`create-series-${frames}-frames`, performance.now() - started, 'ms');
  }
  report.say('starting the application');
  const site = await openConsultationSite({ apart: false });
  const browser = await launchBrowser();
  try {
    const { consultationId } = await site.meetOverImages();
    report.say('opening the images');
    // The first one is the server's own first steps.
    await openImages(site, browser, consultationId);
    const openings = await repeat(OPENINGS, OPENINGS_LIMIT_MS, () => openImages(site, browser, consultationId));
    const of = (name: keyof Opening) => openings.map((opening) => opening[name]);
    report.samples('first-image', of('firstMs'), 'ms', FIRST_IMAGE_AIM_MS);
    report.samples('first-image-by-address', of('coldMs'), 'ms');
    report.samples('first-image-by-address-again', of('againMs'), 'ms');
    const ratio = quantile(of('coldMs'), 0.5) / quantile(of('firstMs'), 0.5);
    report.value('address-to-click', ratio, 'times', ADDRESS_TO_CLICK_AIM);
    report.samples('series-loaded', of('wholeMs'), 'ms');

    report.say('dragging and scrolling');
    const page = await openDesk(site, browser, consultationId);
    const { drag, scroll } = await measureFrames(page);
    report.samples('window-drag-frame', drag.workMs, 'ms', FRAME_AIM_MS);
    report.samples('window-drag-interval', drag.intervalsMs, 'ms');
    report.samples('scroll-frame', scroll.workMs, 'ms');
    report.value('scroll-rate', scroll.perSecond, 'frames/s');
    await page.close();
    report.say('drawing windows beside cornerstone-core');
    await measureWindowDrag(browser, report);
  } finally {
    await browser.close();
    await site.close();
  }
}

interface Opening {
  /** From the click on the case's page to the first image at full quality. */
  firstMs: number;
  /** To the last one. */
  wholeMs: number;
  /** From the address to the first one, in a browser that has nothing of the application but the session. */
  coldMs: number;
  /** The same in a browser that has been there before. */
  againMs: number;
}

/** Each time with an empty cache. */
async function openImages(site: ConsultationSite, browser: Browser, consultationId: string): Promise<Opening> {
  const prepare = watchPages;
  const { page, context } = await site.open(browser, 'specialist', `/consultations/${consultationId}`, { prepare });
  const link = page.locator(`a[href="/consultations/${consultationId}/images"]`).first();
  await link.waitFor();
  await page.waitForLoadState('networkidle');
  await link.click();
  const clickedMs = await page.evaluate(() => window.probe.lastInputMs);
  const first = await page.evaluate((after) => window.probe.first('full', after), clickedMs);
  await page.locator('[data-testid="review-lightbox"][data-loaded-frames="40"]').waitFor();
  const loaded = await page.evaluate(() => window.probe.sights.filter(({ kind }) => kind === 'loaded').at(-1));
  await context.close();

  const cold = await site.open(browser, 'specialist', `/consultations/${consultationId}/images`, {
    prepare: prepareSignedIn,
  });
  const coldMs = await firstImageMs(cold.page);
  await cold.page.goto('about:blank');
  await cold.page.goto(`${site.server.url}/consultations/${consultationId}/images`);
  const againMs = await firstImageMs(cold.page);
  await cold.context.close();
  return { firstMs: first.atMs - clickedMs, wholeMs: (loaded?.atMs ?? Number.NaN) - clickedMs, coldMs, againMs };
}

/** Since the page began. */
function firstImageMs(page: Page): Promise<number> {
  return page.evaluate(async () => (await window.probe.first('full', 0)).atMs - performance.timeOrigin);
}

/** As a browser in which somebody is signed in: with what it remembers of that, see client/api/session.tsx. */
async function prepareSignedIn(context: BrowserContext): Promise<void> {
  await watchPages(context);
  await context.addInitScript((key) => localStorage.setItem(key, '1'), SIGNED_IN_HINT);
}

/** All slices loaded, the canvas of the wanted size. */
async function openDesk(site: ConsultationSite, browser: Browser, consultationId: string): Promise<Page> {
  const size = { width: 1366, height: 1200 };
  const address = `/consultations/${consultationId}/images`;
  const { page } = await site.open(browser, 'specialist', address, { ...size, prepare: watchPages });
  await page.locator('[data-testid="review-lightbox"][data-loaded-frames="40"]').waitFor();
  const canvas = page.getByTestId('picture-canvas');
  const box = await canvas.boundingBox();
  if (!box) throw new Error('no canvas');
  await page.setViewportSize({
    width: size.width + CANVAS_PX - Math.round(box.width),
    height: size.height + CANVAS_PX - Math.round(box.height),
  });
  await page.waitForFunction((side) => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-testid="picture-canvas"]');
    return canvas?.width === side && canvas.height === side;
  }, CANVAS_PX);
  return page;
}
