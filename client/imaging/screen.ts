import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import type { ImagingViewport } from '../../server/contract/imaging.ts';
import type { Quality } from '../../server/contract/review.ts';
import type { OverlayData } from '../../server/formats/image/draw-overlays.ts';
import type { Voi } from '../../server/formats/image/window.ts';
import type { Affine } from '../viewer/affine.ts';
import { describeSight } from '../viewer/describe.ts';
import { createStage, type Stage } from '../viewer/stage.ts';
import { createStatusElement } from '../viewer/status-element.ts';
import { createCineBar } from './cine-bar.ts';
import type { CinePlayer } from './cine-player.ts';
import { createCornerElements } from './corner-elements.ts';
import { cornerTexts } from './corners.ts';
import { createViewportElement } from './cornerstone/element.ts';
import { createAwaitedImage, type FrameImage } from './cornerstone/image.ts';
import type { Image } from './cornerstone/types.ts';
import { toCoreViewport } from './cornerstone/viewport.ts';
import type { FrameState } from './frame-store.ts';
import { createProbe } from './probe.ts';
import type { Slice } from './series.ts';
import { createSliceSlider } from './slice-slider.ts';
import type { Stack } from './stack.ts';
import { imageToCanvas } from './transform.ts';
import { pixelAspectOf } from './view.ts';

export interface ScreenParts {
  element: HTMLElement;
  /** What is to be seen, asked for once a frame. */
  content(): {
    stack: Stack;
    /** At full quality. */
    image: FrameImage | undefined;
    overlays: OverlayData;
    quality: Quality | undefined;
    voi: Voi | undefined;
    /** What the picture lacks, or is not. */
    warnings: string[];
  };
  preview(slice: Slice, view: ImagingViewport): Image | undefined;
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
  const stage = createStage(element, () => {
    parts.onResize();
    stale = true;
    viewport.draw();
  });
  stage.canvas.className = 'picture-canvas';
  stage.canvas.dataset['testid'] = 'picture-canvas';
  const viewport = createViewportElement({ stage, onPrepare: showContent, onRendered: drawAround });
  const corners = createCornerElements(element);
  const slider = createSliceSlider(parts.goTo);
  const status = createStatusElement({
    host: element,
    className: 'picture-quality',
    testId: 'picture-quality',
    calm: ['loading'],
    onRetry: parts.onRetry,
  });
  element.append(slider.element);
  const cineBar = createCineBar(element, parts.cine);
  const probe = createProbe({
    element,
    show: corners.probe,
    picture() {
      const { stack, image } = parts.content();
      const toCanvas = transform();
      const { pixelRatio } = stage;
      if (!stack.slice || !image || !toCanvas) return undefined;
      return { pixels: image.pixels, description: stack.slice.description, toCanvas, pixelRatio };
    },
  });

  /** What is to be seen has changed since it was shown. */
  let stale = true;

  function showContent(): void {
    if (!stale) return;
    stale = false;
    const { stack, image, overlays } = parts.content();
    const { view, series, slice } = stack;
    if (!view || !series || !slice || stage.canvas.height === 0) {
      viewport.showNothing();
      return;
    }
    const shown = image ?? parts.preview(slice, view) ?? createAwaitedImage(slice.description);
    const to = imageToCanvas(view, stage.size, pixelAspectOf(slice.description));
    const { voi, invert } = view;
    viewport.show(shown, toCoreViewport(view, to, stage.size, shown, { voi, invert, overlays }));
  }
  function drawAround(): void {
    const { stack, quality, voi, warnings } = parts.content();
    const { view, series, slice, index } = stack;
    const to = transform();
    if (!view || !series || !slice || !to) {
      corners.draw(undefined);
      slider.draw(0, [], []);
    } else {
      const { pixelRatio } = stage;
      const width = element.clientWidth;
      corners.draw(cornerTexts({ view, series, slice, index, voi, warnings, toCanvas: to, pixelRatio, width }));
      const gaps = series.order.gaps.map(({ after }) => after);
      slider.draw(index, series.slices.map(parts.stateOf), gaps);
    }
    const counts = { loaded: quality?.loadedFrames ?? 0, total: quality?.totalFrames ?? 0 };
    const failure = stack.opening.failure ?? (slice && parts.failureOf(slice));
    const state = quality?.state ?? (failure ? 'failed' : 'loading');
    status.draw({ state, words: i18next.t(`imaging:quality.${state}`, counts), failure });
    describeSight(element, view, quality, ['sopInstanceUid', 'frame']);
    probe.update();
    cineBar.draw();
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
      i18next.off('languageChanged', schedule);
      cineBar.dispose();
      probe.dispose();
      corners.dispose();
      status.dispose();
      slider.element.remove();
      viewport.dispose();
      stage.dispose();
    },
  };
}
