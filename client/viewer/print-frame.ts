import type { Point } from '../../server/contract/picture.ts';
import type { Size } from './affine.ts';

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What a picture may take of an A4 page between the report's margins (178 by 190 mm), in CSS pixels of 1/96 inch. */
const PAGE_PX: Size = { width: 672, height: 718 };
/** About 230 dots an inch over the width of the page. */
const MIN_LONG_SIDE_PX = 1600;
/** Beyond it files grow without showing more. */
const MAX_LONG_SIDE_PX = 3200;

/** How a picture is drawn for the report: what of the window, how finely, and how large its letters are. */
export interface PrintFrame {
  /** Of the window, in its CSS pixels: where there is a picture. */
  crop: Box;
  /** Canvas pixels in a CSS pixel of the window. */
  zoom: number;
  /** Canvas pixels in a CSS pixel of the printed page: lines and letters are as large there as they read. */
  scale: number;
  widthPx: number;
  heightPx: number;
}

/**
 * @param corners of the picture, in the window's CSS pixels, in any order.
 * @param finestZoom canvas pixels in a CSS pixel at which none of the picture's own pixels is lost.
 */
export function printFrame(window: Size, corners: readonly Point[], finestZoom: number): PrintFrame {
  const crop = cropOf(window, corners);
  const longSide = Math.max(crop.width, crop.height);
  const zoom = Math.min(Math.max(MIN_LONG_SIDE_PX / longSide, finestZoom), MAX_LONG_SIDE_PX / longSide);
  const size = { width: Math.round(crop.width * zoom), height: Math.round(crop.height * zoom) };
  return { crop, zoom, scale: printScale(size), widthPx: size.width, heightPx: size.height };
}

/** Canvas pixels in a CSS pixel of the page, where a picture of this size is printed as large as the page allows. */
export function printScale({ width, height }: Size): number {
  return Math.max(width / PAGE_PX.width, height / PAGE_PX.height);
}

/** Where a point of the window lies on the frame's canvas. */
export function onFrame({ crop, zoom }: PrintFrame, { x, y }: Point): Point {
  return { x: (x - crop.x) * zoom, y: (y - crop.y) * zoom };
}

function cropOf(window: Size, corners: readonly Point[]): Box {
  const across = corners.map(({ x }) => x);
  const down = corners.map(({ y }) => y);
  const left = Math.max(0, Math.floor(Math.min(...across)));
  const top = Math.max(0, Math.floor(Math.min(...down)));
  const right = Math.min(window.width, Math.ceil(Math.max(...across)));
  const bottom = Math.min(window.height, Math.ceil(Math.max(...down)));
  // Nothing of it is in the window: what is seen is what is kept.
  if (!(right - left >= 1 && bottom - top >= 1)) return { x: 0, y: 0, ...window };
  return { x: left, y: top, width: right - left, height: bottom - top };
}
