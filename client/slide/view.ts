import type { PathologyViewport } from '../../server/contract/pathology.ts';
import type { Point } from '../../server/contract/picture.ts';
import { apply, invert, type Size } from '../viewer/affine.ts';
import { applyLinear, slideToCanvas } from './transform.ts';

export type View = PathologyViewport;

/** What a change of view needs to know. Sizes in pixels: the slide's largest level, and the canvas. */
export interface Scene {
  slide: Size;
  size: Size;
}

/** Canvas pixels that one pixel of the slide is drawn as at the most. */
const MAX_ENLARGEMENT = 8;
/** At the smallest the fitted slide takes this part of the window. */
const MIN_FIT = 0.2;

/** The whole slide, upright. */
export function initialView(slideId: string, scene: Scene): View {
  const target = { kind: 'pathology' as const, slideId, widthPx: scene.slide.width };
  return fitView({ target, center: { x: 0, y: 0 }, imagePixelsPerScreenHeight: 1, rotation: 0 }, scene);
}

/** The same part of the slide in the pixels of another largest level: files have arrived since, here or at the other side. */
export function onWidth(view: View, widthPx: number): View {
  const factor = widthPx / view.target.widthPx;
  if (factor === 1) return view;
  return {
    ...view,
    target: { ...view.target, widthPx },
    center: { x: view.center.x * factor, y: view.center.y * factor },
    imagePixelsPerScreenHeight: view.imagePixelsPerScreenHeight * factor,
  };
}

/** The whole slide just inside the window, however it is turned. */
export function fitView(view: View, { slide, size }: Scene): View {
  const radians = (view.rotation * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))];
  const [width, height] = [slide.width * cos + slide.height * sin, slide.width * sin + slide.height * cos];
  const wide = size.width > 0 && size.height > 0 ? (width * size.height) / size.width : 0;
  return {
    ...view,
    center: { x: slide.width / 2, y: slide.height / 2 },
    imagePixelsPerScreenHeight: Math.max(height, wide),
  };
}

export function isFitted(view: View, scene: Scene): boolean {
  const { center, imagePixelsPerScreenHeight } = fitView(view, scene);
  return (
    view.center.x === center.x &&
    view.center.y === center.y &&
    view.imagePixelsPerScreenHeight === imagePixelsPerScreenHeight
  );
}

/** One pixel of the slide on one of the canvas. */
export function actualSize(view: View, { size }: Scene): View {
  return { ...view, imagePixelsPerScreenHeight: size.height };
}

/** Larger by the factor; what lies under `at` (canvas pixels) stays there. */
export function zoomAt(view: View, scene: Scene, factor: number, at: Point): View {
  const { slide, size } = scene;
  const fitted = fitView(view, scene).imagePixelsPerScreenHeight;
  const wanted = view.imagePixelsPerScreenHeight / factor;
  // A tiny slide may be shown larger than fitted, but a huge one must not vanish.
  const most = Math.max(fitted / MIN_FIT, size.height);
  const bounded = Math.min(Math.max(wanted, size.height / MAX_ENLARGEMENT), most);
  const zoomed = { ...view, imagePixelsPerScreenHeight: bounded };
  const under = apply(invert(slideToCanvas(view, size)), at);
  const offset = applyLinear(invert(slideToCanvas(zoomed, size)), {
    x: at.x - size.width / 2,
    y: at.y - size.height / 2,
  });
  return centred(zoomed, { x: under.x - offset.x, y: under.y - offset.y }, slide);
}

/** The picture moves by so many canvas pixels. */
export function panBy(view: View, { slide, size }: Scene, dx: number, dy: number): View {
  const step = applyLinear(invert(slideToCanvas(view, size)), { x: dx, y: dy });
  return centred(view, { x: view.center.x - step.x, y: view.center.y - step.y }, slide);
}

export function centreOn(view: View, { slide }: Scene, center: Point): View {
  return centred(view, center, slide);
}

/** The middle of the window stays over the slide: it cannot be lost. */
function centred(view: View, center: Point, slide: Size): View {
  return { ...view, center: clampTo(slide, center) };
}

export function clampTo(slide: Size, { x, y }: Point): Point {
  return { x: Math.min(Math.max(x, 0), slide.width), y: Math.min(Math.max(y, 0), slide.height) };
}

/** Clockwise around the middle of the window. */
export function rotateBy(view: View, degrees: number): View {
  return { ...view, rotation: (((view.rotation + degrees) % 360) + 360) % 360 };
}
