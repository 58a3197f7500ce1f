import OpenSeadragon from 'openseadragon';
import type { Layer, Pyramid } from './pyramid.ts';
import { tileRect } from './pyramid.ts';

// OpenSeadragon leaves them to the garbage collector, which does not see how large they are.
OpenSeadragon.converter.learnDestroy('imageBitmap', (bitmap: ImageBitmap) => bitmap.close());

export interface TileSourceParts {
  pyramid: Pyramid;
  /** The layer that the window needs now: finer ones are not asked for. */
  wantedLayer(): number;
  load(layer: number, column: number, row: number, signal: AbortSignal): Promise<ImageBitmap>;
}

/**
 * The pyramid as OpenSeadragon asks for it. Its levels are counted through, so that it never asks for one that the file leaves
 * out; where each tile lies and which part of it is drawn come from our own arithmetic.
 */
export function createTileSource({ pyramid, wantedLayer, load }: TileSourceParts): OpenSeadragon.TileSource {
  const { width, height, layers } = pyramid;
  const layerAt = (index: number): Layer => layers[index] ?? (layers[0] as Layer);
  const running = new WeakMap<OpenSeadragon.ImageJob, AbortController>();
  const source = new OpenSeadragon.TileSource({
    width,
    height,
    tileWidth: layerAt(0).tileWidth,
    tileHeight: layerAt(0).tileHeight,
    tileOverlap: 0,
    minLevel: 0,
    maxLevel: layers.length - 1,
  });
  return Object.assign(source, {
    getLevelScale: (level: number) => layerAt(level).scale,
    getTileWidth: (level: number) => layerAt(level).tileWidth,
    getTileHeight: (level: number) => layerAt(level).tileHeight,
    getNumTiles: (level: number) => new OpenSeadragon.Point(layerAt(level).columns, layerAt(level).rows),
    getPixelRatio(level: number) {
      const ratio = level > wantedLayer() ? 0 : OpenSeadragon.pixelDensityRatio / (width * layerAt(level).scale);
      return new OpenSeadragon.Point(ratio, ratio);
    },
    getTileAtPoint(level: number, { x, y }: OpenSeadragon.Point) {
      const { scale, tileWidth, tileHeight, columns, rows } = layerAt(level);
      const place = (at: number, tile: number, count: number): number =>
        Math.min(Math.max(Math.floor((at * width * scale) / tile), 0), count - 1);
      return new OpenSeadragon.Point(place(x, tileWidth, columns), place(y, tileHeight, rows));
    },
    getTileBounds(level: number, column: number, row: number, isSource?: boolean) {
      const layer = layerAt(level);
      const rect = tileRect(layer, column, row);
      // A thumbnail's size is known only when it comes, and all of it is drawn.
      if (isSource && layer.isThumbnail) return new OpenSeadragon.Rect(0, 0, 1e6, 1e6);
      if (isSource) return new OpenSeadragon.Rect(0, 0, rect.width, rect.height);
      const unit = 1 / (width * layer.scale);
      return new OpenSeadragon.Rect(rect.x * unit, rect.y * unit, rect.width * unit, rect.height * unit);
    },
    getTileUrl: (level: number, column: number, row: number) => layerAt(level).addressOf(column, row),
    hasTransparency: () => false,
    downloadTileStart(job: OpenSeadragon.ImageJob) {
      const aborting = new AbortController();
      running.set(job, aborting);
      const { level, x, y } = job.tile;
      load(level, x, y, aborting.signal).then(
        (bitmap) => {
          // The window that asked for it is gone.
          if (aborting.signal.aborted) bitmap.close();
          else job.finish(bitmap, null, 'imageBitmap');
        },
        (thrown: unknown) => {
          if (!aborting.signal.aborted) job.fail(String(thrown), null);
        },
      );
    },
    downloadTileAbort: (job: OpenSeadragon.ImageJob) => running.get(job)?.abort(),
  });
}
