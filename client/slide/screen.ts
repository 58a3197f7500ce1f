import type { Affine, Size } from '../viewer/affine.ts';
import type { PictureHome } from '../viewer/picture-home.ts';
import { createRedraw } from '../viewer/redraw.ts';
import { CurrentPicture } from './current-picture.ts';
import type { Navigator } from './navigator.ts';
import type { Pyramid } from './pyramid.ts';
import type { Progress } from './slide-picture.ts';
import { createSurroundings, type SurroundingsParts } from './surroundings.ts';
import { slideToCanvas } from './transform.ts';
import { type WindowSize, type WindowWatch, watchWindow } from './window-size.ts';

export interface ScreenParts extends SurroundingsParts {
  home: PictureHome;
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
  const surroundings = createSurroundings(parts, () => {
    current.picture?.retry();
    shown.retry();
    refresh();
  });
  const redraw = createRedraw(draw);
  const current = new CurrentPicture({
    mount,
    home: parts.home,
    onOpen(slide, address, drawer) {
      element.dataset['drawer'] = drawer;
      surroundings.navigator.setSlide(slide, `${address}/thumbnail`);
    },
    onDraw: redraw.now,
    onLost: refresh,
  });

  const cssSize = (): Size => {
    const { width, height, pixelRatio } = watch.size;
    return { width: width / pixelRatio, height: height / pixelRatio };
  };
  const transform = (): Affine | undefined => {
    const { view, slide } = shown;
    return view && slide && watch.size.height > 0 ? slideToCanvas(view, watch.size) : undefined;
  };
  function refresh(): void {
    const { view, slide } = shown;
    if (watch.size.height > 0) current.setSlide(slide);
    // With a slide, the frame that OpenSeadragon draws brings the rest along.
    if (view && current.picture) current.picture.show(view, watch.size);
    else redraw.schedule();
  }
  function draw(): void {
    const to = transform();
    const progress = (to && current.picture?.progress()) ?? NOTHING;
    mount.hidden = !to;
    surroundings.draw(progress, to, watch.size, cssSize());
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
    navigator: surroundings.navigator,
    get pyramid() {
      return current.pyramid;
    },
    transform,
    refresh,
    dispose() {
      redraw.dispose();
      watch.dispose();
      current.dispose();
      surroundings.dispose();
      mount.remove();
    },
  };
}
