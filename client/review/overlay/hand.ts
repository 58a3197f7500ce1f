import type { Point } from '../../../server/contract/picture.ts';
import type { Shape } from '../../../server/contract/review.ts';
import type { ShapeName } from '../../shapes/shape-type.ts';
import { handlesOf, shapeThrough } from '../../shapes/shapes.ts';
import type { Viewer } from '../../viewer/viewer.ts';

/** What is held of an annotation besides its own handles. */
export const LABEL = 'label';

/**
 * The shape with its label moved as the hand did since the press.
 * @param label the middle of the label when it was taken hold of, on the screen.
 * @param from where the hand took hold, in picture coordinates; `to`: where it is, on the screen.
 */
export function withLabelAt(shape: Shape, viewer: Viewer, label: Point | undefined, from: Point, to: Point): Shape {
  const pressed = viewer.toScreen(from);
  if (!pressed || !label) return shape;
  const centre = { x: label.x + to.x - pressed.x, y: label.y + to.y - pressed.y };
  const labelAt = viewer.toImage(centre, handlesOf(shape)[0]?.point);
  return labelAt ? { ...shape, labelAt } : shape;
}

/** A shape in the middle of the picture, for whoever works without a mouse. */
export function shapeInMiddle(kind: ShapeName, lightbox: HTMLElement, viewer: Viewer): Shape {
  const { clientWidth: width, clientHeight: height } = lightbox;
  const at = (x: number, y: number, held?: Point): Point =>
    viewer.clamp(viewer.toImage({ x: width * x, y: height * y }, held) ?? { x: 0, y: 0 });
  const first = at(0.45, 0.5);
  return shapeThrough(kind, [first, at(0.55, 0.55, first), at(0.6, 0.48, first)]);
}
