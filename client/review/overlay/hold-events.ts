import type { Point } from '../../../server/contract/picture.ts';
import type { Annotation, Shape } from '../../../server/contract/review.ts';
import { typeOf, withHandle } from '../../shapes/shapes.ts';
import { LABEL, withLabelAt } from './hand.ts';
import { cancel, commit, find, type Hold, select, selectedShape, writeText } from './hold.ts';
import { isNudge, movedInside, nudged } from './nudging.ts';

/** Moves by key go out once they pause. */
const KEY_PAUSE_MS = 400;

/** Mouse, touch and keys on the marks. @returns stops listening. */
export function listenToHold(hold: Hold): () => void {
  const { lightbox, svg } = hold;
  const listening = new AbortController();
  const { signal } = listening;
  let pressing = false;
  const press = (is: boolean) => () => {
    pressing = is;
  };
  lightbox.addEventListener('pointerdown', press(true), { signal, capture: true });
  for (const end of ['pointerup', 'pointercancel'] as const)
    window.addEventListener(end, press(false), { signal, capture: true });
  svg.addEventListener('pointerdown', (event) => down(hold, event), { signal });
  svg.addEventListener('pointermove', (event) => move(hold, event), { signal });
  svg.addEventListener('pointerup', (event) => up(hold, event), { signal });
  svg.addEventListener('pointercancel', () => cancel(hold), { signal });
  lightbox.addEventListener('keydown', (event) => key(hold, event), { signal });
  const focus = (event: FocusEvent): void => {
    const annotationId = annotationIdAt(event.target);
    // A press gives focus too, and is not the keyboard's choice.
    if (annotationId !== undefined && !pressing) select(hold, annotationId, 'keyboard');
  };
  svg.addEventListener('focusin', focus, { signal });
  const doubleClick = (): void => {
    if (hold.drawing.shape) hold.drawing.finish();
    else if (hold.selected) writeText(hold, hold.selected);
    hold.redraw();
  };
  svg.addEventListener('dblclick', doubleClick, { signal });
  const deselect = (event: PointerEvent): void => {
    if (event.button === 0 && annotationIdAt(event.target) === undefined) select(hold, undefined, 'pointer');
  };
  lightbox.addEventListener('pointerdown', deselect, { signal });
  return () => listening.abort();
}

function annotationIdAt(target: EventTarget | null): string | undefined {
  const group = target instanceof Element ? target.closest('[data-annotation-id]') : null;
  return group?.getAttribute('data-annotation-id') ?? undefined;
}

function screenOf({ svg }: Hold, event: MouseEvent): Point {
  const box = svg.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/** @param held what the hand holds on to. */
function imageOf(hold: Hold, event: MouseEvent, held?: Point): Point {
  const { viewer } = hold;
  return viewer.clamp(viewer.toImage(screenOf(hold, event), held) ?? held ?? { x: 0, y: 0 });
}

/** What a press takes hold of, or undefined: it draws, or belongs to the viewer. */
function grabbedBy(
  hold: Hold,
  event: PointerEvent,
): { annotation: Annotation; shape: Shape; handle?: string } | undefined {
  const { svg, drawing, session, selected, tool } = hold;
  const hit = event.target instanceof Element ? event.target : svg;
  const annotation = find(hold, annotationIdAt(hit));
  const shape = annotation?.shape;
  if (drawing.shape || !annotation || !shape || !session.mayChange(annotation)) return undefined;
  const handle = hit.closest('[data-handle]')?.getAttribute('data-handle');
  if (handle && annotation.annotationId === selected) return { annotation, shape, handle };
  // With a tool in hand labels are not felt.
  if (hit.closest('[data-label]') && (!tool || tool === 'select')) return { annotation, shape, handle: LABEL };
  return tool === 'select' ? { annotation, shape } : undefined;
}

function down(hold: Hold, event: PointerEvent): void {
  if (event.button !== 0) return;
  const { drawing, tool, svg } = hold;
  const at = imageOf(hold, event, drawing.origin);
  const grabbed = grabbedBy(hold, event);
  const isModified = event.ctrlKey || event.altKey || event.shiftKey || event.metaKey;
  if (grabbed) {
    const { annotation, shape, handle } = grabbed;
    select(hold, annotation.annotationId, 'pointer');
    const label = handle === LABEL ? hold.labelCentre(annotation.annotationId) : undefined;
    hold.edit = { annotation, shape, grabbed: { handle, from: at, origin: shape, label } };
  } else if (tool && tool !== 'select' && !isModified) {
    select(hold, undefined, 'pointer');
    drawing.press(tool, at, screenOf(hold, event));
  } else {
    // Chosen, but not moved: the press itself is the viewer's.
    select(hold, find(hold, annotationIdAt(event.target))?.annotationId, 'pointer');
    return;
  }
  // The viewer below must not take the same press for its own.
  event.stopPropagation();
  svg.setPointerCapture(event.pointerId);
  hold.redraw();
}

function move(hold: Hold, event: PointerEvent): void {
  const { drawing, edit, viewer } = hold;
  const grabbed = edit?.grabbed;
  if (drawing.shape) drawing.move(imageOf(hold, event, drawing.origin));
  else if (edit && grabbed) {
    const { handle, from, origin, label } = grabbed;
    const at = imageOf(hold, event, from);
    if (handle === LABEL) edit.shape = withLabelAt(origin, viewer, label, from, screenOf(hold, event));
    else if (handle) edit.shape = withHandle(origin, handle, at);
    else edit.shape = movedInside(origin, at.x - from.x, at.y - from.y, viewer.clamp);
  } else return;
  hold.redraw();
}

function up(hold: Hold, event: PointerEvent): void {
  const { drawing } = hold;
  if (drawing.shape) drawing.release(imageOf(hold, event, drawing.origin), screenOf(hold, event));
  else if (hold.edit?.grabbed) commit(hold);
  hold.redraw();
}

function key(hold: Hold, event: KeyboardEvent): void {
  const own = selectedShape(hold);
  if (!own) return;
  const { annotation, shape } = own;
  const focused = event.target instanceof Element ? event.target : undefined;
  if (isNudge(event, hold.byKeyboard && annotationIdAt(event.target) !== undefined)) {
    const name = focused?.getAttribute('data-handle') ?? null;
    const { viewer } = hold;
    const before = hold.edit?.annotation.annotationId === annotation.annotationId ? hold.edit.shape : shape;
    hold.edit = { annotation, shape: nudged(before, event, name, viewer.nudge(), viewer.clamp) };
    clearTimeout(hold.keyTimer);
    hold.keyTimer = setTimeout(() => {
      commit(hold);
      hold.redraw();
    }, KEY_PAUSE_MS);
    hold.redraw();
  } else if (event.key === 'Enter' && hold.byKeyboard && typeOf(shape).text) writeText(hold, annotation.annotationId);
  else return;
  event.stopPropagation();
  event.preventDefault();
}
