import type { Point } from '../../server/contract/picture.ts';
import type { Quality } from '../../server/contract/review.ts';
import { apply, invert } from '../review/affine.ts';
import { createSignal } from '../review/signal.ts';
import type { Viewer } from '../review/viewer.ts';
import { documentCommands, documentGestures } from './commands.ts';
import { POINTS_PER_CSS_PIXEL } from './corner-texts.ts';
import type { Documents } from './documents.ts';
import { exportView } from './export.ts';
import { listenToGestures } from './gestures.ts';
import { measureShape } from './measure.ts';
import { createReadingOn } from './reading-on.ts';
import { createScreen, type Screen } from './screen.ts';
import { createShownDocument, type ShownPage } from './shown-document.ts';
import * as views from './view.ts';

export interface DocumentViewerParts {
  documents: Documents;
  /** What the strip calls the document; empty where it does not list it. */
  titleOf(documentId: string): string;
}

/** One window onto the documents of a case. */
export function createDocumentViewer({ documents, titleOf }: DocumentViewerParts): Viewer {
  const moves = createSignal<views.View>();
  const states = createSignal<void>();
  const draws = createSignal<void>();
  const qualities = createSignal<Quality>();
  const reading = createReadingOn();
  let screen: Screen | undefined;
  let stopGestures: (() => void) | undefined;
  let quality: Quality | undefined;
  /** What the toolbar and the strip show, to tell when they have to be made anew. */
  let face = '';
  /** The view is the whole page, and stays so when the window changes its size. */
  let fitted = false;

  const shown = createShownDocument(documents, (origin) => {
    fitted = false;
    screen?.refresh();
    if (shown.view && origin === 'user') moves.emit(shown.view);
    tellState();
  });
  const sceneOf = (page: ShownPage | undefined): views.Scene | undefined =>
    screen && page && screen.window.height > 0 ? { page: page.size, window: screen.window } : undefined;
  const change = (by: (view: views.View, scene: views.Scene) => views.View): void => {
    const scene = sceneOf(shown.page);
    if (scene && shown.view) shown.setView(by(shown.view, scene), 'user');
  };
  const fit = (): void => {
    change(views.fitView);
    fitted = true;
  };
  const turnTo = (number: number, edge: 'start' | 'end' = 'start'): void => {
    const { view, page } = shown;
    const scene = sceneOf(page);
    if (!view || !page || !scene || number < 1 || number > page.source.pageCount || number === page.page) return;
    const wasFitted = views.isFitted(view, scene);
    const arrange = (next: views.View, found: ShownPage): views.View => {
      const there = sceneOf(found) ?? scene;
      if (wasFitted) return views.fitView(next, there);
      return views.atEdge({ ...next, center: { ...next.center, y: views.middleOf(found.size).y } }, there, edge);
    };
    void shown.turnTo(number, arrange).then(() => {
      fitted = wasFitted;
    });
  };
  function tellState(): void {
    const next = JSON.stringify([shown.view?.target, shown.page?.source.pageCount, shown.page?.source.unit]);
    if (next === face) return;
    face = next;
    states.emit();
  }
  const toCanvasPixels = ({ x, y }: Point): Point => {
    const pixelRatio = screen?.pixelRatio ?? 1;
    return { x: x * pixelRatio, y: y * pixelRatio };
  };
  const pan = (dx: number, dy: number): void => {
    const moved = toCanvasPixels({ x: dx, y: dy });
    change((view, scene) => views.panBy(view, scene, moved.x, moved.y));
  };
  const scroll = (dx: number, dy: number): void => {
    const scene = sceneOf(shown.page);
    if (!scene || !shown.view || !shown.page || !screen) return;
    const { pixelRatio } = screen;
    const room = {
      above: views.roomAbove(shown.view, scene) / pixelRatio,
      below: views.roomBelow(shown.view, scene) / pixelRatio,
    };
    const { move, turn } = reading.scroll(dy, room, performance.now());
    if (turn !== 0) turnTo(shown.page.page + turn, turn > 0 ? 'start' : 'end');
    else if (dx !== 0 || move !== 0) pan(-dx, -move);
  };

  return {
    mount(element) {
      screen = createScreen({
        element,
        shown,
        titleOf,
        onDraw: draws.emit,
        onQuality(next) {
          if (JSON.stringify(next) === JSON.stringify(quality)) return;
          quality = next;
          qualities.emit(next);
        },
        onResize() {
          const scene = sceneOf(shown.page);
          if (!fitted || !scene || !shown.view) return;
          shown.setView(views.fitView(shown.view, scene), shown.origin);
          fitted = true;
        },
      });
      stopGestures = listenToGestures({
        element,
        onPan: pan,
        onScroll: scroll,
        onZoom: (factor, at) => change((view, scene) => views.zoomAt(view, scene, factor, toCanvasPixels(at))),
      });
    },
    show(viewport) {
      if (viewport.target.kind === 'documents') shown.setView(viewport as views.View, 'shown');
    },
    async open(picture, byUser) {
      await screen?.ready;
      const window = screen?.window ?? { width: 0, height: 0 };
      const initial = (page: ShownPage) => views.initialView(picture.pictureId, page.page, { page: page.size, window });
      await shown.open(picture.pictureId, initial, byUser ? 'user' : 'opened');
      const scene = sceneOf(shown.page);
      if (scene && shown.view) fitted = views.isFitted(shown.view, scene);
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
      return { x: x / screen.pixelRatio, y: y / screen.pixelRatio };
    },
    toImage(point) {
      const to = screen?.transform();
      return to && apply(invert(to), toCanvasPixels(point));
    },
    clamp: (point) => (shown.page ? views.clampTo(shown.page.size, point) : point),
    nudge() {
      const unit = shown.page?.source.unit === 'point' ? POINTS_PER_CSS_PIXEL : 1;
      return { x: unit, y: unit };
    },
    isSame: (a, b) =>
      a.kind === 'documents' && b.kind === 'documents' && a.documentId === b.documentId && a.page === b.page,
    pictureId: (target) => (target.kind === 'documents' ? target.documentId : ''),
    ground: 'light',
    measure: (shape) => measureShape(shape, shown.page?.source.unit),
    // On paper there is nothing to measure.
    get tools() {
      return shown.page?.source.unit === 'pixel'
        ? (['length', 'ellipse', 'polygon', 'arrow'] as const)
        : (['ellipse', 'polygon', 'arrow'] as const);
    },
    commands: () =>
      documentCommands({
        page: shown.page?.page ?? 1,
        pageCount: shown.page?.source.pageCount ?? 1,
        turnTo: (number) => turnTo(number),
        fit,
        fitWidth: () => change(views.fitWidth),
        actualSize() {
          const perCssPixel = shown.page?.source.unit === 'point' ? POINTS_PER_CSS_PIXEL : 1;
          change((view, scene) => views.actualSize(view, scene, perCssPixel, screen?.pixelRatio ?? 1));
        },
        rotate(degrees) {
          const scene = sceneOf(shown.page);
          const whole = scene && shown.view && views.isFitted(shown.view, scene);
          change((view, now) =>
            whole ? views.fitView(views.rotateBy(view, degrees), now) : views.rotateBy(view, degrees),
          );
          fitted = whole === true;
        },
        zoom(factor) {
          const { width, height } = screen?.window ?? { width: 0, height: 0 };
          change((view, scene) => views.zoomAt(view, scene, factor, { x: width / 2, y: height / 2 }));
        },
        pan(right, down) {
          const height = (screen?.window.height ?? 0) / (screen?.pixelRatio ?? 1);
          pan(-right * height, -down * height);
        },
      }),
    gestures: documentGestures,
    async exportPicture(paint) {
      const { view, page } = shown;
      if (!view || !page || !screen) throw new Error('nothing is shown');
      const { pixelRatio, window } = screen;
      const cssWindow = { width: window.width / pixelRatio, height: window.height / pixelRatio };
      return exportView({ view, page, window: cssWindow, pixelRatio, paint });
    },
    dispose() {
      stopGestures?.();
      screen?.dispose();
    },
  };
}
