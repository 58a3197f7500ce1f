import type { Browser, BrowserContext, Page } from 'playwright-core';
import { SIGNED_IN_HINT } from '../../client/api/session.tsx';
import type { ConsultationSite } from '../support/consultation-site.ts';
import { watchPages } from './page-probe.ts';
import { quantile, type Report, repeat } from './report.ts';

const OPENINGS_LIMIT_MS = 240_000;
const FIRST_IMAGE_AIM_MS = 500;
const ADDRESS_TO_CLICK_AIM = 1.6;

/** One application with a case whose images are opened. */
export interface OpenedCase {
  site: ConsultationSite;
  consultationId: string;
}

/** Opens the images by click and by address in turns; where another application is given, in turns with that one as well. */
export async function measureOpenings(
  report: Report,
  browser: Browser,
  count: number,
  opened: OpenedCase,
  before?: OpenedCase,
): Promise<void> {
  const cases = before ? [opened, before] : [opened];
  // The first ones are the servers' own first steps.
  for (const one of cases) await openImages(one, browser);
  const rounds = await repeat(count, OPENINGS_LIMIT_MS, async (round) => {
    const found = new Map<OpenedCase, Opening>();
    for (const one of round % 2 === 0 ? cases : cases.toReversed()) found.set(one, await openImages(one, browser));
    return found;
  });
  const openingsOf = (one: OpenedCase) => rounds.flatMap((found) => found.get(one) ?? []);
  reportOpenings(report, openingsOf(opened), '');
  if (!before) return;
  reportOpenings(report, openingsOf(before), '-before');
  const [now, then] = [openingsOf(opened), openingsOf(before)];
  const parts = (name: keyof Opening) => now.map((one, index) => one[name] / (then[index]?.[name] ?? Number.NaN));
  for (const [metric, name] of METRICS) report.samples(`${metric}-to-before`, parts(name), 'times');
}

const METRICS = [
  ['first-image', 'firstMs'],
  ['first-image-by-address', 'coldMs'],
  ['first-image-by-address-again', 'againMs'],
  ['series-loaded', 'wholeMs'],
] as const satisfies [string, keyof Opening][];

function reportOpenings(report: Report, openings: Opening[], suffix: string): void {
  const of = (name: keyof Opening) => openings.map((opening) => opening[name]);
  for (const [metric, name] of METRICS)
    report.samples(`${metric}${suffix}`, of(name), 'ms', name === 'firstMs' ? FIRST_IMAGE_AIM_MS : undefined);
  const ratio = quantile(of('coldMs'), 0.5) / quantile(of('firstMs'), 0.5);
  report.value(`address-to-click${suffix}`, ratio, 'times', ADDRESS_TO_CLICK_AIM);
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
async function openImages({ site, consultationId }: OpenedCase, browser: Browser): Promise<Opening> {
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
