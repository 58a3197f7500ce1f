import i18next from 'i18next';
import { fullRangeWindow } from '../../server/formats/image/window.ts';
import { createFrame, type Frame, pointsOn, viewerOf } from '../viewer/frame.ts';
import type { ViewOrigin } from '../viewer/opening.ts';
import type { Paint, Viewer } from '../viewer/viewer.ts';
import { CinePlayer } from './cine-player.ts';
import { imagingCommands } from './commands.ts';
import type { ImageLoader } from './cornerstone/loader.ts';
import { createDrags } from './drags.ts';
import { exportView } from './export.ts';
import type { FrameStore } from './frame-store.ts';
import { listenToGestures } from './gestures.ts';
import type { Library } from './library.ts';
import { imageMeasures } from './measure.ts';
import { createMoves, type Moves } from './moves.ts';
import type { OverlayStore } from './overlay-store.ts';
import { createPictureContent, type PictureContent } from './picture-content.ts';
import { pictureIdOf } from './pictures.ts';
import type { PreviewStore } from './preview-store.ts';
import { watchQuality } from './quality.ts';
import { createScreen, type Screen } from './screen.ts';
import type { Slice } from './series.ts';
import { createStack, type Stack } from './stack.ts';
import * as views from './view.ts';

export interface ImagingViewerParts {
  library: Library;
  images: ImageLoader<Slice>;
  frames: FrameStore;
  previews: PreviewStore;
  overlays: OverlayStore;
}

/** What one window is made of. */
interface Window extends ImagingViewerParts {
  stack: Stack;
  content: PictureContent;
  cine: CinePlayer;
  frame: Frame<views.View, views.Scene>;
  moves: Moves;
  screen: Screen | undefined;
}

/** One window onto the pictures of a case. */
export function createImagingViewer(parts: ImagingViewerParts): Viewer {
  const { library, frames, previews, overlays } = parts;
  const stack = createStack(library, (origin) => changed(origin));
  const content = createPictureContent(stack, frames, overlays);
  const cine = new CinePlayer({
    stack,
    isThere: (slice) => frames.stateOf(slice) === 'full',
    isVisible: () => (self.screen?.element.clientWidth ?? 0) > 0,
    onChange: () => self.screen?.schedule(),
  });
  const frame = createFrame<views.View, views.Scene>({
    opening: stack.opening,
    scene: () => stack.slice && self.screen && { description: stack.slice.description, size: self.screen.size },
    fitView: views.fitView,
    isFitted: views.isFitted,
    face() {
      const { view, series } = stack;
      const shown = view && [view.voi, view.invert, view.flipHorizontal, view.flipVertical];
      const { overlaysShown } = content;
      return [moves.mode, series?.seriesInstanceUid, content.isGray(), shown, overlaysShown, cine.available];
    },
  });
  const moves = createMoves({ stack, content, cine, frame, refresh });
  const self: Window = { ...parts, stack, content, cine, frame, moves, screen: undefined };
  let stopGestures: (() => void) | undefined;

  function refresh(): void {
    self.screen?.schedule();
    frame.tellQuality(watchQuality(stack, frames, previews));
  }
  function changed(origin: ViewOrigin): void {
    if (stack.series && stack.slice) frames.look(stack.series.slices, stack.index);
    cine.moved();
    refresh();
    frame.changed(origin);
  }
  const subscriptions = [
    frames.onChange((slice) => {
      if (stack.series?.seriesInstanceUid === slice.seriesInstanceUid) refresh();
    }),
    previews.onChange(refresh),
    overlays.onChange(refresh),
  ];

  return viewerOf('imaging', frame, {
    ...aboutPictures(self),
    mount(element) {
      self.screen = mountScreen(self, element);
      stopGestures = listenTo(self, self.screen);
    },
    async open({ pictureId }, byUser) {
      await self.screen?.ready;
      const initial = ([slice]: Slice[]) =>
        slice && views.initialView(slice, self.screen?.size ?? { width: 0, height: 0 });
      await stack.opening.open(pictureId, ({ slices }) => initial(slices), byUser ? 'user' : 'opened');
    },
    commands: () => imagingCommands(moves.commands()),
    gestures() {
      const names = ['left', 'middle', 'right', 'alt', 'wheel', 'ctrlWheel', 'touch'] as const;
      return Object.fromEntries(names.map((name) => [name, i18next.t(`imaging:gesture.${name}`)]));
    },
    exportPicture: (paint) => exportShown(self, paint),
    pause: () => cine.pause(),
    dispose() {
      cine.pause();
      for (const unsubscribe of subscriptions) unsubscribe();
      previews.want(undefined, { voi: null });
      stopGestures?.();
      self.screen?.dispose();
    },
  });
}

function mountScreen({ stack, content, cine, frame, frames, previews }: Window, element: HTMLElement): Screen {
  return createScreen({
    element,
    content: () => ({
      stack,
      image: content.image(),
      overlays: content.overlays(),
      quality: frame.quality,
      voi: content.voi(),
      warnings: content.warnings(),
    }),
    preview: (slice, view) => previews.find(slice, view),
    stateOf: (slice) => frames.stateOf(slice),
    failureOf: (slice) => frames.failureOf(slice),
    cine,
    goTo: stack.goTo,
    onDraw: frame.draws.emit,
    onResize: frame.refit,
    onRetry() {
      frames.retryFailed();
      stack.opening.retry();
    },
  });
}

/** @returns stops listening. */
function listenTo({ stack, content, frame, moves }: Window, screen: Screen): () => void {
  const drags = createDrags({
    screen,
    stack,
    frame,
    window() {
      const now = content.voi();
      const stored = content.pixels();
      if (!now) return undefined;
      if (!('entries' in now)) return { center: now.center, width: now.width, function: now.function };
      return stack.slice && stored ? fullRangeWindow(stack.slice.description, stored) : undefined;
    },
  });
  return listenToGestures({
    element: screen.element,
    mode: () => (moves.mode === 'window' && !content.isGray() ? 'pan' : moves.mode),
    ...drags,
  });
}

/** What the review asks of points, targets and shapes. */
function aboutPictures(self: Window) {
  const { stack, content } = self;
  return {
    ...pointsOn(() => self.screen),
    clamp({ x, y }) {
      const { columns, rows } = stack.slice?.description ?? {
        columns: Number.POSITIVE_INFINITY,
        rows: Number.POSITIVE_INFINITY,
      };
      return { x: Math.min(Math.max(x, 0), columns), y: Math.min(Math.max(y, 0), rows) };
    },
    nudge: () => ({ x: 1, y: 1 }),
    isSame: (a, b) =>
      a.kind === 'imaging' && b.kind === 'imaging' && a.sopInstanceUid === b.sopInstanceUid && a.frame === b.frame,
    pictureId: (target) => (target.kind === 'imaging' ? pictureIdOf(target) : ''),
    measures: () => imageMeasures(stack.slice?.description, content.pixels()),
  } satisfies Partial<Viewer>;
}

async function exportShown({ stack, content, images, overlays, screen }: Window, paint: Paint) {
  const { view, series, slice, index } = stack;
  if (!view || !series || !slice || !screen) throw new Error('nothing is shown');
  const image = await images.load(slice, new AbortController().signal);
  const { clientWidth: width, clientHeight: height } = screen.element;
  const planes = content.overlaysShown ? await overlays.load(slice, image.pixels) : {};
  return exportView({ view, series, slice, index, image, overlays: planes, window: { width, height }, paint });
}
