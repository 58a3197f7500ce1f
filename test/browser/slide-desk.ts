import type { Page } from 'playwright-core';
import type { PathologyViewport } from '../../server/contract/pathology.ts';
import { type ViewerDesk, viewerDesk } from './viewer-desk.ts';

/** One person's review of slides. */
export interface SlideDesk extends ViewerDesk {
  slideViewport(): Promise<PathologyViewport>;
  /** The drawn picture, RGBA. */
  picture(): Promise<{ width: number; height: number; data: Buffer }>;
  /** Shows exactly this, as a presenter's message would, and waits for the state of quality. */
  lookAt(viewport: PathologyViewport, quality?: 'preview' | 'full'): Promise<void>;
}

export function slideDesk(page: Page, person: number): SlideDesk {
  const desk = viewerDesk(page, person);
  return {
    ...desk,
    slideViewport: async () => (await desk.viewport()) as PathologyViewport,
    async picture() {
      await desk.viewport();
      const read = await desk.lightbox.getByTestId('slide-canvas').evaluate((element) => {
        const { width, height } = element as HTMLCanvasElement;
        const copy = new OffscreenCanvas(width, height);
        const context = copy.getContext('2d');
        context?.drawImage(element as HTMLCanvasElement, 0, 0);
        const data = context?.getImageData(0, 0, width, height).data;
        let text = '';
        for (let at = 0; data && at < data.length; at += 32_768)
          text += String.fromCharCode(...data.subarray(at, at + 32_768));
        return { width, height, base64: btoa(text) };
      });
      return { width: read.width, height: read.height, data: Buffer.from(read.base64, 'base64') };
    },
    async lookAt(viewport, quality = 'full') {
      await page.evaluate(
        ([index, wanted]) => {
          const { hub, links } = window.viewerPage;
          const accountId = '00000000-0000-4000-8000-000000000009';
          links[index]?.break();
          hub.presenter = { accountId, name: '主讲者', peerId: 'presenter' };
          hub.viewport = wanted;
          links[index]?.connect();
        },
        [person - 1, viewport] as const,
      );
      await page.waitForFunction(
        ([index, text, state]) => {
          const lightbox = document.querySelectorAll<HTMLElement>('[data-testid="review-lightbox"]')[index];
          return lightbox?.dataset['viewport'] === text && lightbox.dataset['quality'] === state;
        },
        [person - 1, JSON.stringify(viewport), quality] as const,
      );
    },
  };
}
