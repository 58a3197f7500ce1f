import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { createSeries } from '../../client/imaging/library.ts';
import { launchBrowser } from '../support/browser.ts';
import { openConsultationSite } from '../support/consultation-site.ts';
import { enhancedCt } from '../support/enhanced-by-hand.ts';
import { type Frames, measureFrames } from './frames.ts';
import { measureOpenings, type OpenedCase } from './openings.ts';
import { watchPages } from './page-probe.ts';
import { createReport, type Report } from './report.ts';
import { measureWindowDrag } from './window-drag.ts';

const OPENINGS = 12;
const CANVAS_PX = 1024;
/** Of one enhanced object: a series is made of its header on the page's own thread. */
const ENHANCED_FRAMES = [250, 1000, 4000];
const FRAME_AIM_MS = 16;

/**
 * One person over the real CT of 40 slices, 512 × 512 in 16 bits, not compressed; a browser without a GPU.
 * @param options how often the images are opened, and the folder of another checkout whose application takes turns with this one's
 */
export async function benchImaging([openings = String(OPENINGS), otherFolder]: string[]): Promise<void> {
  const report = createReport('imaging');
  measureEnhanced(report);
  report.say('starting the application');
  const opened = await openCase(openConsultationSite);
  const before = otherFolder === undefined ? undefined : await openCase(await siteOpenerOf(otherFolder));
  const browser = await launchBrowser();
  try {
    report.say('opening the images');
    await measureOpenings(report, browser, Number(openings), opened, before);
    report.say('dragging and scrolling');
    reportFrames(report, await measureDesk(opened, browser), '');
    if (before) reportFrames(report, await measureDesk(before, browser), '-before');
    report.say('drawing windows beside cornerstone-core');
    await measureWindowDrag(browser, report);
  } finally {
    await browser.close();
    await opened.site.close();
    await before?.site.close();
  }
}

function measureEnhanced(report: Report): void {
  for (const frames of ENHANCED_FRAMES) {
    const header = enhancedCt(frames);
    const started = performance.now();
    createSeries({ studyInstanceUid: '1.2', seriesInstanceUid: '1.3' }, [header]);
    report.value(`create-series-${frames}-frames`, performance.now() - started, 'ms');
  }
}

type OpenSite = typeof openConsultationSite;

/** By that checkout's own support, which starts its own server; it has to be ready to run there. */
async function siteOpenerOf(folder: string): Promise<OpenSite> {
  const support = await import(join(folder, 'test/support/consultation-site.ts'));
  return support.openConsultationSite;
}

async function openCase(openSite: OpenSite): Promise<OpenedCase> {
  const site = await openSite({ apart: false });
  const { consultationId } = await site.meetOverImages();
  return { site, consultationId };
}

async function measureDesk(opened: OpenedCase, browser: Browser): Promise<{ drag: Frames; scroll: Frames }> {
  const page = await openDesk(opened, browser);
  const frames = await measureFrames(page);
  await page.close();
  return frames;
}

function reportFrames(report: Report, { drag, scroll }: { drag: Frames; scroll: Frames }, suffix: string): void {
  report.samples(`window-drag-frame${suffix}`, drag.workMs, 'ms', FRAME_AIM_MS);
  report.samples(`window-drag-interval${suffix}`, drag.intervalsMs, 'ms');
  report.samples(`scroll-frame${suffix}`, scroll.workMs, 'ms');
  report.value(`scroll-rate${suffix}`, scroll.perSecond, 'frames/s');
}

/** All slices loaded, the canvas of the wanted size. */
async function openDesk({ site, consultationId }: OpenedCase, browser: Browser): Promise<Page> {
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
