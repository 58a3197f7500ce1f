import type { Browser, Page } from 'playwright-core';
import type { SlideView } from '../../server/contract/pathology.ts';
import { launchBrowser } from '../support/browser.ts';
import { draftCase } from '../support/case-journey.ts';
import type { Client } from '../support/client.ts';
import { type ConsultationSite, openConsultationSite } from '../support/consultation-site.ts';
import { readData } from '../support/data.ts';
import { uploadFile } from '../support/images.ts';
import { createRandom } from '../support/random.ts';
import { measureFrames } from './frames.ts';
import { watchPages } from './page-probe.ts';
import { createReport, repeat } from './report.ts';

const SLIDES = ['pathology/derived/cmu1_pyramid_jpeg.tif', 'pathology/CMU-1-Small-Region.svs'];
const OPENINGS = 8;
const OPENINGS_LIMIT_MS = 30_000;
const TILES = 400;
const TILES_LIMIT_MS = 20_000;
const FIRST_VIEW_AIM_MS = 500;
const TILE_AIM_MS = 5;
const FRAME_AIM_MS = 16;

/** One person over two real slides, a pyramid and a single level; a browser without a GPU. */
export async function benchPathology(): Promise<void> {
  const report = createReport('pathology');
  report.say('starting the application');
  const site = await openConsultationSite({ apart: false });
  const browser = await launchBrowser();
  try {
    const [county, specialist] = await Promise.all([site.signIn('county-doctor'), site.signIn('specialist')]);
    const { consultationId } = await draftCase(county);
    const params = { consultationId };
    for (const path of SLIDES) await uploadFile(county, consultationId, await readData(path));
    const { version, materials } = await county.call('consultation:read', { params });
    await county.call('consultation:submit', { params, body: { version } });

    report.say('opening the slide');
    // The first one is the server's own first steps.
    await openSlide(site, browser, consultationId);
    const openings = await repeat(OPENINGS, OPENINGS_LIMIT_MS, () => openSlide(site, browser, consultationId));
    const of = (name: keyof Opening) => openings.map((opening) => opening[name]);
    report.samples('first-view', of('firstMs'), 'ms', FIRST_VIEW_AIM_MS);
    report.samples('first-full-view', of('fullMs'), 'ms');

    report.say('fetching tiles');
    const [first] = materials.flatMap((material) => (material.kind === 'pathology' ? material.slides : []));
    if (!first) throw new Error('the case has no slide');
    const slide = await specialist.call('slide:read', { params: { consultationId, slideId: first.slideId } });
    await fetchTiles(specialist, consultationId, slide, 50);
    report.samples('tile', await fetchTiles(specialist, consultationId, slide, TILES), 'ms', TILE_AIM_MS);

    report.say('panning and zooming');
    const { page } = await site.open(browser, 'specialist', `/consultations/${consultationId}/images`, {
      width: 1920,
      height: 1080,
      prepare: watchPages,
    });
    await whenFull(page);
    await page.getByTestId('review-lightbox').focus();
    await page.keyboard.press('4');
    await whenFull(page);
    const { drag, scroll } = await measureFrames(page);
    report.samples('pan-frame', drag.workMs, 'ms', FRAME_AIM_MS);
    report.samples('pan-interval', drag.intervalsMs, 'ms');
    report.samples('zoom-frame', scroll.workMs, 'ms');
  } finally {
    await browser.close();
    await site.close();
  }
}

interface Opening {
  /** From the click on the case's page to the first picture of the slide, however coarse. */
  firstMs: number;
  /** To all tiles that the window needs. */
  fullMs: number;
}

/** Each time with an empty cache. */
async function openSlide(site: ConsultationSite, browser: Browser, consultationId: string): Promise<Opening> {
  const { page, context } = await site.open(browser, 'specialist', `/consultations/${consultationId}`, {
    prepare: watchPages,
  });
  const link = page.locator(`a[href="/consultations/${consultationId}/images"]`).first();
  await link.waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(watchQuality);
  await link.click();
  const opening = await page.evaluate(async () => {
    const [firstMs, fullMs] = await Promise.all([window.slideSeen.first, window.slideSeen.full]);
    const clickedMs = window.probe.lastInputMs;
    return { firstMs: firstMs - clickedMs, fullMs: fullMs - clickedMs };
  });
  await context.close();
  return opening;
}

declare global {
  interface Window {
    /** When the frame was painted that shows something of the slide, and all of it; milliseconds since 1970. */
    slideSeen: { first: Promise<number>; full: Promise<number> };
  }
}

/** Runs in the page. */
function watchQuality(): void {
  const painted = (states: string[]): Promise<number> =>
    new Promise((resolve) => {
      const look = new MutationObserver(() => {
        const quality = document.querySelector<HTMLElement>('[data-testid="review-lightbox"]')?.dataset['quality'];
        if (!quality || !states.includes(quality)) return;
        look.disconnect();
        // Told while the frame is being made: this comes once it is painted.
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
        channel.port2.postMessage(null);
      });
      look.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-quality'] });
    });
  window.slideSeen = { first: painted(['preview', 'full']), full: painted(['full']) };
}

/** One after the other, anywhere in the slide, as somebody gets them who has nothing of it yet. */
async function fetchTiles(client: Client, consultationId: string, slide: SlideView, count: number): Promise<number[]> {
  const random = createRandom(count);
  return repeat(count, TILES_LIMIT_MS, async () => {
    const { level, columns, rows } = random.pick(slide.levels);
    const tile = `${level}/${random.below(columns)}_${random.below(rows)}`;
    const root = `/api/consultations/${consultationId}/slides/${slide.slideId}/${slide.revision}`;
    const beganMs = performance.now();
    const response = await client.fetch(`${root}/slide_files/${tile}.jpeg`);
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`tile ${tile}: ${response.status}`);
    return performance.now() - beganMs;
  });
}

function whenFull(page: Page): Promise<void> {
  return page.locator('[data-testid="review-lightbox"][data-quality="full"]').waitFor();
}
