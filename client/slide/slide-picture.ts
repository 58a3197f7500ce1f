import OpenSeadragon from 'openseadragon';
import { Failure } from '../../server/contract/failure.ts';
import { type Affine, apply, invert } from '../viewer/affine.ts';
import { createCanvasDrawer, type Frame } from './canvas-drawer.ts';
import type { DrawerName } from './drawer-choice.ts';
import type { Pyramid } from './pyramid.ts';
import { fetchPicture } from './tile-fetch.ts';
import { createTileSource } from './tile-source.ts';
import { layerFor, tilesInView } from './tiles-in-view.ts';
import { slideToCanvas } from './transform.ts';
import type { View } from './view.ts';
import type { WindowSize } from './window-size.ts';

/** What a window may need at once; beyond it the next coarser layer is shown. */
const MAX_VIEW_PIXELS = 40e6;
/** Decoded tiles that are kept, so that panning back costs nothing: 240 MB. */
const MAX_KEPT_PIXELS = 60e6;
/** A browser opens six connections to a server; one stays free for everything else. */
const CONCURRENT_TILES = 5;

/** What a frame shows, and which layer of the pyramid is fine enough for it. */
type LayerFrame = Frame & { layer: number };

/** How much of what the window needs is there. */
export interface Progress {
  /** Something, however coarse, is to be seen. */
  drawn: boolean;
  loaded: number;
  total: number;
  /** The file has nothing fine enough for this zoom that could be had in reasonable time. */
  coarse: boolean;
  failure: Failure | undefined;
}

/** One slide in its element: loads and draws the tiles that a view needs. */
export interface SlidePicture {
  readonly drawer: DrawerName;
  /** Draws so from the browser's next frame on. */
  show(view: View, size: WindowSize): void;
  progress(): Progress;
  /** Asks again for what failed. */
  retry(): void;
  dispose(): void;
}

export interface SlidePictureParts {
  element: HTMLElement;
  pyramid: Pyramid;
  drawer: DrawerName;
  /** A frame was drawn. */
  onDraw(): void;
  /** The drawer cannot go on; called outside of any drawing. */
  onLost(): void;
}

/** @throws where the drawer cannot be had. */
export function createSlidePicture({ element, pyramid, drawer, onDraw, onLost }: SlidePictureParts): SlidePicture {
  let frame: LayerFrame | undefined;
  const failures = new Map<string, Failure>();
  const source = createTileSource({
    pyramid,
    wantedLayer: () => frame?.layer ?? 0,
    async load(layer, column, row, signal) {
      const address = pyramid.layers[layer]?.addressOf(column, row) ?? '';
      try {
        return await fetchPicture(address, signal);
      } catch (thrown) {
        if (!signal.aborted) failures.set(keyOf(layer, column, row), asFailure(thrown));
        throw thrown;
      }
    },
  });
  const viewer = createTileViewer(
    element,
    pyramid,
    drawer === 'webgl' ? 'webgl' : createCanvasDrawer(pyramid, () => frame),
  );
  const givenUp: OpenSeadragon.Tile[] = [];
  const giveUp = ({ tile }: { tile: OpenSeadragon.Tile }): void => {
    givenUp.push(tile);
  };
  const lose = (): void => queueMicrotask(onLost);
  viewer.addHandler('webgl-context-recovery-failed', lose);
  viewer.addHandler('drawer-error', lose);
  viewer.setMouseNavEnabled(false);
  viewer.addHandler('tile-load-failed', giveUp);
  viewer.addHandler('update-viewport', onDraw);
  viewer.addTiledImage({ tileSource: source });
  viewer.drawer.canvas.dataset['testid'] = 'slide-canvas';

  return {
    drawer,
    show(view, size) {
      const toCanvas = slideToCanvas(view, size);
      const layer = layerFor(pyramid, toCanvas, size, MAX_VIEW_PIXELS);
      frame = { toCanvas, size, layer };
      moveTo(viewer.viewport, pyramid, toCanvas, view, size);
      viewer.forceRedraw();
    },
    progress() {
      const image = viewer.world?.getItemAt(0);
      if (!frame || !image) return { drawn: false, loaded: 0, total: 0, coarse: false, failure: undefined };
      const drawn = image.lastDrawn.filter(({ tile }) => tile.loaded);
      const there = new Set(drawn.map(({ tile }) => keyOf(tile.level, tile.x, tile.y)));
      return progressOf(pyramid, frame, there, failures);
    },
    retry() {
      failures.clear();
      // OpenSeadragon takes a tile that failed for one that is not there, and never asks again.
      for (const tile of givenUp.splice(0)) tile.exists = true;
      viewer.world.getItemAt(0)?.update(true);
      viewer.forceRedraw();
    },
    dispose() {
      viewer.removeHandler('tile-load-failed', giveUp);
      viewer.removeHandler('update-viewport', onDraw);
      viewer.destroy();
    },
  };
}

