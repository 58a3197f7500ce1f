import type { SlideView } from '../../server/contract/pathology.ts';
import type { Point } from '../../server/contract/picture.ts';
import { invert } from '../viewer/affine.ts';
import { createFrame, type Frame, pointsOn, viewerOf } from '../viewer/frame.ts';
import type { PictureHome } from '../viewer/picture-home.ts';
import { boundedPx, isNotch, listenToPanAndZoom, WHEEL_ZOOM, wheelPx, wheelZoom } from '../viewer/pointing.ts';
import type { Paint, Viewer } from '../viewer/viewer.ts';
import { type AssociatedDialog, createAssociatedDialog } from './associated-dialog.ts';
import { pathologyCommands, pathologyGestures } from './commands.ts';
import { exportView } from './export.ts';
import { heightAt, magnificationOf, magnificationSteps } from './magnification.ts';
import { slideMeasures } from './measure.ts';
import { slideAddress } from './pyramid.ts';
import { createScreen, type Screen } from './screen.ts';
import { createShownSlide, type ShownSlide } from './shown-slide.ts';
import type { Slides } from './slides.ts';
import { applyLinear } from './transform.ts';
import * as views from './view.ts';

export interface SlideViewerParts {
  home: PictureHome;
  slides: Slides;
  /** What the strip calls the slide; empty where it does not list it. */
  titleOf(slideId: string): string;
}

/** What one window is made of. */
interface Window extends SlideViewerParts {
  shown: ShownSlide;
  frame: Frame<views.View, views.Scene>;
  screen: Screen | undefined;
  dialog: AssociatedDialog | undefined;
}

/** One window onto the slides of a case. */
export function createSlideViewer(parts: SlideViewerParts): Viewer {
  const shown = createShownSlide(parts.slides, (origin) => {
    self.screen?.refresh();
    frame.changed(origin);
  });
  const frame = createFrame<views.View, views.Scene>({
    opening: shown.opening,
    scene() {
      const { screen } = self;
      return screen && shown.slide && screen.size.height > 0 ? { slide: shown.slide, size: screen.size } : undefined;
    },
    fitView: views.fitView,
    isFitted: views.isFitted,
    onShown: shown.shownByOthers,
    face() {
      const current = magnificationsOf(self).find((step) => step.current)?.times;
      return [shown.view?.target, shown.slide?.slideId, current, self.screen?.navigator.visible];
    },
  });
  const self: Window = { ...parts, shown, frame, screen: undefined, dialog: undefined };
  let stopGestures: (() => void) | undefined;

  return viewerOf('pathology', frame, {
    ...aboutPictures(self),
    mount(element) {
      self.screen = mountScreen(self, element);
      self.dialog = createAssociatedDialog(element);
      stopGestures = listenTo(self, element);
    },
    async open({ pictureId }, byUser) {
      await self.screen?.ready;
      const size = self.screen?.size ?? { width: 0, height: 0 };
      const initial = (slide: SlideView) => views.initialView(pictureId, { slide, size });
      await shown.opening.open(pictureId, initial, byUser ? 'user' : 'opened');
    },
    commands: () => commandsOf(self),
    gestures: pathologyGestures,
    exportPicture: (paint) => exportShown(self, paint),
    dispose() {
      stopGestures?.();
      shown.dispose();
      self.dialog?.dispose();
      self.screen?.dispose();
    },
  });
}

function mountScreen({ home, shown, titleOf, frame }: Window, element: HTMLElement): Screen {
  return createScreen({
    element,
    home,
    shown,
    titleOf,
    goTo: (center) => frame.change((view, now) => views.centreOn(view, now, center)),
    onDraw: frame.draws.emit,
    onQuality: frame.tellQuality,
    onResize: frame.refit,
  });
}

function toCanvasPixels({ screen }: Window, { x, y }: Point): Point {
  const pixelRatio = screen?.pixelRatio ?? 1;
  return { x: x * pixelRatio, y: y * pixelRatio };
}

