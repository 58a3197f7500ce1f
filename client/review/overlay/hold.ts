import type { Point } from '../../../server/contract/picture.ts';
import type { Annotation, Shape } from '../../../server/contract/review.ts';
import { randomId } from '../../api/random-id.ts';
import { isSlip, typeOf } from '../../shapes/shapes.ts';
import type { Tool, Viewer } from '../../viewer/viewer.ts';
import type { ReviewSession } from '../session.ts';
import type { Drawing } from './drawing.ts';
import { openTextEntry, type TextEntry } from './text-entry.ts';

export interface EditingParts {
  lightbox: HTMLElement;
  svg: SVGSVGElement;
  viewer: Viewer;
  session: ReviewSession;
  annotations(): Annotation[];
  redraw(): void;
  onState(): void;
  /** The middle of the annotation's label, on the screen. */
  labelCentre(annotationId: string): Point | undefined;
  /** The keyboard has chosen: the annotation's element takes the focus. */
  focus(annotationId: string): void;
}

/** How a person got hold of something. */
export type How = 'pointer' | 'keyboard';

/** An annotation that is being changed, and what of it a press took hold of. */
export interface Edit {
  annotation: Annotation;
  shape: Shape;
  grabbed?: { handle: string | undefined; from: Point; origin: Shape; label?: Point | undefined };
}

/** What the person has in hand: a tool, a mark, words that are being typed. */
export interface Hold extends EditingParts {
  drawing: Drawing;
  tool: Tool | undefined;
  selected: string | undefined;
  byKeyboard: boolean;
  edit: Edit | undefined;
  keyTimer: ReturnType<typeof setTimeout> | undefined;
  textEntry: TextEntry | undefined;
}

export function find({ annotations }: Hold, annotationId: string | undefined): Annotation | undefined {
  return annotations().find((annotation) => annotation.annotationId === annotationId);
}

/** What is selected and the person's own to change. */
export function selectedShape(hold: Hold): { annotation: Annotation; shape: Shape } | undefined {
  const annotation = find(hold, hold.selected);
  const { shape } = annotation ?? {};
  return annotation && shape && hold.session.mayChange(annotation) ? { annotation, shape } : undefined;
}

export function changed({ onState, redraw }: Hold): void {
  onState();
  redraw();
}

export function select(hold: Hold, annotationId: string | undefined, how: How): void {
  hold.byKeyboard = how === 'keyboard' && annotationId !== undefined;
  if (hold.selected === annotationId) return;
  commit(hold);
  hold.selected = annotationId;
  changed(hold);
}

/** The change under the hand goes out. */
export function commit(hold: Hold): void {
  clearTimeout(hold.keyTimer);
  const done = hold.edit;
  hold.edit = undefined;
  if (done && done.shape !== done.annotation.shape)
    hold.session.put(done.annotation.annotationId, done.annotation.target, done.shape);
}

/** A shape is drawn. */
export function finish(hold: Hold, shape: Shape, how: How): void {
  const { viewer, session } = hold;
  const target = viewer.viewport?.target;
  if (!target || isSlip(shape, (point) => viewer.toScreen(point) ?? point)) return;
  const annotationId = randomId();
  session.put(annotationId, target, shape);
  select(hold, annotationId, how);
  if (typeOf(shape).text) writeText(hold, annotationId);
  else if (how === 'keyboard') hold.focus(annotationId);
}

/** A line to type the shape's own words on, where it has any. */
export function writeText(hold: Hold, annotationId: string): void {
  const { session, viewer, lightbox } = hold;
  const annotation = find(hold, annotationId);
  const shape = annotation?.shape;
  const words = shape && typeOf(shape).text;
  if (!annotation || !words || !session.mayChange(annotation)) return;
  const at = viewer.toScreen(words.at(shape)) ?? { x: 0, y: 0 };
  hold.textEntry = openTextEntry(lightbox, at, words.of(shape), (text) => {
    hold.textEntry = undefined;
    if (hold.byKeyboard) hold.focus(annotationId);
    const now = find(hold, annotationId);
    if (text === undefined || now?.shape?.kind !== shape.kind || words.of(now.shape) === text) return;
    session.put(annotationId, now.target, words.put(now.shape, text));
  });
}

export function cancel(hold: Hold): void {
  hold.drawing.cancel();
  hold.edit = undefined;
  hold.redraw();
}
