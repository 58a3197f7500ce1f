import type { ImagingViewport } from '../../server/contract/imaging.ts';
import type { Point } from '../../server/contract/picture.ts';
import { type Affine, apply, invert, type Size, turn } from '../viewer/affine.ts';

export type Placement = Pick<
  ImagingViewport,
  'center' | 'imagePixelsPerScreenHeight' | 'rotation' | 'flipHorizontal' | 'flipVertical'
>;

/**
 * From image pixels to pixels of a canvas: flipped in the image's own axes, then turned clockwise, then scaled. One image pixel
 * high is the unit; `pixelAspect` is a pixel's width in that unit (1 for square ones).
 *
 * At right angles the image's corner is put on a whole canvas pixel: at 1:1 every image pixel is then exactly one canvas pixel,
 * and nothing moves by more than half a pixel.
 */
export function imageToCanvas(placement: Placement, size: Size, pixelAspect: number): Affine {
  const scale = size.height / placement.imagePixelsPerScreenHeight;
  const { cos, sin } = turn(placement.rotation);
  const sx = scale * pixelAspect * (placement.flipHorizontal ? -1 : 1);
  const sy = scale * (placement.flipVertical ? -1 : 1);
  const a = cos * sx;
  const b = sin * sx;
  const c = -sin * sy;
  const d = cos * sy;
  const e = size.width / 2 - (a * placement.center.x + c * placement.center.y);
  const f = size.height / 2 - (b * placement.center.x + d * placement.center.y);
  return placement.rotation % 90 === 0 ? { a, b, c, d, e: Math.round(e), f: Math.round(f) } : { a, b, c, d, e, f };
}

/** The zoom at which the whole image is just inside the window. */
export function fitHeight(image: Size, window: Size, rotation: number, pixelAspect: number): number {
  const lying = rotation % 180 !== 0;
  const height = lying ? image.width * pixelAspect : image.height;
  const width = lying ? image.height : image.width * pixelAspect;
  if (window.width === 0 || window.height === 0) return height;
  return Math.max(height, (width * window.height) / window.width);
}

/** The centre with which the image point stays under the same canvas point when everything else of the placement changes. */
export function centerKeeping(
  placement: Placement,
  size: Size,
  pixelAspect: number,
  image: Point,
  canvas: Point,
): Point {
  const from = imageToCanvas({ ...placement, center: { x: 0, y: 0 } }, size, pixelAspect);
  const linear = invert({ ...from, e: 0, f: 0 });
  const offset = apply(linear, { x: canvas.x - size.width / 2, y: canvas.y - size.height / 2 });
  return { x: image.x - offset.x, y: image.y - offset.y };
}
