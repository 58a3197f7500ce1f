import i18next from 'i18next';
import type { ImagingViewport } from '../../server/contract/imaging.ts';
import type { Affine } from '../viewer/affine.ts';
import { createSharpCanvas, type SharpCanvas } from '../viewer/sharp-canvas.ts';
import { createViewportElement } from './cornerstone/element.ts';
import { createAwaitedImage } from './cornerstone/image.ts';
import type { Image } from './cornerstone/types.ts';
import { toCoreViewport } from './cornerstone/viewport.ts';
import type { Slice } from './series.ts';
import { createSurroundings, type SurroundingsParts } from './surroundings.ts';
import { imageToCanvas } from './transform.ts';
import { pixelAspectOf } from './view.ts';

export interface ScreenParts extends SurroundingsParts {
  preview(slice: Slice, view: ImagingViewport): Image | undefined;
  onDraw(): void;
  /** The window has another size; the next frame is about to be drawn. */
  onResize(): void;
}

export interface Screen extends SharpCanvas {
  /** Draws with the browser's next frame, however often it is asked. */
  schedule(): void;
  /** From image to canvas pixels, as the next frame will have it. */
  transform(): Affine | undefined;
}

/** Draws the picture and what stands around it. Nothing here waits for React: a drag costs one frame. */
export function createScreen(parts: ScreenParts): Screen {
  const { element } = parts;
  const sharp = createSharpCanvas(element, () => {
    parts.onResize();
    stale = true;
    viewport.draw();
  });
  sharp.canvas.className = 'picture-canvas';
  sharp.canvas.dataset['testid'] = 'picture-canvas';
  const viewport = createViewportElement({ sharp, onPrepare: showContent, onRendered });
  const surroundings = createSurroundings(parts, {
    transform: () => transform(),
    get pixelRatio() {
      return sharp.pixelRatio;
    },
  });

  /** What is to be seen has changed since it was shown. */
  let stale = true;

  function showContent(): void {
    if (!stale) return;
    stale = false;
    const { stack, image, overlays } = parts.content();
    const { view, series, slice } = stack;
    if (!view || !series || !slice || sharp.canvas.height === 0) {
      viewport.showNothing();
      return;
    }
    const shown = image ?? parts.preview(slice, view) ?? createAwaitedImage(slice.description);
    const to = imageToCanvas(view, sharp.size, pixelAspectOf(slice.description));
    const { voi, invert } = view;
    viewport.show(shown, toCoreViewport(view, to, sharp.size, shown, { voi, invert, overlays }));
  }
  function onRendered(): void {
    surroundings.draw();
    parts.onDraw();
  }
  const transform = (): Affine | undefined => {
    showContent();
    return viewport.isEmpty ? undefined : viewport.transform();
  };
  const schedule = (): void => {
    stale = true;
    viewport.schedule();
  };
  i18next.on('languageChanged', schedule);
  return {
    ...sharp,
    get size() {
      return sharp.size;
    },
    get pixelRatio() {
      return sharp.pixelRatio;
    },
    transform,
    schedule,
    dispose() {
      i18next.off('languageChanged', schedule);
      surroundings.dispose();
      viewport.dispose();
      sharp.dispose();
    },
  };
}
