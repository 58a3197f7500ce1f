import type { Point } from '../../../server/contract/picture.ts';
import type { Shape } from '../../../server/contract/review.ts';
import type { ShapeName } from '../../shapes/shape-type.ts';
import { shapeThrough, typeNamed } from '../../shapes/shapes.ts';

/** Further than this between press and release is a drag; nearer, a click. */
const DRAG_PX = 4;

/** So near to the first point a press ends what goes on until then; points nearer to each other than this are one. */
const CLOSE_PX = 9;
const SAME_PX = 3;

export interface Drawing {
  readonly shape: Shape | undefined;
  /** Where it began. */
  readonly origin: Point | undefined;
  press(kind: ShapeName, at: Point, screen: Point): void;
  move(at: Point): void;
  release(at: Point, screen: Point): void;
  /** Ends a polygon with the corners that are set; too few are none. Most kinds end by themselves. */
  finish(): void;
  cancel(): void;
}

/**
 * A shape being drawn. Both habits work, mixed as one likes: press, drag, release; or click, move, click. An angle goes on from
 * its second point, a polygon until its first corner is pressed again or {@link Drawing.finish}.
 */
export function createDrawing(onFinish: (shape: Shape) => void, toScreen: (point: Point) => Point): Drawing {
  let draft: { kind: ShapeName; points: Point[]; pressedAt: Point; mustMove: boolean } | undefined;

  const setLast = (at: Point): void => {
    if (draft) draft.points[draft.points.length - 1] = at;
  };
  const near = (a: Point, b: Point, px: number): boolean => {
    const [one, other] = [toScreen(a), toScreen(b)];
    return Math.hypot(one.x - other.x, one.y - other.y) <= px;
  };
  const isNear = (a: Point | undefined, b: Point | undefined, px = SAME_PX): boolean => !!a && !!b && near(a, b, px);
  /** undefined: it ends by itself. */
  const leastPoints = (): number | undefined => draft && typeNamed(draft.kind).leastPoints;
  const finish = (): void => {
    const { kind } = draft ?? {};
    const least = leastPoints();
    if (!draft || !kind || least === undefined) return;
    // The last point is only where the mouse happens to be.
    const set = draft.points.slice(0, -1);
    const corners = set.filter((point, index) => {
      const before = set[index - 1];
      return !before || !near(point, before, SAME_PX);
    });
    // The outline goes back to the first corner by itself.
    while (corners.length > 1 && isNear(corners.at(-1), corners[0])) corners.pop();
    draft = undefined;
    if (corners.length >= least) onFinish(shapeThrough(kind, corners));
  };
  const closes = (at: Point): boolean => {
    const [first] = draft?.points ?? [];
    const least = leastPoints();
    return draft !== undefined && least !== undefined && draft.points.length > least && isNear(first, at, CLOSE_PX);
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
      if (draft.points.length < typeNamed(draft.kind).pointCount) {
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