function keyOf(layer: number, column: number, row: number): string {
  return `${layer}/${column}_${row}`;
}

/** @param there keys of the tiles that are drawn. */
function progressOf(
  pyramid: Pyramid,
  { layer: index, toCanvas, size }: LayerFrame,
  there: ReadonlySet<string>,
  failures: ReadonlyMap<string, Failure>,
): Progress {
  const layer = pyramid.layers[index];
  const needed = (layer ? tilesInView(layer, toCanvas, size) : []).map(({ column, row }) => keyOf(index, column, row));
  return {
    drawn: there.size > 0,
    loaded: needed.filter((key) => there.has(key)).length,
    total: needed.length,
    coarse: layer?.isThumbnail ?? true,
    failure: needed.map((key) => failures.get(key)).find((failure) => failure !== undefined),
  };
}

/** Lays the slide where the transform has it. */
function moveTo(
  viewport: OpenSeadragon.Viewport,
  pyramid: Pyramid,
  toCanvas: Affine,
  view: View,
  size: WindowSize,
): void {
  const css = new OpenSeadragon.Point(size.width / size.pixelRatio, size.height / size.pixelRatio);
  if (!viewport.getContainerSize().equals(css)) viewport.resize(css, false);
  // Where the transform puts the middle of the window, whole pixels respected, not where the view has it.
  const center = apply(invert(toCanvas), { x: size.width / 2, y: size.height / 2 });
  const width = (view.imagePixelsPerScreenHeight * size.width) / size.height;
  viewport.setRotation(view.rotation, true);
  viewport.zoomTo(pyramid.width / width, undefined, true);
  viewport.panTo(new OpenSeadragon.Point(center.x / pyramid.width, center.y / pyramid.width), true);
}

/** OpenSeadragon without a will of its own. @throws where the drawer cannot be had. */
function createTileViewer(
  element: HTMLElement,
  pyramid: Pyramid,
  drawer: 'webgl' | ReturnType<typeof createCanvasDrawer>,
): OpenSeadragon.Viewer {
  const tilePixels = Math.max(...pyramid.layers.map(({ tileWidth, tileHeight }) => tileWidth * tileHeight));
  return new OpenSeadragon.Viewer({
    element,
    drawer,
    // Where the slide lies is told by show() alone: nothing moves by itself, and no key or press is taken from the review.
    mouseNavEnabled: false,
    keyboardNavEnabled: false,
    showNavigationControl: false,
    autoResize: false,
    animationTime: 0,
    visibilityRatio: 0,
    minZoomLevel: 1e-9,
    maxZoomLevel: 1e9,
    minPixelRatio: 1e-9,
    imageLoaderLimit: CONCURRENT_TILES,
    maxTilesPerFrame: CONCURRENT_TILES,
    maxImageCacheCount: Math.max(16, Math.ceil(MAX_KEPT_PIXELS / tilePixels)),
    // Outages are waited for where tiles are fetched.
    timeout: 2 ** 31 - 1,
    tabIndex: -1,
  });
}

function asFailure(thrown: unknown): Failure {
  return thrown instanceof Failure ? thrown : new Failure('internal', 'a tile cannot be shown', { cause: thrown });
}
