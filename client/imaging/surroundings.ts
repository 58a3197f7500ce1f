import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import type { Quality } from '../../server/contract/review.ts';
import type { OverlayData } from '../../server/formats/image/draw-overlays.ts';
import type { Voi } from '../../server/formats/image/window.ts';
import type { Affine } from '../viewer/affine.ts';
import { describeSight } from '../viewer/describe.ts';
import { createStatusElement } from '../viewer/status-element.ts';
import { createCineBar } from './cine-bar.ts';
import type { CinePlayer } from './cine-player.ts';
import { createCornerElements } from './corner-elements.ts';
import { cornerTexts } from './corners.ts';
import type { FrameImage } from './cornerstone/image.ts';
import type { FrameState } from './frame-store.ts';
import { createProbe } from './probe.ts';
import type { Slice } from './series.ts';
import { createSliceSlider } from './slice-slider.ts';
import type { Stack } from './stack.ts';

export interface SurroundingsParts {
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
  stateOf(slice: Slice): FrameState;
  failureOf(slice: Slice): Failure | undefined;
  goTo(index: number): void;
  cine: CinePlayer;
  onRetry(): void;
}

/** What stands around the picture and on its edges: texts, the stack's slider, the state, the loop's bar, the value under the pointer. */
export interface Surroundings {
  draw(): void;
  dispose(): void;
}

export interface Placement {
  /** From image to canvas pixels. */
  transform(): Affine | undefined;
  readonly pixelRatio: number;
}

export function createSurroundings(parts: SurroundingsParts, placement: Placement): Surroundings {
  const { element } = parts;
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
      const toCanvas = placement.transform();
      const { pixelRatio } = placement;
      if (!stack.slice || !image || !toCanvas) return undefined;
      return { pixels: image.pixels, description: stack.slice.description, toCanvas, pixelRatio };
    },
  });

  const drawPlace = ({ stack, voi, warnings }: ReturnType<SurroundingsParts['content']>): void => {
    const { view, series, slice, index } = stack;
    const toCanvas = placement.transform();
    if (!view || !series || !slice || !toCanvas) {
      corners.draw(undefined);
      slider.draw(0, [], []);
      return;
    }
    const { pixelRatio } = placement;
    const width = element.clientWidth;
    corners.draw(cornerTexts({ view, series, slice, index, voi, warnings, toCanvas, pixelRatio, width }));
    const gaps = series.order.gaps.map(({ after }) => after);
    slider.draw(index, series.slices.map(parts.stateOf), gaps);
  };
  return {
    draw() {
      const content = parts.content();
      const { stack, quality } = content;
      drawPlace(content);
      const counts = { loaded: quality?.loadedFrames ?? 0, total: quality?.totalFrames ?? 0 };
      const failure = stack.opening.failure ?? (stack.slice && parts.failureOf(stack.slice));
      const state = quality?.state ?? (failure ? 'failed' : 'loading');
      status.draw({ state, words: i18next.t(`imaging:quality.${state}`, counts), failure });
      describeSight(element, stack.view, quality, ['sopInstanceUid', 'frame']);
      probe.update();
      cineBar.draw();
    },
    dispose() {
      cineBar.dispose();
      probe.dispose();
      corners.dispose();
      status.dispose();
      slider.element.remove();
    },
  };
}
