import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import type { ImagingViewport } from '../../server/contract/imaging.ts';
import type { Quality } from '../../server/contract/review.ts';
import type { OverlayData } from '../../server/imaging/draw-overlays.ts';
import type { StoredPixels } from '../../server/imaging/stored-pixels.ts';
import type { Voi } from '../../server/imaging/window.ts';
import type { Affine } from '../review/affine.ts';
import { createStage, type Stage } from '../review/stage.ts';
import { createCineBar } from './cine-bar.ts';
import type { CinePlayer } from './cine-player.ts';
import { createCornerElements } from './corner-elements.ts';
import { cornerTexts } from './corners.ts';
import { createFramePainter, drawThrough, invertThrough } from './frame-painter.ts';
import type { FrameState } from './frame-store.ts';
import { createProbe } from './probe.ts';
import type { Slice } from './series.ts';
import { createSliceSlider } from './slice-slider.ts';
import type { Stack } from './stack.ts';
import { createStatusElement } from './status-element.ts';
import { imageToCanvas } from './transform.ts';
import { pixelAspectOf } from './view.ts';

export interface ScreenParts {
  element: HTMLElement;
  /** What is to be seen, asked for once a frame. */
  content(): {
    stack: Stack;
    pixels: StoredPixels | undefined;
    overlays: OverlayData;
    quality: Quality | undefined;
    voi: Voi | undefined;
    /** What the picture lacks, or is not. */
    warnings: string[];
  };
  preview(slice: Slice, view: ImagingViewport): ImageBitmap | undefined;
  stateOf(slice: Slice): FrameState;
  failureOf(slice: Slice): Failure | undefined;
  goTo(index: number): void;
  cine: CinePlayer;
  onDraw(): void;
  /** The window has another size; the next frame is about to be drawn. */
  onResize(): void;
  onRetry(): void;
}

export interface Screen extends Stage {
  /** Draws with the browser's next frame, however often it is asked. */
  schedule(): void;
  /** From image to canvas pixels, as the next frame will have it. */
  transform(): Affine | undefined;
}

/** Draws the picture and what stands around it. Nothing here waits for React: a drag costs one frame. */
export function createScreen(parts: ScreenParts): Screen {
  const { element } = parts;
  const painter = createFramePainter();
  const stage = createStage(element, () => {
    parts.onResize();
    draw();
  });
  stage.canvas.className = 'picture-canvas';
  stage.canvas.dataset['testid'] = 'picture-canvas';
  const corners = createCornerElements(element);
  const slider = createSliceSlider(parts.goTo);
  const status = createStatusElement(element, parts.onRetry);
  element.append(slider.element);
  const cineBar = createCineBar(element, parts.cine);
  const probe = createProbe({
    element,
    show: corners.probe,
    picture() {
      const { stack, pixels } = parts.content();
      const toCanvas = transform();
      const { pixelRatio } = stage;
      return (
        stack.slice && pixels && toCanvas && { pixels, description: stack.slice.description, toCanvas, pixelRatio }
      );
    },
  });
  let frame: number | undefined;

  const transform = (): Affine | undefined => {
    const { view, slice } = parts.content().stack;
    if (!view || !slice || stage.canvas.height === 0) return undefined;
    return imageToCanvas(view, stage.size, pixelAspectOf(slice.description));
  };
  const draw = (): void => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = undefined;
    const { stack, pixels, overlays, quality, voi, warnings } = parts.content();
    const { view, series, slice, index } = stack;
    const to = transform();
    if (!view || !series || !slice || !to) {
      drawThrough(stage.context, undefined, { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }, { width: 0, height: 0 });
      corners.draw(undefined);
      slider.draw(0, [], []);
    } else {
      const { description } = slice;
      const image = pixels ? painter.paint(pixels, description, view, overlays) : parts.preview(slice, view);
      const size = { width: description.columns, height: description.rows };
      drawThrough(stage.context, image, to, size);
      // The server drew the preview in its window, but not inverted.
      if (!pixels && image && view.invert) invertThrough(stage.context, to, size);
      const { pixelRatio } = stage;
      const width = element.clientWidth;
      corners.draw(cornerTexts({ view, series, slice, index, voi, warnings, toCanvas: to, pixelRatio, width }));
      const gaps = series.order.gaps.map(({ after }) => after);
      slider.draw(index, series.slices.map(parts.stateOf), gaps);
    }
    const counts = { loaded: quality?.loadedFrames ?? 0, total: quality?.totalFrames ?? 0 };
    const failure = stack.failure ?? (slice && parts.failureOf(slice));
    status.draw(quality?.state ?? (failure ? 'failed' : 'loading'), failure, counts);
    describe(element, view, quality);
    probe.update();
    cineBar.draw();
    parts.onDraw();
  };
  const schedule = (): void => {
    frame ??= requestAnimationFrame(draw);
  };
  i18next.on('languageChanged', schedule);
  return {
    ...stage,
    get size() {
      return stage.size;
    },
    get pixelRatio() {
      return stage.pixelRatio;
    },
    transform,
    schedule,
    dispose() {
      if (frame !== undefined) cancelAnimationFrame(frame);
      i18next.off('languageChanged', schedule);
      cineBar.dispose();
      probe.dispose();
      corners.dispose();
      status.dispose();
      slider.element.remove();
      stage.dispose();
    },
  };
}

/** What is on the canvas now, for whoever reads the page: tests, and engineers with a report from a hospital. */
function describe(element: HTMLElement, view: ImagingViewport | undefined, quality: Quality | undefined): void {
  const attributes: Record<string, string | number | undefined> = {
    sopInstanceUid: view?.target.sopInstanceUid,
    frame: view?.target.frame,
    quality: quality?.state,
    loadedFrames: quality?.loadedFrames,
    totalFrames: quality?.totalFrames,
    viewport: view && JSON.stringify(view),
  };
  for (const [name, value] of Object.entries(attributes)) {
    const text = value === undefined ? '' : String(value);
    if (element.dataset[name] !== text) element.dataset[name] = text;
  }
}
