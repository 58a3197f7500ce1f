import type { Point } from '../../../server/contract/picture.ts';
import type { Shape } from '../../../server/contract/review.ts';
import { pointCount, shapeThrough } from './geometry.ts';

/** Further than this between press and release is a drag; nearer, a click. */
const DRAG_PX = 4;

/** So near to a polygon's first corner a press closes it; corners nearer to each other than this are one. */
const CLOSE_PX = 9;
const SAME_PX = 3;

export interface Drawing {
  readonly shape: Shape | undefined;
  /** Where it began. */
  readonly origin: Point | undefined;
  press(kind: Shape['kind'], at: Point, screen: Point): void;
  move(at: Point): void;
  release(at: Point, screen: Point): void;
  /** Ends a polygon with the corners that are set; fewer than three are none. Other kinds end by themselves. */
  finish(): void;
  cancel(): void;
}

/**
 * A shape being drawn. Both habits work, mixed as one likes: press, drag, release; or click, move, click. An angle goes on from
 * its second point, a polygon until its first corner is pressed again or {@link Drawing.finish}.
 */
export function createDrawing(onFinish: (shape: Shape) => void, toScreen: (point: Point) => Point): Drawing {
  let draft: { kind: Shape['kind']; points: Point[]; pressedAt: Point; mustMove: boolean } | undefined;

  const setLast = (at: Point): void => {
    if (draft) draft.points[draft.points.length - 1] = at;
  };
  const near = (a: Point, b: Point, px: number): boolean => {
    const [one, other] = [toScreen(a), toScreen(b)];
    return Math.hypot(one.x - other.x, one.y - other.y) <= px;
  };
  const isNear = (a: Point | undefined, b: Point | undefined): boolean => !!a && !!b && near(a, b, SAME_PX);
  const finish = (): void => {
    if (draft?.kind !== 'polygon') return;
    // The last point is only where the mouse happens to be.
    const set = draft.points.slice(0, -1);
    const corners = set.filter((point, index) => {
      const before = set[index - 1];
      return !before || !near(point, before, SAME_PX);
    });
    // The outline goes back to the first corner by itself.
    while (corners.length > 1 && isNear(corners.at(-1), corners[0])) corners.pop();
    draft = undefined;
    if (corners.length >= 3) onFinish({ kind: 'polygon', points: corners });
  };
  const closes = (at: Point): boolean => {
    const [first] = draft?.points ?? [];
    return draft?.kind === 'polygon' && draft.points.length > 3 && first !== undefined && near(first, at, CLOSE_PX);
  };
  return {
    get shape() {
      return draft && shapeThrough(draft.kind, draft.points);
    },
    get origin() {
      return draft?.points[0];
    },
    finish,
    press(kind, at, screen) {
      if (closes(at)) finish();
      else if (draft?.kind === kind) {
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
