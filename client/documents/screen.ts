import i18next from 'i18next';
import type { Quality } from '../../server/contract/review.ts';
import type { Affine, Size } from '../viewer/affine.ts';
import { createCornerElements } from '../viewer/corner-elements.ts';
import { describeSight } from '../viewer/describe.ts';
import { createRedraw } from '../viewer/redraw.ts';
import { createSharpCanvas } from '../viewer/sharp-canvas.ts';
import { createStatusElement } from '../viewer/status-element.ts';
import { cornerTexts } from './corner-texts.ts';
import { createPagePainter } from './page-painter.ts';
import { placePage } from './placement.ts';
import type { ShownDocument } from './shown-document.ts';

/** Around the page: darker than the paper, so that its edges are seen. */
const SURROUND = '#26292c';

export interface ScreenParts {
  element: HTMLElement;
  shown: ShownDocument;
  titleOf(documentId: string): string;
  onQuality(quality: Quality | undefined): void;
  /** The page is where the view has it. */
  onDraw(): void;
  /** The window has another size; the next frame is about to be drawn. */
  onResize(): void;
}

export interface Screen {
  /** In the screen's own pixels. */
  readonly window: Size;
  readonly pixelRatio: number;
  readonly ready: Promise<void>;
  /** From the page's points to canvas pixels, as the next frame will have it. */
  transform(): Affine | undefined;
  /** The view or its page is another one: draws with the browser's next frame. */
  refresh(): void;
  dispose(): void;
}

/** Draws the page and what stands around it. Nothing here waits for React: a drag costs one frame. */
export function createScreen(parts: ScreenParts): Screen {
  const { element, shown } = parts;
  const sharp = createSharpCanvas(element, () => {
    parts.onResize();
    redraw.now();
  });
  sharp.canvas.classList.add('document-canvas');
  const places = { 'document-about': 'top-left', 'document-zoom': 'bottom-left' } as const;
  const corners = createCornerElements(element, 'document-corners', places);
  const status = createStatusElement({
    host: element,
    className: 'viewer-quality document-quality',
    testId: 'picture-quality',
    calm: ['loading', 'preview'],
    onRetry() {
      painter.forget();
      shown.retry();
    },
  });
  const painter = createPagePainter({ onProgress: () => redraw.schedule(), onFailure: shown.fail });

  const isSized = (): boolean => sharp.size.width > 0 && sharp.size.height > 0;
  const draw = (): void => {
    const { context, canvas } = sharp;
    context.fillStyle = SURROUND;
    context.fillRect(0, 0, canvas.width, canvas.height);
    const { view, read: page, failure } = shown;
    const drawn = view && page && isSized() && !failure ? painter.paint(context, page, view) : 'loading';
    const state: Quality['state'] = failure ? 'failed' : drawn;
    const height = sharp.size.height / sharp.pixelRatio;
    corners.draw(view && page ? cornerTexts({ view, page, title: parts.titleOf(page.documentId), height }) : undefined);
    status.draw({ state, words: i18next.t(`documents:quality.${state}`), failure });
    const loadedFrames = state === 'full' ? 1 : 0;
    const quality = view && { target: view.target, state, loadedFrames, totalFrames: 1 };
    describeSight(element, view, quality, ['documentId', 'page']);
    parts.onQuality(quality);
    parts.onDraw();
  };
  const redraw = createRedraw(draw);
  // A report's own words are drawn in the person's language.
  i18next.on('languageChanged', painter.forget);
  return {
    get window() {
      return sharp.size;
    },
    get pixelRatio() {
      return sharp.pixelRatio;
    },
    ready: sharp.ready,
    transform() {
      const { view, read: page } = shown;
      return view && page && isSized() ? placePage(view, page.size, sharp.size).toCanvas : undefined;
    },
    refresh: redraw.schedule,
    dispose() {
      redraw.dispose();
      i18next.off('languageChanged', painter.forget);
      painter.dispose();
      corners.dispose();
      status.dispose();
      sharp.dispose();
    },
  };
}
