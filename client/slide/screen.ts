import i18next from 'i18next';
import type { Failure } from '../../server/contract/failure.ts';
import type { Point } from '../../server/contract/picture.ts';
import type { Quality } from '../../server/contract/review.ts';
import type { Affine, Size } from '../viewer/affine.ts';
import { createCornerElements } from '../viewer/corner-elements.ts';
import { describeSight } from '../viewer/describe.ts';
import { createRedraw } from '../viewer/redraw.ts';
import { createStatusElement } from '../viewer/status-element.ts';
import { cornerTexts } from './corner-texts.ts';
import { drawerOfThisMachine, giveUpGpu } from './gpu-probe.ts';
import { createNavigator, type Navigator } from './navigator.ts';
import { type Pyramid, pyramidOf, slideAddress } from './pyramid.ts';
import type { ShownSlide } from './shown-slide.ts';
import { createSlidePicture, type Progress, type SlidePicture } from './slide-picture.ts';
import { slideToCanvas } from './transform.ts';
import { type WindowSize, type WindowWatch, watchWindow } from './window-size.ts';

export interface ScreenParts {
  element: HTMLElement;
  consultationId: string;
  shown: ShownSlide;
  titleOf(slideId: string): string;
  goTo(center: Point): void;
  onQuality(quality: Quality | undefined): void;
  /** Everything is where the view has it. */
  onDraw(): void;
  /** The window has another size; the next frame is about to be drawn. */
  onResize(): void;
}

export interface Screen {
  readonly element: HTMLElement;
  readonly size: WindowSize;
  /** Canvas pixels in a CSS pixel. */
  readonly pixelRatio: number;
  /** The window in CSS pixels. */
  readonly cssSize: Size;
  readonly ready: WindowWatch['ready'];
  readonly navigator: Navigator;
  readonly pyramid: Pyramid | undefined;
  /** From pixels of the slide to canvas pixels, as the next frame will have it. */
  transform(): Affine | undefined;
  /** The view or its slide is another one: draws with the browser's next frame. */
  refresh(): void;
  dispose(): void;
}

const NOTHING: Progress = { drawn: false, loaded: 0, total: 0, coarse: false, failure: undefined };

/** Draws the slide and what stands around it. Nothing here waits for React: a drag costs one frame. */
export function createScreen(parts: ScreenParts): Screen {
  const { element, shown } = parts;
  const mount = document.createElement('div');
  mount.className = 'slide-mount';
  element.prepend(mount);
  const watch = watchWindow(element, () => {
    parts.onResize();
    refresh();
  });
  const places = { 'slide-about': 'top-left', 'slide-magnification': 'bottom-left' } as const;
  const corners = createCornerElements(element, 'slide-corners', places, 'slide-scale-bar');
  const navigator = createNavigator(element, parts.goTo);
  const status = createStatusElement({
    host: element,
    className: 'viewer-quality',
    testId: 'picture-quality',
    calm: ['loading', 'preview'],
    onRetry() {
      picture?.retry();
      shown.retry();
      refresh();
    },
  });
  let picture: SlidePicture | undefined;
  /** What `picture` is of. */
  let address: string | undefined;
  let pyramid: Pyramid | undefined;
  const redraw = createRedraw(draw);

  const cssSize = (): Size => {
    const { width, height, pixelRatio } = watch.size;
    return { width: width / pixelRatio, height: height / pixelRatio };
  };
  const transform = (): Affine | undefined => {
    const { view, slide } = shown;
    return view && slide && watch.size.height > 0 ? slideToCanvas(view, watch.size) : undefined;
  };
  /** The picture belongs to the slide that is shown. */
  const changeSlide = (): void => {
    const { slide } = shown;
    const next = slide && slideAddress(parts.consultationId, slide);
    if (next === address || watch.size.height === 0) return;
    picture?.dispose();
    picture = undefined;
    address = next;
    pyramid = slide && next ? pyramidOf(slide, next) : undefined;
    if (!slide || !pyramid) return;
    picture = openPicture(pyramid);
    element.dataset['drawer'] = picture.drawer;
    navigator.setSlide(slide, `${next}/thumbnail`);
  };
  const openPicture = (of: Pyramid): SlidePicture => {
    const drawer = drawerOfThisMachine();
    try {
      return createSlidePicture({ element: mount, pyramid: of, drawer, onDraw: redraw.now, onLost: withoutGpu });
    } catch (thrown) {
      if (drawer === 'canvas') throw thrown;
      giveUpGpu();
      return openPicture(of);
    }
  };
  const withoutGpu = (): void => {
    if (picture?.drawer !== 'webgl') return;
    giveUpGpu();
    address = undefined;
    refresh();
  };
  function refresh(): void {
    changeSlide();
    const { view } = shown;
    // With a slide, the frame that OpenSeadragon draws brings the rest along.
    if (view && picture) picture.show(view, watch.size);
    else redraw.schedule();
  }
  function draw(): void {
    const { view, slide, opening } = shown;
    const to = transform();
    const window = cssSize();
    const progress = (to && picture?.progress()) ?? NOTHING;
    mount.hidden = !to;
    if (view && slide && to) {
      corners.draw(cornerTexts({ view, slide, title: parts.titleOf(slide.slideId), ...window }));
      navigator.draw(to, watch.size, window);
    } else corners.draw(undefined);
    const failure = opening.failure ?? progress.failure;
    const state = stateOf(progress, failure);
    const { loaded, total, coarse, drawn } = progress;
    const words = i18next.t(`pathology:quality.${coarse && state === 'preview' ? 'coarse' : state}`, { loaded, total });
    status.draw({ state, words, failure, aside: drawn });
    const quality = view && { target: view.target, state, loadedFrames: loaded, totalFrames: total };
    describeSight(element, view, quality, ['slideId']);
    parts.onQuality(quality);
    parts.onDraw();
  }
  return {
    element,
    get size() {
      return watch.size;
    },
    get pixelRatio() {
      return watch.size.pixelRatio;
    },
    get cssSize() {
      return cssSize();
    },
    ready: watch.ready,
    navigator,
    get pyramid() {
      return pyramid;
    },
    transform,
    refresh,
    dispose() {
      redraw.dispose();
      watch.dispose();
      picture?.dispose();
      corners.dispose();
      navigator.dispose();
      status.dispose();
      mount.remove();
    },
  };
}

function stateOf({ drawn, loaded, total, coarse }: Progress, failure: Failure | undefined): Quality['state'] {
  if (failure) return 'failed';
  if (total > 0 && loaded === total && !coarse) return 'full';
  return drawn ? 'preview' : 'loading';
}
