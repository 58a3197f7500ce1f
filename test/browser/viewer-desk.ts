import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { Viewport } from '../../server/contract/picture-kinds.ts';
import type { Annotation } from '../../server/contract/review.ts';
import { eventually } from '../support/eventually.ts';

/** One person's review panel, used as a person does: mouse, wheel, keys. */
export interface ViewerDesk {
  lightbox: Locator;
  bar: Locator;
  panel: Locator;
  /** Waits until the picture is there at full quality. */
  whenFull(): Promise<void>;
  viewport(): Promise<Viewport>;
  /** The canvas, RGBA. */
  pixels(): Promise<{ width: number; height: number; data: Buffer }>;
  press(...keys: string[]): Promise<void>;
  /** Drags between two points given as parts of the lightbox's width and height. */
  drag(from: [number, number], to: [number, number], button?: 'left' | 'middle' | 'right'): Promise<void>;
  moveTo(x: number, y: number): Promise<void>;
  annotations(kind?: string): Locator;
}

export function viewerDesk(page: Page, person: number): ViewerDesk {
  return deskIn(page, page.locator(`[data-person="${person}"]`));
}

/** The review panel of a page that shows one. */
export function deskIn(page: Page, panel: Locator): ViewerDesk {
  const lightbox = panel.getByTestId('review-lightbox');
  const place = async ([x, y]: [number, number]): Promise<[number, number]> => {
    const box = await lightbox.boundingBox();
    if (!box) throw new Error('the lightbox is not on the page');
    return [Math.round(box.x + box.width * x), Math.round(box.y + box.height * y)];
  };
  return {
    lightbox,
    panel,
    bar: panel.getByTestId('presenter-bar'),
    whenFull: () => panel.locator('[data-testid="review-lightbox"][data-quality="full"]').waitFor(),
    async viewport() {
      await twoFrames(page);
      return JSON.parse((await lightbox.getAttribute('data-viewport')) ?? '') as Viewport;
    },
    async pixels() {
      await twoFrames(page);
      const read = await lightbox.getByTestId('picture-canvas').evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const data = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
        let text = '';
        for (let at = 0; data && at < data.length; at += 32_768)
          text += String.fromCharCode(...data.subarray(at, at + 32_768));
        return { width, height, base64: btoa(text) };
      });
      return { width: read.width, height: read.height, data: Buffer.from(read.base64, 'base64') };
    },
    async press(...keys) {
      await lightbox.focus();
      for (const key of keys) await page.keyboard.press(key);
      await twoFrames(page);
    },
    async drag(from, to, button = 'left') {
      const [start, end] = [await place(from), await place(to)];
      await page.mouse.move(...start);
      await page.mouse.down({ button });
      await page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2);
      await page.mouse.move(...end);
      await page.mouse.up({ button });
      await twoFrames(page);
    },
    async moveTo(x, y) {
      await page.mouse.move(...(await place([x, y])));
    },
    annotations: (kind) => lightbox.locator(`[data-testid="annotation"]${kind ? `[data-kind="${kind}"]` : ''}`),
  };
}

/** Waits until the other side stands where one stands oneself, and holds the two pictures against each other. */
export async function assertSamePicture(mine: ViewerDesk, theirs: ViewerDesk, what: string): Promise<void> {
  const wanted = JSON.stringify(await mine.viewport());
  await eventually(what, async () => JSON.stringify(await theirs.viewport()) === wanted);
  await theirs.whenFull();
  const [one, other] = [await mine.pixels(), await theirs.pixels()];
  assert.deepEqual([other.width, other.height], [one.width, one.height], what);
  assert.ok(
    one.data.some((value) => value > 0 && value < 255),
    `${what}: there is a picture`,
  );
  assert.ok(one.data.equals(other.data), `${what}: the same on both sides`);
}

/** What the hub keeps: as the server would. */
export function keptAnnotations(page: Page): Promise<Annotation[]> {
  return page.evaluate(() => [...window.viewerPage.hub.annotations.values()]);
}

function twoFrames(page: Page): Promise<void> {
  return page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}
