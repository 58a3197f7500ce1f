import type { Point } from '../../../server/contract/picture.ts';
import type { Shape } from '../../../server/contract/review.ts';
import { handlesOf, movedBy, withHandle } from '../../shapes/shapes.ts';

/** By picture units of the viewer; with Shift ten times as far. */
const KEY_STEPS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Whether an arrow key is meant for the selected annotation. Alone it pages, wherever a mouse has been; with Ctrl (Command on a
 * Mac), or where the keyboard chose the annotation, it moves it.
 */
export function isNudge(
  event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean },
  byKeyboard: boolean,
): boolean {
  return event.key in KEY_STEPS && !event.altKey && (event.ctrlKey || event.metaKey || byKeyboard);
}

/** The shape after an arrow key. `handleName`: the handle that has the focus; else the whole shape goes. */
export function nudged(
  shape: Shape,
  event: { key: string; shiftKey: boolean },
  handleName: string | null,
  unit: Point,
  clamp: (point: Point) => Point,
): Shape {
  const [x, y] = KEY_STEPS[event.key] ?? [0, 0];
  const size = event.shiftKey ? 10 : 1;
  const [dx, dy] = [x * size * unit.x, y * size * unit.y];
  const handle = handlesOf(shape).find(({ name }) => name === handleName);
  if (!handle) return movedInside(shape, dx, dy, clamp);
  return withHandle(shape, handle.name, clamp({ x: handle.point.x + dx, y: handle.point.y + dy }));
}

/** Moves as far as the whole shape stays inside the picture. */
export function movedInside(shape: Shape, dx: number, dy: number, clamp: (point: Point) => Point): Shape {
  let [x, y] = [dx, dy];
  for (const { point } of handlesOf(shape)) {
    const inside = clamp({ x: point.x + dx, y: point.y + dy });
    if (Math.abs(inside.x - point.x) < Math.abs(x)) x = inside.x - point.x;
    if (Math.abs(inside.y - point.y) < Math.abs(y)) y = inside.y - point.y;
  }
  return movedBy(shape, x, y);
}
