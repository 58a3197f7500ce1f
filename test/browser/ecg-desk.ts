import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { View } from '../../client/ecg/view.ts';
import { readDicomFile } from '../../server/formats/dicom/dicom-file.ts';
import { readEcg } from '../../server/formats/ecg/read-ecg.ts';
import type { EcgRecord } from '../../server/formats/ecg/record.ts';
import { waveformByHand } from '../support/waveform-by-hand.ts';
import type { EcgSite } from './ecg-site.ts';
import { type ViewerDesk, viewerDesk } from './viewer-desk.ts';

const RATE_HZ = 1000;

/** 1 mV from 1 s to 2 s in one lead; nothing else. */
export function stepRecord(seconds = 10): EcgRecord {
  const counts = Array.from({ length: seconds * RATE_HZ }, (_, at) => (at >= RATE_HZ && at < 2 * RATE_HZ ? 200 : 0));
  const channels = [{ lead: 1, sensitivity: '0.005', unit: 'mV' }];
  return readEcg(readDicomFile(waveformByHand([{ channels, counts: [counts], rate: String(RATE_HZ) }])));
}

/** One person's review panel with ECGs in it. */
export interface EcgDesk extends ViewerDesk {
  page: Page;
  /** Opens the record at the index of the strip. */
  choose(index: number): Promise<void>;
  view(): Promise<View>;
  /** What stands at a place around the paper. */
  corner(place: string): Promise<string>;
  /** Makes a bank card so many CSS pixels wide, in the dialog that is open. */
  layCard(cardPx: number): Promise<void>;
  canvasSize(): Promise<{ width: number; height: number }>;
  /** The red of a rectangle of the canvas, row by row: paper has all of it. */
  reds(x: number, y: number, width: number, height: number): Promise<number[]>;
  /** Exceptions that nobody caught. */
  faults: string[];
  close(): Promise<void>;
}

/** Opens the page in a browser of its own; the first record is there, unless the line is down. */
export async function openEcgDesk(
  browser: Browser,
  site: EcgSite,
  { dpr = 1, language = 'zh-CN' } = {},
): Promise<EcgDesk> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, deviceScaleFactor: dpr });
  await context.addInitScript((chosen) => localStorage.setItem('huizhen.language', chosen), language);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(site.url);
  const desk = viewerDesk(page, 1);
  const { lightbox, panel } = desk;
  const canvas = lightbox.getByTestId('ecg-canvas');
  const view = async () => (await desk.viewport()) as View;
  if (!site.line.down) await desk.whenFull();
  return {
    ...desk,
    page,
    async choose(index) {
      await panel.getByTestId('thumbnail').nth(index).click();
      await panel.locator(`[data-testid="review-lightbox"][data-record-id="${site.recordIds[index]}"]`).waitFor();
    },
    view,
    corner: async (place) => (await lightbox.getByTestId(`ecg-corner-${place}`).textContent()) ?? '',
    async layCard(cardPx) {
      const dialog = page.getByTestId('ecg-calibration');
      await dialog.getByTestId('ecg-card-width').fill(String(cardPx));
      const card = await page.getByTestId('ecg-card').boundingBox();
      assert.ok(card && Math.abs(card.width - cardPx) < 0.1 && Math.abs(card.height - (cardPx * 53.98) / 85.6) < 0.1);
      await page.getByTestId('ecg-calibration-save').click();
      await dialog.waitFor({ state: 'detached' });
      await view();
    },
    async canvasSize() {
      return canvas.evaluate((element) => {
        const { width, height } = element as HTMLCanvasElement;
        return { width, height };
      });
    },
    reds: (x, y, width, height) =>
      canvas.evaluate((element, at) => {
        const context2d = (element as HTMLCanvasElement).getContext('2d');
        const data = context2d?.getImageData(at[0] ?? 0, at[1] ?? 0, at[2] ?? 1, at[3] ?? 1).data ?? [];
        return Array.from({ length: data.length / 4 }, (_, index) => data[index * 4] ?? 0);
      }, [x, y, width, height].map(Math.round)),
    faults,
    close: () => context.close(),
  };
}
