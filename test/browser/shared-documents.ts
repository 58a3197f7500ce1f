import assert from 'node:assert/strict';
import type { OpinionDraftView } from '../../server/contract/report.ts';
import type { Shape } from '../../server/contract/review.ts';
import { stripPhotograph } from '../../server/formats/document/photograph.ts';
import type { Person } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { chineseAt, pdfByHand, squareAt } from '../support/pdf-by-hand.ts';
import { jpegByHand } from '../support/photograph-by-hand.ts';
import { zh } from '../support/zh.ts';
import type { Kind, Place, SharedDesk } from './shared-desk.ts';

const PAGE = { width: 595, height: 842 };
/** From the page's lower left corner, as PDF counts. */
const SQUARE = { x: 400, y: 100, side: 100 };
const [ONE_STROKE, MANY_STROKES] = ['一', '龘'];
const PHOTOGRAPH = { width: 1200, height: 900 };

/** A laboratory sheet of three pages, and a photograph that was taken with the telephone held upright. */
export async function documentFiles(): Promise<Uint8Array[]> {
  const content = [
    squareAt(SQUARE.x, SQUARE.y, SQUARE.side),
    chineseAt(100, 600, 60, ONE_STROKE),
    chineseAt(300, 600, 60, MANY_STROKES),
  ].join('\n');
  const sheet = pdfByHand({ pages: [{ content }, { width: 842, height: 595 }, { rotate: 90 }] });
  return [sheet, stripPhotograph('jpeg', await jpegByHand({ ...PHOTOGRAPH, orientation: 6 }))];
}

interface Scene {
  expert: Person;
  mine: SharedDesk;
  theirs: SharedDesk;
  goTo(kind: Kind): Promise<void>;
  together(what: string): Promise<unknown>;
  kept(kind: Shape['kind']): Promise<Shape[]>;
  pointsAlike(at: Place): Promise<{ x: number; y: number }>;
  draftOf(): Promise<{ draft: OpinionDraftView }>;
}

