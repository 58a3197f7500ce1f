import type { Browser, Page } from 'playwright-core';
import { tracesOf } from '../../client/ecg/trace.ts';
import { readDicomFile } from '../../server/formats/dicom/dicom-file.ts';
import { decodeEcg } from '../../server/formats/ecg/decode-wire.ts';
import { encodeEcg } from '../../server/formats/ecg/encode-wire.ts';
import { readEcg } from '../../server/formats/ecg/read-ecg.ts';
import type { EcgRecord } from '../../server/formats/ecg/record.ts';
import { type EcgDesk, openEcgDesk } from '../browser/ecg-desk.ts';
import { type EcgSite, openEcgSite } from '../browser/ecg-site.ts';
import { launchBrowser } from '../support/browser.ts';
import { readData } from '../support/data.ts';
import { createReport, repeat } from './report.ts';

/** What the transpiler wraps named functions in is not there in the page. */
const NAME_FUNCTIONS = 'globalThis.__name = (target) => target';
const OPENINGS = 8;
const OPENINGS_LIMIT_MS = 60_000;
const DECODINGS = 30;
const REDRAWS = 60;
const FIRST_PAINT_AIM_MS = 500;
const DRAW_AIM_MS = 50;
const LAYOUT_KEYS = { '3x4+1': '1', '6x2': '2', '12x1': '3' } as const;

/** One person over a real ECG of twelve leads, ten seconds, 1000 Hz; a browser without a GPU. */
export async function benchEcg(): Promise<void> {
  const report = createReport('ecg');
  const record = readEcg(readDicomFile(await readData('dicom/waveform/ecg_12lead.dcm')));
  report.samples('decode', measureDecoding(record), 'ms');
  report.say('building the page');
  const sources = [record, record].map((answer) => ({ description: '', answer }));
  const [site, browser] = await Promise.all([openEcgSite(sources), launchBrowser()]);
  try {
    report.say('opening the record');
    // The first one is the browser's own first steps.
    await openOnce(browser, site);
    const openings = await repeat(OPENINGS, OPENINGS_LIMIT_MS, () => openOnce(browser, site));
    const of = (name: keyof Opening) => openings.map((opening) => opening[name]);
    report.samples('first-paint', of('clickMs'), 'ms', FIRST_PAINT_AIM_MS);
    report.samples('first-paint-by-address', of('addressMs'), 'ms');
    for (const dpr of [1, 2]) {
      report.say(`redrawing, ${dpr} pixels a CSS pixel`);
      const desk = await openEcgDesk(browser, site, { dpr });
      await desk.page.evaluate(NAME_FUNCTIONS);
      for (const [layout, key] of Object.entries(LAYOUT_KEYS)) {
        await desk.press(key);
        report.samples(`redraw-${layout}-dpr${dpr}`, await measureRedraws(desk), 'ms', DRAW_AIM_MS);
      }
      await desk.close();
    }
  } finally {
    await browser.close();
    await site.close();
  }
}

/** From the bytes on the wire to samples in µV; in Node, whose engine is the browser's. */
function measureDecoding(record: EcgRecord): number[] {
  const bytes = encodeEcg(record);
  return Array.from({ length: DECODINGS }, () => {
    const startedMs = performance.now();
    decodeEcg(bytes).groups.map(tracesOf);
    return performance.now() - startedMs;
  });
}

interface Opening {
  /** From the address to the first record drawn, in an empty browser. */
  addressMs: number;
  /** From the click on another record to that one fetched, decoded and drawn. */
  clickMs: number;
}

async function openOnce(browser: Browser, site: EcgSite): Promise<Opening> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  await context.addInitScript(NAME_FUNCTIONS);
  // Small pictures of the strip would have fetched the record before the click.
  await context.addInitScript(() => {
    IntersectionObserver.prototype.observe = () => undefined;
  });
  const page = await context.newPage();
  await page.goto(site.url);
  const addressMs = await drawnAtMs(page, site.recordIds[0] ?? '');
  await page.evaluate(() => {
    const clicked = { atMs: 0 };
    Object.assign(window, { clicked });
    window.addEventListener('click', (event) => Object.assign(clicked, { atMs: event.timeStamp }), { capture: true });
  });
  await page.getByTestId('thumbnail').nth(1).click();
  const atMs = await drawnAtMs(page, site.recordIds[1] ?? '');
  const clickedAtMs = await page.evaluate(() => (window as unknown as { clicked: { atMs: number } }).clicked.atMs);
  await context.close();
  return { addressMs, clickMs: atMs - clickedAtMs };
}

/** When the record was painted, in ms of the page's clock: looked for with every frame. */
function drawnAtMs(page: Page, recordId: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const channel = new MessageChannel();
        // Posted while a frame is being made, delivered once it is painted.
        channel.port1.onmessage = () => resolve(performance.now());
        const look = (): void => {
          const lightbox = document.querySelector<HTMLElement>('[data-testid="review-lightbox"]');
          const { recordId: shown, quality } = lightbox?.dataset ?? {};
          if (shown === wanted && quality === 'full') channel.port2.postMessage(null);
          else requestAnimationFrame(look);
        };
        look();
      }),
    recordId,
  );
}

/** What drawing takes of a frame while the paper is dragged, its pixels awaited. */
function measureRedraws(desk: EcgDesk): Promise<number[]> {
  return desk.lightbox.evaluate(async (lightbox, count) => {
    const canvas = lightbox.querySelector<HTMLCanvasElement>('[data-testid="ecg-canvas"]');
    const context = canvas?.getContext('2d');
    const box = lightbox.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const press = (type: string, dx: number): void => {
      const at = { clientX: x + dx, clientY: y, pointerId: 1, button: 0, buttons: 1, bubbles: true };
      lightbox.dispatchEvent(new PointerEvent(type, at));
    };
    // A pointer that is not there cannot be captured.
    lightbox.setPointerCapture = () => undefined;
    press('pointerdown', 0);
    const samples: number[] = [];
    for (let step = 1; step <= count; step += 1) {
      // Callbacks of one frame run in the order in which they were asked for: before drawing, drawing, after it.
      const begun = new Promise<number>((resolve) => requestAnimationFrame(() => resolve(performance.now())));
      press('pointermove', step % 2 === 0 ? 8 : -8);
      const ended = new Promise<number>((resolve) =>
        requestAnimationFrame(() => {
          context?.getImageData(0, 0, 1, 1);
          resolve(performance.now());
        }),
      );
      samples.push(-(await begun) + (await ended));
    }
    press('pointerup', 0);
    return samples;
  }, REDRAWS);
}
