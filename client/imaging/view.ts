import type { ImagingViewport } from '../../server/contract/imaging.ts';
import type { Point } from '../../server/contract/picture.ts';
import type { ImageDescription, VoiWindow } from '../../server/formats/image/image.ts';
import { apply, invert, type Size } from '../viewer/affine.ts';
import type { Slice } from './series.ts';
import { centerKeeping, fitHeight, imageToCanvas } from './transform.ts';

export type View = ImagingViewport;

/** What a change of view needs to know about the picture and the window. Sizes in canvas pixels. */
export interface Scene {
  description: ImageDescription;
  size: Size;
}

const MAX_MAGNIFICATION = 32;
/** At the smallest the fitted image takes this part of the window. */
const MIN_FIT = 0.1;

/** Width of a pixel in units of its height: from its size in millimetres, else from the aspect ratio that the file states. */
export function pixelAspectOf({ calibration, pixelAspectRatio }: ImageDescription): number {
  const { spacing } = calibration;
  return spacing ? spacing.columnMm / spacing.rowMm : pixelAspectRatio.horizontal / pixelAspectRatio.vertical;
}

/** The whole image, upright, in its own window. */
export function initialView(slice: Slice, size: Size): ImagingViewport {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, frame, description } = slice;
  return fitView(
    {
      target: { kind: 'imaging', studyInstanceUid, seriesInstanceUid, sopInstanceUid, frame },
      center: { x: 0, y: 0 },
      imagePixelsPerScreenHeight: description.rows,
      rotation: 0,
      flipHorizontal: false,
      flipVertical: false,
      voi: null,
      invert: false,
    },
    { description, size },
  );
}

export function fitView(view: ImagingViewport, { description, size }: Scene): ImagingViewport {
  const { columns, rows } = description;
  return {
    ...view,
    center: { x: columns / 2, y: rows / 2 },
    imagePixelsPerScreenHeight: fitHeight(
      { width: columns, height: rows },
      size,
      view.rotation,
      pixelAspectOf(description),
    ),
  };
}

/** One image pixel on one pixel of the screen. */
export function actualSize(view: ImagingViewport, { size }: Scene): ImagingViewport {
  return { ...view, imagePixelsPerScreenHeight: size.height };
}

/** Larger by the factor; the image point under `at` (canvas pixels) stays there. */
export function zoomAt(view: ImagingViewport, scene: Scene, factor: number, at: Point): ImagingViewport {
  const { description, size } = scene;
  const fitted = fitView(view, scene).imagePixelsPerScreenHeight;
  const wanted = view.imagePixelsPerScreenHeight / factor;
  const bounded = Math.min(Math.max(wanted, size.height / MAX_MAGNIFICATION), fitted / MIN_FIT);
  const zoomed = { ...view, imagePixelsPerScreenHeight: bounded };
  const aspect = pixelAspectOf(description);
  const under = apply(invert(imageToCanvas(view, size, aspect)), at);
  return centred(zoomed, centerKeeping(zoomed, size, aspect, under, at), description);
}

export function panBy(view: ImagingViewport, { description, size }: Scene, dx: number, dy: number): ImagingViewport {
  const linear = invert({ ...imageToCanvas(view, size, pixelAspectOf(description)), e: 0, f: 0 });
  const step = apply(linear, { x: dx, y: dy });
  return centred(view, { x: view.center.x - step.x, y: view.center.y - step.y }, description);
}

/** The middle of the window stays over the image: it cannot be lost. */
function centred(view: ImagingViewport, center: Point, { columns, rows }: ImageDescription): ImagingViewport {
  const bound = (value: number, end: number): number => Math.min(Math.max(value, 0), end);
  return { ...view, center: { x: bound(center.x, columns), y: bound(center.y, rows) } };
}

export function rotateBy(view: ImagingViewport, degrees: number): ImagingViewport {
  return { ...view, rotation: (((view.rotation + degrees) % 360) + 360) % 360 };
}

/** Mirrors what is on the screen left to right, however it is turned: mirroring a turn reverses it. */
export function flipSideways(view: ImagingViewport): ImagingViewport {
  return { ...view, rotation: (360 - view.rotation) % 360, flipHorizontal: !view.flipHorizontal };
}

export function flipUpright(view: ImagingViewport): ImagingViewport {
  return { ...view, rotation: (360 - view.rotation) % 360, flipVertical: !view.flipVertical };
}

/** Dragging 200 pixels sideways makes the window e times as wide; dragging down by 300 moves it up by its width. */
const WIDTH_PX = 200;
const CENTER_PX = 300;

/**
 * The window after a drag by so many screen pixels: to the right wider (less contrast), down higher (darker). LINEAR is not
 * defined below a width of 1 (PS3.3 C.11.2.1.2.1). Values are rounded to about three significant steps of the width.
 */
export function draggedWindow(from: VoiWindow, dx: number, dy: number): VoiWindow {
  const least = from.function === 'LINEAR' ? 1 : 1e-6;
  const width = Math.max(least, from.width * Math.exp(dx / WIDTH_PX));
  const center = from.center + (dy * from.width) / CENTER_PX;
  const step = width >= 50 ? 1 : 10 ** Math.floor(Math.log10(width) - 2);
  const round = (value: number): number => Number((Math.round(value / step) * step).toPrecision(12));
  return { center: round(center), width: Math.max(least, round(width)), function: from.function };
}

/** The same view on another picture of the stack; where that is of another size, the same part of it. */
export function onSlice(view: ImagingViewport, from: Slice | undefined, to: Slice): ImagingViewport {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid, frame } = to;
  const moved = {
    ...view,
    target: { kind: 'imaging' as const, studyInstanceUid, seriesInstanceUid, sopInstanceUid, frame },
  };
  if (!from) return moved;
  const across = to.description.columns / from.description.columns;
  const down = to.description.rows / from.description.rows;
  if (across === 1 && down === 1) return moved;
  return {
    ...moved,
    center: { x: view.center.x * across, y: view.center.y * down },
    imagePixelsPerScreenHeight: view.imagePixelsPerScreenHeight * down,
  };
}

export function isFitted(view: ImagingViewport, scene: Scene): boolean {
  const { center, imagePixelsPerScreenHeight } = fitView(view, scene);
  return (
    view.center.x === center.x &&
    view.center.y === center.y &&
    view.imagePixelsPerScreenHeight === imagePixelsPerScreenHeight
  );
}
