import type { Point } from '../../server/contract/picture.ts';
import { type Target, Viewport } from '../../server/contract/picture-kinds.ts';
import type { Shape } from '../../server/contract/review.ts';
import { handlesOf } from '../shapes/shapes.ts';

/** Seconds shown before the mark that is jumped to. */
const LEAD_IN_S = 1;

/** The middle of a shape, in picture coordinates. */
export function middleOf(shape: Shape): Point {
  const points = handlesOf(shape).map(({ point }) => point);
  const mean = (of: (point: Point) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / Math.max(1, points.length);
  return { x: mean(({ x }) => x), y: mean(({ y }) => y) };
}

/** The same sight of another slice, page or record; undefined where the two are of different kinds. */
export function sightOf(viewport: Viewport, target: Target): Viewport | undefined {
  return Viewport.safeParse({ ...viewport, target }).data;
}

/** Moved so that the point is in sight: to the middle of the window, or, in what has a time but no middle (x in milliseconds), to its time. */
export function sightAround(viewport: Viewport, point: Point): Viewport {
  const moved =
    'startS' in viewport
      ? { ...viewport, startS: Math.max(0, Math.floor(point.x / 1000) - LEAD_IN_S) }
      : { ...viewport, center: point };
  return Viewport.safeParse(moved).data ?? viewport;
}
