import type { DocumentsViewport } from '../../server/contract/documents.ts';
import { type Affine, apply, type Size, turn } from '../viewer/affine.ts';
import type { PagePart, Rotation } from './page-source.ts';

/** A page on a canvas. All but the scale in canvas pixels. */
export interface Placement {
  scale: number;
  rotation: Rotation;
  /** Of the turned page. Its corner lies on a whole pixel, so that letters are as sharp at every place. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** From the page's own points. */
  toCanvas: Affine;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Where the view puts a page of this size in a window of that one. */
export function placePage(
  { center, pageUnitsPerScreenHeight, rotation }: Omit<DocumentsViewport, 'target'>,
  page: Size,
  window: Size,
): Placement {
  const scale = window.height / pageUnitsPerScreenHeight;
  const turned = turnPage(page, { scale, rotation, left: 0, top: 0 });
  const middle = apply(turned, center);
  const left = Math.round(window.width / 2 - middle.x);
  const top = Math.round(window.height / 2 - middle.y);
  const { width, height } = turnedSize(page, rotation);
  return {
    scale,
    rotation,
    left,
    top,
    width: width * scale,
    height: height * scale,
    toCanvas: { ...turned, e: turned.e + left, f: turned.f + top },
  };
}

/** From the page's points to pixels of a canvas that holds this part of it. */
export function turnPage({ width, height }: Size, { scale, rotation, left, top }: PagePart): Affine {
  const { cos, sin } = turn(rotation);
  // The corner that a turn brings to the top left, moved to (0, 0).
  const shiftX = (rotation === 90 ? height : rotation === 180 ? width : 0) * scale;
  const shiftY = (rotation === 180 ? height : rotation === 270 ? width : 0) * scale;
  return { a: cos * scale, b: sin * scale, c: -sin * scale, d: cos * scale, e: shiftX - left, f: shiftY - top };
}

export function turnedSize({ width, height }: Size, rotation: Rotation): Size {
  return rotation % 180 === 0 ? { width, height } : { width: height, height: width };
}

/** What of the page lies in the window, on whole pixels; undefined: nothing. */
export function visibleBox({ left, top, width, height }: Placement, window: Size): Box | undefined {
  const x = Math.max(0, left);
  const y = Math.max(0, top);
  const right = Math.min(window.width, Math.ceil(left + width));
  const bottom = Math.min(window.height, Math.ceil(top + height));
  return right > x && bottom > y ? { left: x, top: y, width: right - x, height: bottom - y } : undefined;
}
