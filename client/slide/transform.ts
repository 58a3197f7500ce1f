import type { PathologyViewport } from '../../server/contract/pathology.ts';
import type { Point } from '../../server/contract/picture.ts';
import { type Affine, apply, invert, type Size, turn } from '../viewer/affine.ts';

export type Placement = Pick<PathologyViewport, 'center' | 'imagePixelsPerScreenHeight' | 'rotation'>;

/** What arithmetic may lose of a scale that is meant to be whole. */
const WHOLE_TOLERANCE = 1e-9;

/**
 * From pixels of the slide's largest level to pixels of a canvas: turned clockwise, then scaled.
 *
 * Where every pixel of the slide can be exactly one of the canvas, or a square of some, it is: the slide's corner is put on a whole
 * canvas pixel, by which nothing moves more than half a pixel.
 */
export function slideToCanvas(placement: Placement, size: Size): Affine {
  const scale = size.height / placement.imagePixelsPerScreenHeight;
  const { cos, sin } = turn(placement.rotation);
  const [a, b, c, d] = [cos * scale, sin * scale, -sin * scale, cos * scale];
  const e = size.width / 2 - (a * placement.center.x + c * placement.center.y);
  const f = size.height / 2 - (b * placement.center.x + d * placement.center.y);
  return [a, b].every(isWhole) ? { a, b, c, d, e: Math.round(e), f: Math.round(f) } : { a, b, c, d, e, f };
}

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < WHOLE_TOLERANCE;

/** Every pixel of the slide is a square of whole canvas pixels. */
export function isOnWholePixels({ a, b, e, f }: Affine): boolean {
  return [a, b, e, f].every(isWhole);
}

/** The way that the point goes when the canvas moves by (x, y): the transform without its shift. */
export function applyLinear({ a, b, c, d }: Affine, { x, y }: Point): Point {
  return { x: a * x + c * y, y: b * x + d * y };
}

/** The window's corners in pixels of the slide, in order around it. */
export function windowCorners(toCanvas: Affine, { width, height }: Size): [Point, Point, Point, Point] {
  const back = invert(toCanvas);
  return [
    apply(back, { x: 0, y: 0 }),
    apply(back, { x: width, y: 0 }),
    apply(back, { x: width, y: height }),
    apply(back, { x: 0, y: height }),
  ];
}
