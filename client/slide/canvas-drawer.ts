import OpenSeadragon from 'openseadragon';
import type { Affine, Size } from '../viewer/affine.ts';
import { createSoftwareCanvas } from '../viewer/sharp-canvas.ts';
import type { Pyramid } from './pyramid.ts';
import { drawTile, smoothingFor } from './tile-drawing.ts';
import { zoomOf } from './tiles-in-view.ts';

export interface Frame {
  toCanvas: Affine;
  /** Canvas pixels. */
  size: Size;
}

/**
 * OpenSeadragon's canvas drawer with a drawing of our own: theirs stretches each tile by a pixel to hide the seams, which puts
 * what is seen up to a pixel off, and composes twice when enlarged.
 */
export function createCanvasDrawer(
  pyramid: Pyramid,
  frame: () => Frame | undefined,
): new (
  options: OpenSeadragon.DrawerConstructorParameters,
) => OpenSeadragon.CanvasDrawer {
  return class SlideCanvasDrawer extends OpenSeadragon.CanvasDrawer {
    override getSupportedDataFormats(): string[] {
      return ['imageBitmap'];
    }

    /** Called by OpenSeadragon's constructor; it asks this canvas for its context afterwards and gets ours. */
    _createDrawingElement(): HTMLCanvasElement {
      return createSoftwareCanvas().canvas;
    }

    /** Theirs would make tiles larger than they are. */
    minimumOverlapRequired(): boolean {
      return false;
    }

    draw(tiledImages: OpenSeadragon.TiledImage[]): void {
      const { canvas } = this;
      const context = canvas.getContext('2d');
      const now = frame();
      if (!context || !now) return;
      const { toCanvas, size } = now;
      if (canvas.width !== size.width || canvas.height !== size.height) {
        canvas.width = size.width;
        canvas.height = size.height;
      }
      context.resetTransform();
      context.fillStyle = '#000000';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.imageSmoothingEnabled = true;
      for (const { tile } of tiledImages.flatMap((image) => image.getTilesToDraw())) {
        const layer = pyramid.layers[tile.level];
        const image: ImageBitmap | undefined = this.getDataToDraw(tile);
        if (!layer || !image) continue;
        context.imageSmoothingQuality = smoothingFor(layer, zoomOf(toCanvas));
        drawTile(context, image, layer, { column: tile.x, row: tile.y }, toCanvas);
      }
    }
  };
}
