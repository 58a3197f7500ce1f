import type { ImageDescription } from '../../../server/formats/image/image.ts';
import type { StoredPixels } from '../../../server/formats/image/stored-pixels.ts';
import { storedRange } from '../../../server/formats/image/stored-range.ts';
import { createFramePainter, drawThrough, type FramePainter, invertThrough } from './frame-painter.ts';
import type { EnabledElement, Image } from './types.ts';
import { lookOf, transformOf } from './viewport.ts';

/** A frame at full quality. */
export interface FrameImage extends Image {
  pixels: StoredPixels;
}

/** A frame as the package takes it, drawn by us: its own renderer rounds windows otherwise than PS3.3 and knows no functions. */
export function createFrameImage(imageId: string, description: ImageDescription, pixels: StoredPixels): FrameImage {
  const { windows, rescaleSlope, rescaleIntercept } = description;
  return {
    ...emptyImage(imageId, description),
    pixels,
    color: pixels.samplesPerPixel > 1,
    slope: rescaleSlope,
    intercept: rescaleIntercept,
    windowCenter: windows[0]?.center,
    windowWidth: windows[0]?.width,
    sizeInBytes: pixels.data.byteLength,
    get minPixelValue() {
      return storedRange(pixels.data).min;
    },
    get maxPixelValue() {
      return storedRange(pixels.data).max;
    },
    getPixelData: () => pixels.data,
    render(enabled) {
      const picture = painterOf(enabled).paint(pixels, description, lookOf(enabled.viewport));
      drawThrough(contextOf(enabled), picture, transformOf(enabled), sizeOf(description));
    },
  };
}

/** The server's lossy picture in its place, already windowed but not inverted. */
export function createPreviewImage(imageId: string, description: ImageDescription, bitmap: ImageBitmap): Image {
  return {
    ...emptyImage(imageId, description),
    sizeInBytes: bitmap.width * bitmap.height * 4,
    color: true,
    render(enabled) {
      const to = transformOf(enabled);
      drawThrough(contextOf(enabled), bitmap, to, sizeOf(description));
      if (lookOf(enabled.viewport).invert) invertThrough(contextOf(enabled), to, sizeOf(description));
    },
  };
}

/** A frame of which nothing has come; points have their place on it already. */
export function createAwaitedImage(description: ImageDescription): Image {
  return emptyImage('huizhen:awaited', description);
}

/** Black, where there is no picture at all. */
export const NO_IMAGE: Image = blackImage('huizhen:none', { rows: 1, columns: 1 });

export function isFrameImage(image: Image | undefined): image is FrameImage {
  return image !== undefined && 'pixels' in image;
}

function emptyImage(imageId: string, description: ImageDescription): Image {
  const { calibration, pixelAspectRatio } = description;
  const { spacing } = calibration;
  return {
    ...blackImage(imageId, description),
    rowPixelSpacing: spacing ? spacing.rowMm : pixelAspectRatio.vertical,
    columnPixelSpacing: spacing ? spacing.columnMm : pixelAspectRatio.horizontal,
  };
}

function blackImage(imageId: string, { rows, columns }: { rows: number; columns: number }): Image {
  return {
    imageId,
    rows,
    columns,
    height: rows,
    width: columns,
    rowPixelSpacing: 1,
    columnPixelSpacing: 1,
    sizeInBytes: 0,
    color: false,
    invert: false,
    slope: 1,
    intercept: 0,
    windowCenter: undefined,
    windowWidth: undefined,
    minPixelValue: 0,
    maxPixelValue: 0,
    getPixelData: () => [],
    render(enabled) {
      drawThrough(contextOf(enabled), undefined, transformOf(enabled), { width: columns, height: rows });
    },
  };
}

function sizeOf({ columns, rows }: ImageDescription): { width: number; height: number } {
  return { width: columns, height: rows };
}

/** The canvas has its context already, with the attributes that its maker chose. */
function contextOf({ canvas }: EnabledElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this canvas cannot be drawn on');
  return context;
}

const painters = new WeakMap<EnabledElement['renderingTools'], FramePainter>();

function painterOf({ renderingTools }: EnabledElement): FramePainter {
  const painter = painters.get(renderingTools) ?? createFramePainter();
  painters.set(renderingTools, painter);
  return painter;
}
