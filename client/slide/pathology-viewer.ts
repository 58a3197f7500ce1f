import type { Point } from '../../server/contract/picture.ts';
import type { Quality } from '../../server/contract/review.ts';
import { apply, invert } from '../review/affine.ts';
import { createSignal } from '../review/signal.ts';
import type { Viewer } from '../review/viewer.ts';
import { type AssociatedDialog, createAssociatedDialog } from './associated-dialog.ts';
import { pathologyCommands, pathologyGestures } from './commands.ts';
import { exportView } from './export.ts';
import { listenToGestures } from './gestures.ts';
import { heightAt, magnificationOf, magnificationSteps } from './magnification.ts';
import { measureShape } from './measure.ts';
import { slideAddress } from './pyramid.ts';
import { createScreen, type Screen } from './screen.ts';
import { createShownSlide } from './shown-slide.ts';
import type { Slides } from './slides.ts';
import { applyLinear } from './transform.ts';
import * as views from './view.ts';

export interface PathologyViewerParts {
  consultationId: string;
  slides: Slides;
  /** What the strip calls the slide; empty where it does not list it. */
  titleOf(slideId: string): string;
}

/** One window onto the slides of a case. */
export function createPathologyViewer({ consultationId, slides, titleOf }: PathologyViewerParts): Viewer {
  const moves = createSignal<views.View>();
  const states = createSignal<void>();
  const draws = createSignal<void>();
  const qualities = createSignal<Quality>();
  let screen: Screen | undefined;
  let dialog: AssociatedDialog | undefined;
  let stopGestures: (() => void) | undefined;
  let quality: Quality | undefined;
  /** What the toolbar and the strip show, to tell when they have to be made anew. */
  let face = '';
  /** The view is the whole slide, and stays so when the window changes its size. */
  let fitted = false;

  const shown = createShownSlide(slides, ({ origin }) => {
    fitted = false;
    screen?.refresh();
    if (shown.view && origin === 'user') moves.emit(shown.view);
    tellState();
  });
  const scene = (): views.Scene | undefined => {
    const { slide } = shown;
    return screen && slide && screen.size.height > 0 ? { slide, size: screen.size } : undefined;
  };
  const change = (by: (view: views.View, scene: views.Scene) => views.View): void => {
    const now = scene();
    if (now && shown.view) shown.setView(by(shown.view, now), 'user');
  };
  const fit = (): void => {
    change(views.fitView);
    fitted = true;
  };
  const magnifications = () => {
    const { view, slide } = shown;
    const umPerPixel = slide?.umPerPixel;
    if (!view || !umPerPixel || !screen) return [];
    const { times: now } = magnificationOf(view, screen.cssSize.height, umPerPixel);
    return magnificationSteps(umPerPixel).map((step) => ({ ...step, current: Math.abs(now / step.times - 1) < 0.01 }));
  };
  function tellState(): void {
    const current = magnifications().find((step) => step.current)?.times;
    const next = JSON.stringify([shown.view?.target, shown.slide?.slideId, current, screen?.navigator.visible]);
    if (next === face) return;
    face = next;
    states.emit();
  }
  const toScreenPixels = ({ x, y }: Point): Point => {
    const pixelRatio = screen?.size.pixelRatio ?? 1;
    return { x: x * pixelRatio, y: y * pixelRatio };
  };
  const pan = (dx: number, dy: number): void => {
    const moved = toScreenPixels({ x: dx, y: dy });
    change((view, now) => views.panBy(view, now, moved.x, moved.y));
  };

  return {
    mount(element) {
      screen = createScreen({
        element,
        consultationId,
        shown,
        titleOf,
        goTo: (center) => change((view, now) => views.centreOn(view, now, center)),
        onDraw: draws.emit,
        onQuality(next) {
          if (JSON.stringify(next) === JSON.stringify(quality)) return;
          quality = next;
          qualities.emit(next);
        },
        onResize() {
          const now = scene();
          if (!fitted || !now || !shown.view) return;
          shown.setView(views.fitView(shown.view, now), shown.origin);
          fitted = true;
        },
      });
      dialog = createAssociatedDialog(element);
      stopGestures = listenToGestures({
        element,
        onPan: pan,
        onZoom: (factor, at) => change((view, now) => views.zoomAt(view, now, factor, toScreenPixels(at))),
      });
    },
    show(viewport) {
      if (viewport.target.kind === 'pathology') shown.setView(viewport as views.View, 'shown');
    },
    async open(picture, byUser) {
      await screen?.ready;
      const size = screen?.size ?? { width: 0, height: 0 };
      const initial = (slide: Parameters<typeof views.fitView>[1]['slide']) =>
        views.initialView(picture.pictureId, { slide, size });
      await shown.open(picture.pictureId, initial, byUser ? 'user' : 'opened');
      const now = scene();
      if (now && shown.view) fitted = views.isFitted(shown.view, now);
    },
    get viewport() {
      return shown.view;
    },
    onViewport: moves.on,
    onState: states.on,
    onDraw: draws.on,
    get quality() {
      return quality;
    },
    onQuality: qualities.on,
    toScreen(point) {
      const to = screen?.transform();
      if (!screen || !to) return undefined;
      const { x, y } = apply(to, point);
      return { x: x / screen.size.pixelRatio, y: y / screen.size.pixelRatio };
    },
    toImage(point) {
      const to = screen?.transform();
      return to && apply(invert(to), toScreenPixels(point));
    },
    clamp: (point) => (shown.slide ? views.clampTo(shown.slide, point) : point),
    nudge() {
      const to = screen?.transform();
      const step = to ? applyLinear(invert(to), toScreenPixels({ x: 1, y: 0 })) : { x: 1, y: 0 };
      const pixels = Math.max(1, Math.hypot(step.x, step.y));
      return { x: pixels, y: pixels };
    },
    isSame: (a, b) =>
      a.kind === 'pathology' && b.kind === 'pathology' && a.slideId === b.slideId && a.widthPx === b.widthPx,
    pictureId: (target) => (target.kind === 'pathology' ? target.slideId : ''),
    measure(shape) {
      const { slide } = shown;
      return slide ? measureShape(shape, slide.umPerPixel) : { values: [], calibration: undefined, pending: true };
    },
    tools: ['length', 'ellipse', 'polygon', 'arrow'],
    commands: () =>
      pathologyCommands({
        magnifications: magnifications(),
        magnify(times) {
          const umPerPixel = shown.slide?.umPerPixel;
          const height = screen?.cssSize.height;
          if (!umPerPixel || !height) return;
          change((view) => ({ ...view, imagePixelsPerScreenHeight: heightAt(times, height, umPerPixel) }));
        },
        associated: shown.slide?.associated ?? [],
        openAssociated(picture) {
          if (shown.slide)
            dialog?.open(picture, `${slideAddress(consultationId, shown.slide)}/associated/${picture.index}`);
        },
        navigatorVisible: screen?.navigator.visible ?? true,
        toggleNavigator() {
          if (!screen) return;
          screen.navigator.visible = !screen.navigator.visible;
          screen.refresh();
          tellState();
        },
        fit,
        actualSize: () => change(views.actualSize),
        rotate: (degrees) => change((view) => views.rotateBy(view, degrees)),
        resetRotation: () => change((view) => ({ ...view, rotation: 0 })),
        zoom(factor) {
          const { width, height } = screen?.size ?? { width: 0, height: 0 };
          change((view, now) => views.zoomAt(view, now, factor, { x: width / 2, y: height / 2 }));
        },
        pan(right, down) {
          const height = screen?.cssSize.height ?? 0;
          pan(-right * height, -down * height);
        },
      }),
    gestures: pathologyGestures,
    async exportPicture(paint) {
      const { view, slide } = shown;
      const pyramid = screen?.pyramid;
      if (!view || !slide || !screen || !pyramid) throw new Error('nothing is shown');
      const { cssSize: window, size } = screen;
      return exportView({ view, slide, pyramid, window, pixelRatio: size.pixelRatio, paint });
    },
    dispose() {
      stopGestures?.();
      shown.dispose();
      dialog?.dispose();
      screen?.dispose();
    },
  };
}
