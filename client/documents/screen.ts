import i18next from 'i18next';
import { Failure } from '../../server/contract/failure.ts';
import type { Quality } from '../../server/contract/review.ts';
import type { Affine, Size } from '../review/affine.ts';
import { createStage } from '../review/stage.ts';
import { createCornerElements } from './corner-elements.ts';
import { cornerTexts } from './corner-texts.ts';
import { createPagePainter } from './page-painter.ts';
import { placePage } from './placement.ts';
import type { ShownDocument } from './shown-document.ts';
import { createStatusElement } from './status-element.ts';
import type { View } from './view.ts';

/** Around the page: darker than the paper, so that its edges are seen. */
const SURROUND = '#26292c';

export interface ScreenParts {
  element: HTMLElement;
  shown: ShownDocument;
  titleOf(documentId: string): string;
  onQuality(quality: Quality): void;
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
  const stage = createStage(element, () => {
    parts.onResize();
    draw();
  });
  stage.canvas.classList.add('document-canvas');
  const corners = createCornerElements(element);
  const status = createStatusElement(element, () => {
    painter.forget();
    shown.retry();
  });
  const painter = createPagePainter({
    onProgress: refresh,
    onFailure: (thrown) =>
      shown.fail(
        thrown instanceof Failure ? thrown : new Failure('internal', 'the page cannot be drawn', { cause: thrown }),
      ),
  });
  let frame: number | undefined;

  const isSized = (): boolean => stage.size.width > 0 && stage.size.height > 0;
  function refresh(): void {
    frame ??= requestAnimationFrame(draw);
  }
  function draw(): void {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    const { context, canvas } = stage;
    context.fillStyle = SURROUND;
    context.fillRect(0, 0, canvas.width, canvas.height);
    const { view, page, failure } = shown;
    const drawn = view && page && isSized() && !failure ? painter.paint(context, page, view) : 'loading';
    const state = failure ? 'failed' : drawn;
    const pixelRatio = stage.pixelRatio;
    const height = stage.size.height / pixelRatio;
    corners.draw(view && page ? cornerTexts({ view, page, title: parts.titleOf(page.documentId), height }) : undefined);
    status.draw(state, failure);
    if (view) {
      const quality = { target: view.target, state, loadedFrames: state === 'full' ? 1 : 0, totalFrames: 1 } as const;
      describe(element, view, quality);
      parts.onQuality(quality);
    }
    parts.onDraw();
  }
  const redraw = (): void => {
    // A report's own words are drawn in the person's language.
    painter.forget();
    refresh();
  };
  i18next.on('languageChanged', redraw);
  return {
    get window() {
      return stage.size;
    },
    get pixelRatio() {
      return stage.pixelRatio;
    },
    ready: stage.ready,
    transform() {
      const { view, page } = shown;
      return view && page && isSized() ? placePage(view, page.size, stage.size).toCanvas : undefined;
    },
    refresh,
    dispose() {
      if (frame !== undefined) cancelAnimationFrame(frame);
      i18next.off('languageChanged', redraw);
      painter.dispose();
      corners.dispose();
      status.dispose();
      stage.dispose();
    },
  };
}

/** What is on the canvas now, for whoever reads the page: tests, and engineers with a report from a hospital. */
function describe(element: HTMLElement, view: View, quality: Quality): void {
  const attributes: Record<string, string> = {
    documentId: view.target.documentId,
    page: String(view.target.page),
    quality: quality.state,
    viewport: JSON.stringify(view),
  };
  for (const [name, text] of Object.entries(attributes))
    if (element.dataset[name] !== text) element.dataset[name] = text;
}
