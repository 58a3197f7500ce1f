import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import type { Point } from '../../server/contract/picture.ts';
import type { Quality } from '../../server/contract/review.ts';
import type { Affine, Size } from '../viewer/affine.ts';
import { createCornerElements } from '../viewer/corner-elements.ts';
import { describeSight } from '../viewer/describe.ts';
import { createStatusElement } from '../viewer/status-element.ts';
import { cornerTexts } from './corner-texts.ts';
import { createNavigator, type Navigator } from './navigator.ts';
import type { ShownSlide } from './shown-slide.ts';
import type { Progress } from './slide-picture.ts';

export interface SurroundingsParts {
  element: HTMLElement;
  shown: ShownSlide;
  titleOf(slideId: string): string;
  goTo(center: Point): void;
  onQuality(quality: Quality | undefined): void;
}

/** What stands around the slide: texts, the scale bar, the overview, how much of the picture is there. */
export interface Surroundings {
  readonly navigator: Navigator;
  /**
   * @param to from pixels of the slide to those of the canvas; undefined: there is no slide.
   * @param canvas its size; `window`: the same in CSS pixels.
   */
  draw(progress: Progress, to: Affine | undefined, canvas: Size, window: Size): void;
  dispose(): void;
}

export function createSurroundings(
  { element, shown, titleOf, goTo, onQuality }: SurroundingsParts,
  onRetry: () => void,
): Surroundings {
  const places = { 'slide-about': 'top-left', 'slide-magnification': 'bottom-left' } as const;
  const corners = createCornerElements(element, 'slide-corners', places, 'slide-scale-bar');
  const navigator = createNavigator(element, goTo);
  const status = createStatusElement({
    host: element,
    className: 'viewer-quality',
    testId: 'picture-quality',
    calm: ['loading', 'preview'],
    onRetry,
  });

  const drawState = (progress: Progress): void => {
    const { view, opening } = shown;
    const failure = opening.failure ?? progress.failure;
    const state = stateOf(progress, failure);
    const { loaded, total, coarse, drawn } = progress;
    const words = i18next.t(`pathology:quality.${coarse && state === 'preview' ? 'coarse' : state}`, { loaded, total });
    status.draw({ state, words, failure, aside: drawn });
    const quality = view && { target: view.target, state, loadedFrames: loaded, totalFrames: total };
    describeSight(element, view, quality, ['slideId']);
    onQuality(quality);
  };
  return {
    navigator,
    draw(progress, to, canvas, window) {
      const { view, slide } = shown;
      if (view && slide && to) {
        corners.draw(cornerTexts({ view, slide, title: titleOf(slide.slideId), ...window }));
        navigator.draw(to, canvas, window);
      } else corners.draw(undefined);
      drawState(progress);
    },
    dispose() {
      corners.dispose();
      navigator.dispose();
      status.dispose();
    },
  };
}

function stateOf({ drawn, loaded, total, coarse }: Progress, failure: Failure | undefined): Quality['state'] {
  if (failure) return 'failed';
  if (total > 0 && loaded === total && !coarse) return 'full';
  return drawn ? 'preview' : 'loading';
}
