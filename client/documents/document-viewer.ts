import type { Point } from '../../server/contract/picture.ts';
import { createFrame, type Frame, pointsOn, viewerOf } from '../viewer/frame.ts';
import type { Paint, Viewer } from '../viewer/viewer.ts';
import { documentCommands, documentGestures } from './commands.ts';
import { POINTS_PER_CSS_PIXEL } from './corner-texts.ts';
import type { Documents } from './documents.ts';
import { exportView } from './export.ts';
import { listenToGestures } from './gestures.ts';
import { documentMeasures } from './measure.ts';
import { createReadingOn, type ReadingOn } from './reading-on.ts';
import { createScreen, type Screen } from './screen.ts';
import { createShownDocument, type ShownDocument, type ShownPage } from './shown-document.ts';
import * as views from './view.ts';

export interface DocumentViewerParts {
  documents: Documents;
  /** What the strip calls the document; empty where it does not list it. */
  titleOf(documentId: string): string;
}

/** What one window is made of. */
interface Window {
  shown: ShownDocument;
  frame: Frame<views.View, views.Scene>;
  readingOn: ReadingOn;
  screen: Screen | undefined;
}

/** One window onto the documents of a case. */
export function createDocumentViewer({ documents, titleOf }: DocumentViewerParts): Viewer {
  const shown = createShownDocument(documents, (origin) => {
    self.screen?.refresh();
    frame.changed(origin);
  });
  const frame = createFrame<views.View, views.Scene>({
    opening: shown,
    scene: () => sceneOf(self, shown.read),
    fitView: views.fitView,
    isFitted: views.isFitted,
    face: () => [shown.view?.target, shown.read?.source.pageCount, shown.read?.source.unit],
  });
  const self: Window = { shown, frame, readingOn: createReadingOn(), screen: undefined };
  let stopGestures: (() => void) | undefined;

  return viewerOf('documents', frame, {
    ...aboutPictures(self),
    mount(element) {
      self.screen = createScreen({
        element,
        shown,
        titleOf,
        onDraw: frame.draws.emit,
        onQuality: frame.tellQuality,
        onResize: frame.refit,
      });
      stopGestures = listenToGestures({
        element,
        onPan: (dx, dy) => pan(self, dx, dy),
        onScroll: (dx, dy) => scroll(self, dx, dy),
        onZoom: (factor, at) => frame.change((view, now) => views.zoomAt(view, now, factor, toCanvasPixels(self, at))),
      });
    },
    async open({ pictureId }, byUser) {
      await self.screen?.ready;
      const window = self.screen?.window ?? { width: 0, height: 0 };
      const initial = ({ page, size }: ShownPage) => views.initialView(pictureId, page, { page: size, window });
      await shown.open(pictureId, initial, byUser ? 'user' : 'opened');
    },
    commands: () => commandsOf(self),
    gestures: documentGestures,
    exportPicture: (paint) => exportShown(self, paint),
    dispose() {
      stopGestures?.();
      self.screen?.dispose();
    },
  });
}

function sceneOf({ screen }: Window, page: ShownPage | undefined): views.Scene | undefined {
  return screen && page && screen.window.height > 0 ? { page: page.size, window: screen.window } : undefined;
}

function toCanvasPixels({ screen }: Window, { x, y }: Point): Point {
  const pixelRatio = screen?.pixelRatio ?? 1;
  return { x: x * pixelRatio, y: y * pixelRatio };
}

/** By CSS pixels. */
function pan(self: Window, dx: number, dy: number): void {
  const moved = toCanvasPixels(self, { x: dx, y: dy });
  self.frame.change((view, scene) => views.panBy(view, scene, moved.x, moved.y));
}

function turnTo(self: Window, number: number, edge: 'start' | 'end' = 'start'): void {
  const { shown, frame } = self;
  const { view, read: page } = shown;
  const scene = sceneOf(self, page);
  if (!view || !page || !scene || number < 1 || number > page.source.pageCount || number === page.page) return;
  const wasFitted = frame.isFitted();
  const next = { ...view, target: { ...view.target, page: number } };
  void shown.turnTo(next, (found) => {
    const there = sceneOf(self, found) ?? scene;
    if (wasFitted) return views.fitView(next, there);
    return views.atEdge({ ...next, center: { ...next.center, y: views.middleOf(found.size).y } }, there, edge);
  });
}

/** Reads on: down the page, and at its end to the next one. */
function scroll(self: Window, dx: number, dy: number): void {
  const { shown, screen, readingOn } = self;
  const scene = sceneOf(self, shown.read);
  if (!scene || !shown.view || !shown.read || !screen) return;
  const { pixelRatio } = screen;
  const room = {
    above: views.roomAbove(shown.view, scene) / pixelRatio,
    below: views.roomBelow(shown.view, scene) / pixelRatio,
  };
  const { move, turn } = readingOn.scroll(dy, room, performance.now());
  if (turn !== 0) turnTo(self, shown.read.page + turn, turn > 0 ? 'start' : 'end');
  else if (dx !== 0 || move !== 0) pan(self, -dx, -move);
}

function commandsOf(self: Window) {
  const { shown, frame, screen } = self;
  const { change } = frame;
  return documentCommands({
    page: shown.read?.page ?? 1,
    pageCount: shown.read?.source.pageCount ?? 1,
    turnTo: (number) => turnTo(self, number),
    fit: frame.fit,
    fitWidth: () => change(views.fitWidth),
    actualSize() {
      const perCssPixel = shown.read?.source.unit === 'point' ? POINTS_PER_CSS_PIXEL : 1;
      change((view, scene) => views.actualSize(view, scene, perCssPixel, screen?.pixelRatio ?? 1));
    },
    rotate: (degrees) =>
      change((view, now) => {
        const turned = views.rotateBy(view, degrees);
        return views.isFitted(view, now) ? views.fitView(turned, now) : turned;
      }),
    zoom: (factor) =>
      change((view, now) => views.zoomAt(view, now, factor, { x: now.window.width / 2, y: now.window.height / 2 })),
    pan(right, down) {
      const height = (screen?.window.height ?? 0) / (screen?.pixelRatio ?? 1);
      pan(self, -right * height, -down * height);
    },
  });
}

/** What the review asks of points, targets and shapes. */
function aboutPictures(self: Window) {
  const { shown } = self;
  return {
    ...pointsOn(() => self.screen),
    clamp: (point) => (shown.read ? views.clampTo(shown.read.size, point) : point),
    nudge() {
      const unit = shown.read?.source.unit === 'point' ? POINTS_PER_CSS_PIXEL : 1;
      return { x: unit, y: unit };
    },
    isSame: (a, b) =>
      a.kind === 'documents' && b.kind === 'documents' && a.documentId === b.documentId && a.page === b.page,
    pictureId: (target) => (target.kind === 'documents' ? target.documentId : ''),
    ground: 'light',
    measures: () => documentMeasures(shown.read?.source.unit),
  } satisfies Partial<Viewer>;
}

async function exportShown({ shown, screen }: Window, paint: Paint) {
  const { view, read: page } = shown;
  if (!view || !page || !screen) throw new Error('nothing is shown');
  const { pixelRatio, window } = screen;
  const cssWindow = { width: window.width / pixelRatio, height: window.height / pixelRatio };
  return exportView({ view, page, window: cssWindow, pixelRatio, paint });
}
