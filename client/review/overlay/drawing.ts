import type { Point, Shape } from '../../../server/contract/review.ts';
import { pointCount, shapeThrough } from './geometry.ts';

/** Further than this between press and release is a drag; nearer, a click. */
const DRAG_PX = 4;

export interface Drawing {
  readonly shape: Shape | undefined;
  press(kind: Shape['kind'], at: Point, screen: Point): void;
  move(at: Point): void;
  release(at: Point, screen: Point): void;
  cancel(): void;
}

/**
 * A shape being drawn. Both habits work, mixed as one likes: press, drag, release; or click, move, click. An angle goes on from
 * its second point.
 */
export function createDrawing(onFinish: (shape: Shape) => void): Drawing {
  let draft: { kind: Shape['kind']; points: Point[]; pressedAt: Point; mustMove: boolean } | undefined;

  const setLast = (at: Point): void => {
    if (draft) draft.points[draft.points.length - 1] = at;
  };
  return {
    get shape() {
      return draft && shapeThrough(draft.kind, draft.points);
    },
    press(kind, at, screen) {
      if (draft?.kind === kind) {
        setLast(at);
        draft.pressedAt = screen;
        draft.mustMove = false;
      } else draft = { kind, points: [at, at], pressedAt: screen, mustMove: true };
    },
    move: setLast,
    release(at, screen) {
      if (!draft) return;
      setLast(at);
      const moved = Math.hypot(screen.x - draft.pressedAt.x, screen.y - draft.pressedAt.y) > DRAG_PX;
      if (draft.mustMove && !moved) return;
      if (draft.points.length < pointCount[draft.kind]) {
        draft.points.push(at);
        draft.mustMove = true;
        return;
      }
      const finished = shapeThrough(draft.kind, draft.points);
      draft = undefined;
      onFinish(finished);
    },
    cancel() {
      draft = undefined;
    },
  };
}
