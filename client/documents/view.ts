import type { DocumentsViewport } from '../../server/contract/documents.ts';
import type { Point } from '../../server/contract/picture.ts';
import { apply, invert, type Size } from '../viewer/affine.ts';
import type { Rotation } from './page-source.ts';
import { placePage, turnedSize } from './placement.ts';

export type View = DocumentsViewport;

/** What a change of view needs to know: the upright page in its units, the canvas in pixels. */
export interface Scene {
  page: Size;
  window: Size;
}

/** Canvas pixels in one unit of a page at the most. */
const MAX_SCALE = 16;
/** At the smallest the fitted page takes this part of the window. */
const MIN_FIT = 0.5;

export function initialView(documentId: string, page: number, scene: Scene): View {
  const target = { kind: 'documents' as const, documentId, page };
  return fitView({ target, center: { x: 0, y: 0 }, pageUnitsPerScreenHeight: 1, rotation: 0 }, scene);
}

/** The whole page just inside the window. */
export function fitView(view: View, { page, window }: Scene): View {
  const { width, height } = turnedSize(page, view.rotation);
  const wide = window.width > 0 ? (width * window.height) / window.width : 0;
  return { ...view, center: middleOf(page), pageUnitsPerScreenHeight: Math.max(height, wide) };
}

/** The page as wide as the window, from its top. */
export function fitWidth(view: View, { page, window }: Scene): View {
  const { width } = turnedSize(page, view.rotation);
  const wide = { ...view, center: middleOf(page), pageUnitsPerScreenHeight: (width * window.height) / window.width };
  return atEdge(wide, { page, window }, 'start');
}

/** One pixel of a photograph, or 1/96 inch of a page, on one CSS pixel. */
export function actualSize(view: View, { window }: Scene, unitsPerCssPixel: number, pixelRatio: number): View {
  return { ...view, pageUnitsPerScreenHeight: (window.height / pixelRatio) * unitsPerCssPixel };
}

export function isFitted(view: View, scene: Scene): boolean {
  const { center, pageUnitsPerScreenHeight } = fitView(view, scene);
  return (
    view.center.x === center.x &&
    view.center.y === center.y &&
    view.pageUnitsPerScreenHeight === pageUnitsPerScreenHeight
  );
}

/** Larger by the factor; what lies under `at` (canvas pixels) stays there. */
export function zoomAt(view: View, scene: Scene, factor: number, at: Point): View {
  const { page, window } = scene;
  const most = fitView(view, scene).pageUnitsPerScreenHeight / MIN_FIT;
  const wanted = view.pageUnitsPerScreenHeight / factor;
  const bounded = Math.min(Math.max(wanted, window.height / MAX_SCALE), Math.max(most, window.height));
  const zoomed = { ...view, pageUnitsPerScreenHeight: bounded };
  const under = apply(invert(placePage(view, page, window).toCanvas), at);
  const now = apply(invert(placePage(zoomed, page, window).toCanvas), at);
  return centred(zoomed, { x: view.center.x + under.x - now.x, y: view.center.y + under.y - now.y }, page);
}

/** The page moves by so many canvas pixels. */
export function panBy(view: View, { page, window }: Scene, dx: number, dy: number): View {
  const back = invert(placePage(view, page, window).toCanvas);
  const step = { x: back.a * dx + back.c * dy, y: back.b * dx + back.d * dy };
  return centred(view, { x: view.center.x - step.x, y: view.center.y - step.y }, page);
}

/** The view at the beginning or the end of the page, as one reads down it. */
export function atEdge(view: View, scene: Scene, edge: 'start' | 'end'): View {
  const { page, window } = scene;
  const { top, height } = placePage(view, page, window);
  if (height <= window.height) return panBy(view, scene, 0, (window.height - height) / 2 - top);
  return panBy(view, scene, 0, edge === 'start' ? -top : window.height - height - top);
}

/** How far one can still scroll, canvas pixels; a page that fits has none. */
export function roomBelow(view: View, { page, window }: Scene): number {
  const { top, height } = placePage(view, page, window);
  return height <= window.height ? 0 : Math.max(0, top + height - window.height);
}

export function roomAbove(view: View, { page, window }: Scene): number {
  const { top, height } = placePage(view, page, window);
  return height <= window.height ? 0 : Math.max(0, -top);
}

export function rotateBy(view: View, degrees: 90 | -90): View {
  return { ...view, rotation: ((view.rotation + degrees + 360) % 360) as Rotation };
}

export const middleOf = ({ width, height }: Size): Point => ({ x: width / 2, y: height / 2 });

export function clampTo({ width, height }: Size, { x, y }: Point): Point {
  return { x: Math.min(Math.max(x, 0), width), y: Math.min(Math.max(y, 0), height) };
}

/** The middle of the window stays over the page: it cannot be lost. */
function centred(view: View, center: Point, page: Size): View {
  return { ...view, center: clampTo(page, center) };
}
