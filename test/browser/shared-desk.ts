import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Shape } from '../../server/contract/review.ts';
import type { Person } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import { zh } from '../support/zh.ts';

export type Kind = 'imaging' | 'ecg' | 'pathology' | 'documents';
export type Place = [x: number, y: number];

/** What a person sees of the review, on whichever picture it stands. */
export function deskOf({ page }: Person) {
  const lightbox = page.locator('[data-testid="review-lightbox"]:not([hidden])');
  const place = async ([x, y]: Place): Promise<Place> => {
    const box = await lightbox.boundingBox();
    assert.ok(box, 'the lightbox is on the page');
    return [Math.round(box.x + box.width * x), Math.round(box.y + box.height * y)];
  };
  return {
    lightbox,
    kind: () => lightbox.getAttribute('data-kind'),
    viewport: () => lightbox.getAttribute('data-viewport'),
    whenFull: (kind: Kind) =>
      page.locator(`[data-testid="review-lightbox"][data-kind="${kind}"][data-quality="full"]:not([hidden])`).waitFor(),
    open: (kind: Kind) =>
      page.locator('.review-strip-material', { hasText: NAMES[kind] }).getByTestId('thumbnail').first().click(),
    press: async (...keys: string[]) => {
      await lightbox.focus();
      for (const key of keys) await page.keyboard.press(key);
    },
    async drag(from: Place, to: Place) {
      const [start, end] = [await place(from), await place(to)];
      await page.mouse.move(...start);
      await page.mouse.down();
      await page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2);
      await page.mouse.move(...end);
      await page.mouse.up();
    },
    async click(...places: Place[]) {
      for (const at of places) await page.mouse.click(...(await place(at)));
    },
    moveTo: async (at: Place) => page.mouse.move(...(await place(at))),
    annotations: (kind: Shape['kind']): Locator => lightbox.locator(`[data-testid="annotation"][data-kind="${kind}"]`),
    pointer: lightbox.getByTestId('remote-pointer'),
  };
}

export const NAMES: Record<Kind, string> = {
  imaging: zh('terms:pictureKind.imaging'),
  ecg: zh('terms:pictureKind.ecg'),
  pathology: zh('terms:pictureKind.pathology'),
  documents: zh('terms:pictureKind.documents'),
};

export type SharedDesk = ReturnType<typeof deskOf>;

/** What stands beside an annotation, on whichever side. */
export const factsOf = (annotation: Locator) =>
  annotation.evaluate((element) =>
    Object.fromEntries(
      [...element.attributes]
        .filter(
          ({ name }) => name.startsWith('data-') && !['data-selected', 'data-editable', 'data-unsent'].includes(name),
        )
        .map(({ name, value }) => [name, value]),
    ),
  );

/** Points with one's own mouse. Where the other side sees it rest, in the picture's coordinates. */
export async function pointAlike(mine: SharedDesk, theirs: SharedDesk, at: Place): Promise<{ x: number; y: number }> {
  await mine.moveTo([at[0] - 0.01, at[1]]);
  await mine.moveTo(at);
  await theirs.pointer.waitFor();
  const transform = () => theirs.pointer.getAttribute('transform');
  await eventually('the pointer rests', async () => {
    await mine.moveTo(at);
    const before = await transform();
    await new Promise((resolve) => setTimeout(resolve, 150));
    return before !== null && before === (await transform());
  });
  return {
    x: Number(await theirs.pointer.getAttribute('data-x')),
    y: Number(await theirs.pointer.getAttribute('data-y')),
  };
}
