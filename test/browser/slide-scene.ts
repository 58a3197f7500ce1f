import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { PathologyViewport, SlideView } from '../../server/contract/pathology.ts';
import { launchBrowser, openPerson } from '../support/browser.ts';
import { closeSlides } from '../support/slide-world.ts';
import { type SlideDesk, slideDesk } from './slide-desk.ts';
import { channel, decodeBase, type Gray, offsetFrom } from './slide-reference.ts';
import { openSlideSite, type SlideSite } from './slide-site.ts';

const SVS = 'CMU-1-Small-Region.svs';
const PYRAMID = 'derived/cmu1_pyramid_jpeg.tif';
const UNSIZED = 'boxes_pyramid.tiff';
/** In the order of the strip: one level, all levels, without a pixel size, two levels of five. */
const SOURCES = [{ name: SVS }, { name: PYRAMID }, { name: UNSIZED }, { name: PYRAMID, only: [0, 3] }];

const HALF_PIXEL = 0.5;

/** What a test of the slide viewer has at hand; filled by the hooks that {@link useSlides} sets. */
export interface SlideScene {
  site: SlideSite;
  browser: Browser;
  context: BrowserContext;
  page: Page;
  desk: SlideDesk;
  /** What the page logged as errors. */
  faults: string[];
  /** The largest level of the slides 0, 1 and 3. */
  base: Gray & { rgb: Buffer };
  open(query?: string, size?: { width: number; height: number }): Promise<void>;
  openSlide(index: number): Promise<void>;
  viewOf(index: number): SlideView;
  viewport(index: number, part: Omit<PathologyViewport, 'target'>): PathologyViewport;
  /** What is drawn in the middle of the picture is the tissue that the viewport names, where it should be. */
  assertInPlace(picture: Gray, view: PathologyViewport, side: number, what: string, within?: number): void;
}

export function useSlides(): SlideScene {
  const scene = {
    async open(query = '', size = { width: 1366, height: 768 }) {
      Object.assign(scene, await openPerson(scene.browser, scene.site.url, size));
      await scene.page.goto(`/${query}`);
      scene.desk = slideDesk(scene.page, 1);
    },
    async openSlide(index) {
      await scene.desk.panel.getByTestId('thumbnail').nth(index).click();
      await scene.desk.panel.locator(`[data-slide-id="${scene.viewOf(index).slideId}"][data-quality="full"]`).waitFor();
    },
    viewOf: (index) => scene.site.slides[index]?.view as SlideView,
    viewport: (index, part) => ({
      target: { kind: 'pathology', slideId: scene.viewOf(index).slideId, widthPx: scene.viewOf(index).width },
      ...part,
    }),
    assertInPlace(picture, view, side, what, within = HALF_PIXEL) {
      const { width, height } = picture;
      const corner = { x: Math.floor((width - side) / 2), y: Math.floor((height - side) / 2) };
      const { x, y, difference } = offsetFrom(picture, scene.base, view, { ...corner, width: side, height: side });
      assert.ok(Math.abs(x) <= within && Math.abs(y) <= within, `${what} lies ${x.toFixed(2)}, ${y.toFixed(2)} px off`);
      // Another part of the tissue differs by 50 and more.
      assert.ok(difference < 28, `${what} differs by ${difference.toFixed(1)}`);
    },
  } as SlideScene;

  before(async function () {
    this.timeout(180_000);
    const [site, browser, base] = await Promise.all([openSlideSite(SOURCES), launchBrowser(), decodeBase(SVS)]);
    Object.assign(scene, { site, browser, base });
  });
  beforeEach(() => {
    Object.assign(scene.site.line, { tileDelayMs: 0, failingTiles: undefined, failing: undefined });
  });
  afterEach(() => scene.context?.close());
  after(async () => {
    await scene.browser?.close();
    await scene.site?.close();
    await closeSlides();
  });
  return scene;
}

/** RGBA to what is compared. */
export function grayOf({ width, height, data }: { width: number; height: number; data: Buffer }): Gray {
  return { width, height, data: channel(data, 4) };
}
