import type { Point } from '../../server/contract/picture.ts';

/** x' = a x + c y + e, y' = b x + d y + f, in the order of `CanvasRenderingContext2D.setTransform`. */
export interface Affine {
  a: number;
  b: number;
  c: number;
  d: number;
  e: number;
  f: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Cosine and sine of a clockwise turn; exact at right angles, where Math.cos is not. */
export function turn(degrees: number): { cos: number; sin: number } {
  const quarters: Record<number, { cos: number; sin: number }> = {
    0: { cos: 1, sin: 0 },
    90: { cos: 0, sin: 1 },
    180: { cos: -1, sin: 0 },
    270: { cos: 0, sin: -1 },
  };
  const radians = (degrees * Math.PI) / 180;
  return quarters[degrees] ?? { cos: Math.cos(radians), sin: Math.sin(radians) };
}

export function apply({ a, b, c, d, e, f }: Affine, { x, y }: Point): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

export function invert({ a, b, c, d, e, f }: Affine): Affine {
  const determinant = a * d - b * c;
  return {
    a: d / determinant,
    b: -b / determinant,
    c: -c / determinant,
    d: a / determinant,
    e: (c * f - d * e) / determinant,
    f: (b * e - a * f) / determinant,
  };
}