/** The documents' share of the suite, in the room that its other kinds are looked at in. */
export function proveSharedDocuments(sceneNow: () => Scene): void {
  it('a PDF stands on both screens at the same place to the pixel, its Chinese text too, whose font it does not bring along', async () => {
    const { mine, theirs, goTo } = sceneNow();
    await goTo('documents');
    for (const desk of [mine, theirs]) {
      const { canvas, pixel } = await pixelsOf(desk);
      const scale = canvas.height / PAGE.height;
      const left = Math.round(canvas.width / 2 - (PAGE.width * scale) / 2);
      const [x, y] = [left + SQUARE.x * scale, (PAGE.height - SQUARE.y - SQUARE.side) * scale];
      const side = SQUARE.side * scale;
      for (const [dx, dy] of [
        [2, 2],
        [side - 2, side - 2],
      ] as const)
        assert.deepEqual(pixel(x + dx, y + dy), [0, 0, 0], 'ink');
      for (const [dx, dy] of [
        [-2, 2],
        [2, -2],
        [side + 2, side - 2],
      ] as const)
        assert.deepEqual(pixel(x + dx, y + dy), [255, 255, 255], 'paper');
      assert.notDeepEqual(pixel(left - 3, y), [255, 255, 255], 'beside the page');
      const ink = (at: number) => {
        let dark = 0;
        for (let dx = 0; dx < 60 * scale; dx += 1)
          for (let dy = 0; dy < 70 * scale; dy += 1) {
            const [red = 255] = pixel(left + at * scale + dx, (PAGE.height - 655) * scale + dy);
            if (red < 128) dark += 1;
          }
        return dark;
      };
      // A box that stands for a missing character would be the same twice.
      assert.ok(ink(100) > 5 && ink(300) > 3 * ink(100), `${ONE_STROKE} ${ink(100)}, ${MANY_STROKES} ${ink(300)}`);
    }
  });

  it('whoever presents turns, enlarges and rotates the pages, and the other follows', async () => {
    const { mine, theirs, goTo, together } = sceneNow();
    await goTo('documents');
    const page = (desk: SharedDesk) => desk.lightbox.getAttribute('data-page');
    await mine.press('PageDown');
    await theirs.lightbox.and(theirs.lightbox.page().locator('[data-page="2"]')).waitFor();
    await mine.press('\\', '.', '+');
    await together('a page turned and enlarged');
    await mine.press('End', 'PageDown');
    await together('the last page');
    await eventually(
      'the last page on both sides',
      async () => (await page(theirs)) === '3' && (await page(mine)) === '3',
    );
    await mine.press('Home', ',', 'f');
    await together('the first page again');
    await eventually('page 1 on both sides', async () => (await page(theirs)) === '1' && (await page(mine)) === '1');
    await mine.whenFull('documents');
    await theirs.whenFull('documents');
  });

  it('arrows, ellipses and pointers lie on the same word on both sides, and on no other page', async () => {
    const { expert, mine, theirs, goTo, together, kept, pointsAlike } = sceneNow();
    await goTo('documents');
    const before = (await kept('ellipse')).length;
    const pointed = await pointsAlike([0.45, 0.4]);
    await mine.press('e');
    await mine.drag([0.45, 0.4], [0.55, 0.5]);
    await eventually('kept', async () => (await kept('ellipse')).length === before + 1);
    const drawn = (await kept('ellipse')).at(-1);
    assert.ok(drawn?.kind === 'ellipse');
    assert.ok(Math.hypot(pointed.x - drawn.start.x, pointed.y - drawn.start.y) < 0.01, 'where it was pointed');
    await theirs.annotations('ellipse').waitFor();
    assert.equal(await theirs.annotations('ellipse').getAttribute('data-area'), null, 'on paper nothing is measured');
    await mine.press('Escape', 'Escape', 't');
    await mine.drag([0.45, 0.65], [0.5, 0.7]);
    await expert.page.keyboard.type('偏高');
    await expert.page.keyboard.press('Enter');
    await theirs.annotations('arrow').waitFor();
    await mine.press('Escape', 'Escape', 'PageDown');
    await together('another page');
    for (const kind of ['ellipse', 'arrow'] as const)
      await eventually(`no ${kind}`, async () => (await theirs.annotations(kind).count()) === 0);
    await mine.press('PageUp');
    await theirs.annotations('ellipse').waitFor();
  });

  it('a photograph is shown as it was held, measured in pixels and never in millimetres, and goes into the opinion', async () => {
    const { expert, mine, theirs, kept, together, draftOf } = sceneNow();
    await mine.lightbox
      .page()
      .locator('.review-strip-material', { hasText: zh('terms:documentType.photograph') })
      .last()
      .getByTestId('thumbnail')
      .click();
    await together('the photograph');
    for (const desk of [mine, theirs]) {
      await desk.whenFull('documents');
      const { canvas, pixel } = await pixelsOf(desk);
      const { width, height } = canvas;
      const across = (height * PHOTOGRAPH.height) / PHOTOGRAPH.width;
      const at = (x: number, y: number) => strongest(pixel(width / 2 + (x - 0.5) * across, height * y));
      assert.deepEqual([at(0.1, 0.5), at(0.7, 0.2), at(0.7, 0.8)], ['green', 'red', 'blue']);
    }
    const before = (await draftOf()).draft.keyImages.length;
    await mine.press('l');
    await mine.drag([0.45, 0.4], [0.55, 0.5]);
    await theirs.annotations('length').waitFor();
    await mine.press('Escape', 'Escape');
    const length = (await kept('length')).at(-1);
    assert.ok(length?.kind === 'length');
    const px = Math.hypot(length.end.x - length.start.x, length.end.y - length.start.y);
    assert.ok(Math.abs(Number(await theirs.annotations('length').getAttribute('data-length')) - px) < 0.01);
    assert.match((await theirs.annotations('length').textContent()) ?? '', /px/);
    await mine.press('k');
    await expert.page.getByTestId('key-image-dialog').waitFor();
    await expert.page.keyboard.press('Enter');
    await eventually('kept', async () => (await draftOf()).draft.keyImages.length === before + 1);
    const image = (await draftOf()).draft.keyImages.at(-1);
    assert.ok(image?.target.kind === 'documents' && image.measurements.some((text) => text.includes('px')));
    // No surround: the picture alone, in its own proportions.
    assert.ok(
      image.heightPx >= 1000 && Math.abs(image.widthPx / image.heightPx - 0.75) < 0.01,
      `${image.widthPx} × ${image.heightPx}`,
    );
  });
}

async function pixelsOf({ lightbox }: SharedDesk) {
  const read = await lightbox.locator('canvas.document-canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const { width, height } = canvas;
    const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    let text = '';
    for (const value of data) text += String.fromCharCode(value);
    return { width, height, data: btoa(text) };
  });
  const data = Buffer.from(read.data, 'base64');
  const pixel = (x: number, y: number): number[] => {
    const at = (Math.round(y) * read.width + Math.round(x)) * 4;
    return [...data.subarray(at, at + 3)];
  };
  return { canvas: { width: read.width, height: read.height }, pixel };
}

function strongest(pixel: number[]): string | undefined {
  return ['red', 'green', 'blue'][pixel.indexOf(Math.max(...pixel))];
}