/** By CSS pixels. */
function pan(self: Window, dx: number, dy: number): void {
  const moved = toCanvasPixels(self, { x: dx, y: dy });
  self.frame.change((view, now) => views.panBy(view, now, moved.x, moved.y));
}

/** As slide viewers have them: the wheel, with Ctrl too, zooms where the cursor is. @returns stops listening. */
function listenTo(self: Window, element: HTMLElement): () => void {
  const onZoom = (factor: number, at: Point): void =>
    self.frame.change((view, now) => views.zoomAt(view, now, factor, toCanvasPixels(self, at)));
  return listenToPanAndZoom({
    element,
    onPan: (dx, dy) => pan(self, dx, dy),
    onZoom,
    onWheel(event, at) {
      const { dy } = wheelPx(event);
      onZoom(wheelZoom(boundedPx(dy), WHEEL_ZOOM, event.ctrlKey && !isNotch(dy)), at);
    },
  });
}

function magnificationsOf({ shown, screen }: Window) {
  const { view, slide } = shown;
  const umPerPixel = slide?.umPerPixel;
  if (!view || !umPerPixel || !screen) return [];
  const { times: now } = magnificationOf(view, screen.cssSize.height, umPerPixel);
  return magnificationSteps(umPerPixel).map((step) => ({ ...step, current: Math.abs(now / step.times - 1) < 0.01 }));
}

function commandsOf(self: Window) {
  const { shown, screen, frame, dialog, home } = self;
  const { change } = frame;
  return pathologyCommands({
    magnifications: magnificationsOf(self),
    magnify(times) {
      const umPerPixel = shown.slide?.umPerPixel;
      const height = screen?.cssSize.height;
      if (!umPerPixel || !height) return;
      change((view) => ({ ...view, imagePixelsPerScreenHeight: heightAt(times, height, umPerPixel) }));
    },
    associated: shown.slide?.associated ?? [],
    openAssociated(picture) {
      if (shown.slide) dialog?.open(picture, `${slideAddress(home, shown.slide)}/associated/${picture.index}`);
    },
    navigatorVisible: screen?.navigator.visible ?? true,
    toggleNavigator() {
      if (!screen) return;
      screen.navigator.visible = !screen.navigator.visible;
      screen.refresh();
      frame.tellState();
    },
    fit: frame.fit,
    actualSize: () => change(views.actualSize),
    rotate: (degrees) => change((view) => views.rotateBy(view, degrees)),
    resetRotation: () => change((view) => ({ ...view, rotation: 0 })),
    zoom: (factor) =>
      change((view, now) => views.zoomAt(view, now, factor, { x: now.size.width / 2, y: now.size.height / 2 })),
    pan(right, down) {
      const height = screen?.cssSize.height ?? 0;
      pan(self, -right * height, -down * height);
    },
  });
}

/** What the review asks of points, targets and shapes. */
function aboutPictures(self: Window) {
  const { shown } = self;
  return {
    ...pointsOn(() => self.screen),
    clamp: (point) => (shown.slide ? views.clampTo(shown.slide, point) : point),
    nudge() {
      const to = self.screen?.transform();
      const step = to ? applyLinear(invert(to), toCanvasPixels(self, { x: 1, y: 0 })) : { x: 1, y: 0 };
      const pixels = Math.max(1, Math.hypot(step.x, step.y));
      return { x: pixels, y: pixels };
    },
    isSame: (a, b) =>
      a.kind === 'pathology' && b.kind === 'pathology' && a.slideId === b.slideId && a.widthPx === b.widthPx,
    pictureId: (target) => (target.kind === 'pathology' ? target.slideId : ''),
    measures: () => slideMeasures(shown.slide?.umPerPixel),
  } satisfies Partial<Viewer>;
}

async function exportShown({ shown, screen }: Window, paint: Paint) {
  const { view, slide } = shown;
  const pyramid = screen?.pyramid;
  if (!view || !slide || !screen || !pyramid) throw new Error('nothing is shown');
  const { cssSize: window, pixelRatio } = screen;
  return exportView({ view, slide, pyramid, window, pixelRatio, paint });
}
