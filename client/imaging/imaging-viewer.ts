import i18next from 'i18next';
import type { Quality } from '../../server/contract/review.ts';
import { fullRangeWindow } from '../../server/formats/image/window.ts';
import { apply, invert } from '../review/affine.ts';
import { createSignal } from '../review/signal.ts';
import type { Viewer } from '../review/viewer.ts';
import { createCinePlayer } from './cine-player.ts';
import { imagingCommands } from './commands.ts';
import type { ImageLoader } from './cornerstone/loader.ts';
import { createDrags } from './drags.ts';
import { exportView } from './export.ts';
import type { FrameStore } from './frame-store.ts';
import { listenToGestures, type Mode } from './gestures.ts';
import type { Library } from './library.ts';
import { measureShape } from './measure.ts';
import type { OverlayStore } from './overlay-store.ts';
import { createPictureContent } from './picture-content.ts';
import { addressOfPicture, pictureIdOf } from './pictures.ts';
import type { PreviewStore } from './preview-store.ts';
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

/** One window onto the pictures of a case. */
export function createImagingViewer({ library, images, frames, previews, overlays }: ImagingViewerParts): Viewer {
  const moves = createSignal<views.View>();
  const states = createSignal<void>();
  const draws = createSignal<void>();
  const qualities = createSignal<Quality>();
  let screen: Screen | undefined;
  let stopGestures: (() => void) | undefined;
  let mode: Mode = 'window';
  let quality: Quality | undefined;
  /** What the toolbar shows, to tell when it has to be made anew. */
  let face = '';
  /** The view is the whole picture, and stays so when the window changes its size. */
  let fitted = false;

  const stack: Stack = createStack(library, ({ origin }) => {
    const { view, series, slice, index } = stack;
    if (series && slice) frames.look(series.slices, index);
    fitted = false;
    cine.moved();
    refresh();
    if (view && origin === 'user') moves.emit(view);
    tellState();
  });
  const scene = (): views.Scene | undefined => {
    const { slice } = stack;
    return screen && slice && { description: slice.description, size: screen.size };
  };
  const content = createPictureContent(stack, frames, overlays);
  const { pixels, voi, isGray } = content;
  const cine = createCinePlayer({
    stack,
    isThere: (slice) => frames.stateOf(slice) === 'full',
    isVisible: () => (screen?.element.clientWidth ?? 0) > 0,
    onChange: () => screen?.schedule(),
  });

  function refresh(): void {
    screen?.schedule();
    const { view, series, slice, failure } = stack;
    if (!view) {
      quality = undefined;
      return;
    }
    const preview = slice && !pixels() ? previews.find(slice, view) : undefined;
    const frame = slice && frames.stateOf(slice);
    previews.want(frame === 'full' || frame === 'failed' ? undefined : slice, view);
    const state =
      failure || frame === 'failed' ? 'failed' : frame === 'full' ? 'full' : preview ? 'preview' : 'loading';
    const loadedFrames = series?.slices.filter((each) => frames.stateOf(each) === 'full').length ?? 0;
    const next: Quality = { target: view.target, state, loadedFrames, totalFrames: series?.slices.length ?? 0 };
    if (JSON.stringify(next) === JSON.stringify(quality)) return;
    quality = next;
    qualities.emit(next);
  }
  function tellState(): void {
    const { view, series } = stack;
    const shown = view && [view.voi, view.invert, view.flipHorizontal, view.flipVertical];
    const { overlaysShown } = content;
    const next = JSON.stringify([mode, series?.seriesInstanceUid, isGray(), shown, overlaysShown, cine.available]);
    if (next === face) return;
    face = next;
    states.emit();
  }
  const change = (by: (view: views.View, scene: views.Scene) => views.View): void => {
    const now = scene();
    if (now && stack.view) stack.setView(by(stack.view, now), 'user');
  };
  const fit = (): void => {
    change(views.fitView);
    fitted = true;
  };
  const subscriptions = [
    frames.onChange((slice) => {
      if (stack.series?.seriesInstanceUid === slice.seriesInstanceUid) refresh();
    }),
    previews.onChange(refresh),
    overlays.onChange(refresh),
  ];

  return {
    mount(element) {
      const mounted = createScreen({
        element,
        content: () => ({
          stack,
          image: content.image(),
          overlays: content.overlays(),
          quality,
          voi: voi(),
          warnings: content.warnings(),
        }),
        preview: (slice, view) => previews.find(slice, view),
        stateOf: frames.stateOf,
        failureOf: frames.failureOf,
        cine,
        goTo: stack.goTo,
        onDraw: draws.emit,
        onResize() {
          const now = scene();
          if (!fitted || !now || !stack.view) return;
          stack.setView(views.fitView(stack.view, now), stack.origin);
          fitted = true;
        },
        onRetry() {
          frames.retryFailed();
          stack.retry();
        },
      });
      screen = mounted;
      const drags = createDrags({
        stage: mounted,
        stack,
        scene,
        window() {
          const now = voi();
          const stored = pixels();
          if (!now) return undefined;
          if (!('entries' in now)) return { center: now.center, width: now.width, function: now.function };
          return stack.slice && stored ? fullRangeWindow(stack.slice.description, stored) : undefined;
        },
      });
      stopGestures = listenToGestures({
        element,
        mode: () => (mode === 'window' && !isGray() ? 'pan' : mode),
        ...drags,
      });
    },
    show(viewport) {
      if (viewport.target.kind === 'imaging') stack.setView(viewport as views.View, 'shown');
    },
    async open(picture, byUser) {
      await screen?.ready;
      await stack.open(
        addressOfPicture(picture),
        (slice) => views.initialView(slice, screen?.size ?? { width: 0, height: 0 }),
        byUser ? 'user' : 'opened',
      );
      const now = scene();
      if (now && stack.view) fitted = views.isFitted(stack.view, now);
    },
    get viewport() {
      return stack.view;
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
    toImage({ x, y }) {
      const to = screen?.transform();
      return screen && to && apply(invert(to), { x: x * screen.pixelRatio, y: y * screen.pixelRatio });
    },
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
    measure(shape) {
      const { slice } = stack;
      if (!slice) return { values: [], calibration: undefined, pending: true };
      return measureShape(shape, slice.description, pixels());
    },
    tools: ['length', 'angle', 'ellipse', 'arrow'],
    commands() {
      const { view, series } = stack;
      return imagingCommands({
        mode,
        setMode(next) {
          mode = next;
          tellState();
        },
        isCt: series?.modality === 'CT',
        isGray: isGray(),
        voi: view?.voi ?? null,
        setVoi: (next) => change((now) => ({ ...now, voi: next })),
        inverted: view?.invert ?? false,
        flippedHorizontal: view?.flipHorizontal ?? false,
        flippedVertical: view?.flipVertical ?? false,
        overlaysShown: content.overlaysShown,
        toggleOverlays() {
          content.toggleOverlays();
          refresh();
          tellState();
        },
        cine: cine.available ? cine : null,
        invert: () => change((now) => ({ ...now, invert: !now.invert })),
        rotate: (degrees) => change((now) => views.rotateBy(now, degrees)),
        flipSideways: () => change(views.flipSideways),
        flipUpright: () => change(views.flipUpright),
        fit,
        actualSize: () => change(views.actualSize),
        reset() {
          const { slice } = stack;
          if (slice) change((_, { size }) => views.initialView(slice, size));
          fitted = true;
        },
        zoom(factor) {
          const { width, height } = screen?.size ?? { width: 0, height: 0 };
          change((now, where) => views.zoomAt(now, where, factor, { x: width / 2, y: height / 2 }));
        },
        scrollBy: (steps) => stack.goTo(stack.index + steps),
        scrollTo: (place) => stack.goTo(place === 'first' ? 0 : Number.POSITIVE_INFINITY),
      });
    },
    gestures() {
      const names = ['left', 'middle', 'right', 'alt', 'wheel', 'ctrlWheel', 'touch'] as const;
      return Object.fromEntries(names.map((name) => [name, i18next.t(`imaging:gesture.${name}`)]));
    },
    async exportPicture(paint) {
      const { view, series, slice, index } = stack;
      if (!view || !series || !slice || !screen) throw new Error('nothing is shown');
      const image = await images.load(slice, new AbortController().signal);
      const { clientWidth: width, clientHeight: height } = screen.element;
      const planes = content.overlaysShown ? await overlays.load(slice, image.pixels) : {};
      return exportView({
        view,
        series,
        slice,
        index,
        image,
        overlays: planes,
        window: { width, height },
        paint,
      });
    },
    pause: cine.pause,
    dispose() {
      cine.pause();
      for (const unsubscribe of subscriptions) unsubscribe();
      previews.want(undefined, { voi: null });
      stopGestures?.();
      screen?.dispose();
    },
  };
}
