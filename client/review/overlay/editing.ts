import type { Point } from '../../../server/contract/picture.ts';
import type { Annotation, Shape } from '../../../server/contract/review.ts';
import { randomId } from '../../call/random-id.ts';
import type { ReviewSession } from '../session.ts';
import type { Tool, Viewer } from '../viewer.ts';
import { createDrawing } from './drawing.ts';
import { isSlip, withHandle } from './geometry.ts';
import { LABEL, shapeInMiddle, withLabelAt } from './hand.ts';
import { isNudge, movedInside, nudged } from './nudging.ts';
import { openTextEntry, type TextEntry } from './text-entry.ts';

/** Moves by key go out once they pause. */
const KEY_PAUSE_MS = 400;

export interface EditingParts {
  stage: HTMLElement;
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

export interface Editing {
  readonly tool: Tool | undefined;
  setTool(tool: Tool | undefined): void;
  readonly selected: string | undefined;
  readonly draft: Shape | undefined;
  /** The shape under the hand, where the annotation is being moved. */
  edited(annotationId: string): Shape | undefined;
  /** The annotation that is selected, where it is on the picture that is shown. */
  selection(): Annotation | undefined;
  choose(annotationId: string): void;
  /** Nothing is chosen any more; the keys go to the picture again. */
  leave(): void;
  insert(): void;
  /** Of the selected caliper; undefined: none is selected that this person may change. */
  readonly marching: boolean | undefined;
  toggleMarch(): void;
  escape(): boolean;
  dispose(): void;
}

/** Drawing, choosing and moving annotations with mouse, touch and keys. */
export function createEditing(parts: EditingParts): Editing {
  const { stage, svg, viewer, session, redraw } = parts;
  const listening = new AbortController();
  let tool: Tool | undefined;
  let selected: string | undefined;
  let byKeyboard = false;
  let pressing = false;
  let edit:
    | {
        annotation: Annotation;
        shape: Shape;
        grabbed?: { handle: string | undefined; from: Point; origin: Shape; label?: Point | undefined };
      }
    | undefined;
  let keyTimer: ReturnType<typeof setTimeout> | undefined;
  let textEntry: TextEntry | undefined;
  const drawing = createDrawing(finish, (point) => viewer.toScreen(point) ?? point);

  const screenOf = (event: MouseEvent): Point => {
    const box = svg.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  /** `held`: what the hand holds on to. */
  const imageOf = (event: MouseEvent, held?: Point): Point =>
    viewer.clamp(viewer.toImage(screenOf(event), held) ?? held ?? { x: 0, y: 0 });
  const find = (annotationId: string | undefined): Annotation | undefined =>
    parts.annotations().find((annotation) => annotation.annotationId === annotationId);
  const editedShape = (annotationId: string): Shape | undefined =>
    edit?.annotation.annotationId === annotationId ? edit.shape : undefined;
  const changed = (): void => {
    parts.onState();
    redraw();
  };
  const select = (annotationId: string | undefined, how: 'pointer' | 'keyboard'): void => {
    byKeyboard = how === 'keyboard' && annotationId !== undefined;
    if (selected === annotationId) return;
    commit();
    selected = annotationId;
    changed();
  };
  function commit(): void {
    clearTimeout(keyTimer);
    const done = edit;
    edit = undefined;
    if (done && done.shape !== done.annotation.shape)
      session.put(done.annotation.annotationId, done.annotation.target, done.shape);
  }
  function finish(shape: Shape, how: 'pointer' | 'keyboard' = 'pointer'): void {
    const target = viewer.viewport?.target;
    if (!target || isSlip(shape, (point) => viewer.toScreen(point) ?? point)) return;
    const annotationId = randomId();
    session.put(annotationId, target, shape);
    select(annotationId, how);
    if (shape.kind === 'arrow') writeText(annotationId);
    else if (how === 'keyboard') parts.focus(annotationId);
  }
  function writeText(annotationId: string): void {
    const annotation = find(annotationId);
    if (annotation?.shape?.kind !== 'arrow' || !session.mayChange(annotation)) return;
    const at = viewer.toScreen(annotation.shape.tail) ?? { x: 0, y: 0 };
    textEntry = openTextEntry(stage, at, annotation.shape.text, (text) => {
      textEntry = undefined;
      if (byKeyboard) parts.focus(annotationId);
      const now = find(annotationId);
      if (text !== undefined && now?.shape?.kind === 'arrow' && now.shape.text !== text)
        session.put(annotationId, now.target, { ...now.shape, text });
    });
  }

  /** What a press takes hold of, or undefined: it draws, or belongs to the viewer. */
  const grabbedBy = (event: PointerEvent): { annotation: Annotation; shape: Shape; handle?: string } | undefined => {
    const hit = event.target instanceof Element ? event.target : svg;
    const annotation = find(hit.closest('[data-annotation-id]')?.getAttribute('data-annotation-id') ?? undefined);
    const shape = annotation?.shape;
    if (drawing.shape || !annotation || !shape || !session.mayChange(annotation)) return undefined;
    const handle = hit.closest('[data-handle]')?.getAttribute('data-handle');
    if (handle && annotation.annotationId === selected) return { annotation, shape, handle };
    // With a tool in hand labels are not felt.
    if (hit.closest('[data-label]') && (!tool || tool === 'select')) return { annotation, shape, handle: LABEL };
    return tool === 'select' ? { annotation, shape } : undefined;
  };
  const down = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const at = imageOf(event, drawing.origin);
    const grabbed = grabbedBy(event);
    const isModified = event.ctrlKey || event.altKey || event.shiftKey || event.metaKey;
    if (grabbed) {
      const { annotation, shape, handle } = grabbed;
      select(annotation.annotationId, 'pointer');
      const label = handle === LABEL ? parts.labelCentre(annotation.annotationId) : undefined;
      edit = { annotation, shape, grabbed: { handle, from: at, origin: shape, label } };
    } else if (tool && tool !== 'select' && !isModified) {
      select(undefined, 'pointer');
      drawing.press(tool, at, screenOf(event));
    } else {
      // Chosen, but not moved: the press itself is the viewer's.
      const hit = event.target instanceof Element ? event.target : svg;
      select(
        find(hit.closest('[data-annotation-id]')?.getAttribute('data-annotation-id') ?? '')?.annotationId,
        'pointer',
      );
      return;
    }
    // The viewer below must not take the same press for its own.
    event.stopPropagation();
    svg.setPointerCapture(event.pointerId);
    redraw();
  };
  const move = (event: PointerEvent): void => {
    const grabbed = edit?.grabbed;
    if (drawing.shape) drawing.move(imageOf(event, drawing.origin));
    else if (edit && grabbed) {
      const { handle, from, origin } = grabbed;
      const at = imageOf(event, from);
      if (handle === LABEL) edit.shape = withLabelAt(origin, viewer, edit.grabbed?.label, from, screenOf(event));
      else
        edit.shape = handle
          ? withHandle(origin, handle, at)
          : movedInside(origin, at.x - from.x, at.y - from.y, viewer.clamp);
    } else return;
    redraw();
  };
  const up = (event: PointerEvent): void => {
    if (drawing.shape) drawing.release(imageOf(event, drawing.origin), screenOf(event));
    else if (edit?.grabbed) commit();
    redraw();
  };
  const cancel = (): void => {
    drawing.cancel();
    edit = undefined;
    redraw();
  };
  const key = (event: KeyboardEvent): void => {
    const annotation = find(selected);
    if (!annotation?.shape || !session.mayChange(annotation)) return;
    const focused = event.target instanceof Element ? event.target : undefined;
    if (isNudge(event, byKeyboard && focused?.closest('[data-annotation-id]') != null)) {
      const name = focused?.getAttribute('data-handle') ?? null;
      const shape = editedShape(annotation.annotationId) ?? annotation.shape;
      edit = { annotation, shape: nudged(shape, event, name, viewer.nudge(), viewer.clamp) };
      clearTimeout(keyTimer);
      keyTimer = setTimeout(() => {
        commit();
        redraw();
      }, KEY_PAUSE_MS);
      redraw();
    } else if (event.key === 'Enter' && byKeyboard && annotation.shape.kind === 'arrow')
      writeText(annotation.annotationId);
    else return;
    event.stopPropagation();
    event.preventDefault();
  };
  const focus = (event: FocusEvent): void => {
    const group = event.target instanceof Element ? event.target.closest('[data-annotation-id]') : null;
    // A press gives focus too, and is not the keyboard's choice.
    if (group && !pressing) select(group.getAttribute('data-annotation-id') ?? undefined, 'keyboard');
  };
  const { signal } = listening;
  const press = (is: boolean) => () => {
    pressing = is;
  };
  stage.addEventListener('pointerdown', press(true), { signal, capture: true });
  for (const end of ['pointerup', 'pointercancel'] as const)
    window.addEventListener(end, press(false), { signal, capture: true });
  svg.addEventListener('pointerdown', down, { signal });
  svg.addEventListener('pointermove', move, { signal });
  svg.addEventListener('pointerup', up, { signal });
  svg.addEventListener('pointercancel', cancel, { signal });
  stage.addEventListener('keydown', key, { signal });
  svg.addEventListener('focusin', focus, { signal });
  const doubleClick = (): void => {
    if (drawing.shape) drawing.finish();
    else if (selected) writeText(selected);
    redraw();
  };
  svg.addEventListener('dblclick', doubleClick, { signal });
  const deselect = (event: PointerEvent): void => {
    const onMark = event.target instanceof Element && event.target.closest('[data-annotation-id]') !== null;
    if (event.button === 0 && !onMark) select(undefined, 'pointer');
  };
  stage.addEventListener('pointerdown', deselect, { signal });

  return {
    get tool() {
      return tool;
    },
    setTool(next) {
      tool = next;
      drawing.cancel();
      changed();
    },
    get selected() {
      return selected;
    },
    get draft() {
      return drawing.shape;
    },
    edited: editedShape,
    selection: () => find(selected),
    choose: (annotationId) => select(annotationId, 'pointer'),
    leave() {
      edit = undefined;
      select(undefined, 'pointer');
      stage.focus({ preventScroll: true });
    },
    insert() {
      if (drawing.shape) {
        drawing.finish();
        redraw();
        return;
      }
      if (!tool || tool === 'select') return;
      finish(shapeInMiddle(tool, stage, viewer), 'keyboard');
    },
    get marching() {
      const annotation = find(selected);
      const shape = annotation?.shape;
      return annotation && shape?.kind === 'caliper' && session.mayChange(annotation) ? shape.march : undefined;
    },
    toggleMarch() {
      const annotation = find(selected);
      if (annotation?.shape?.kind !== 'caliper' || !session.mayChange(annotation)) return;
      const { annotationId, target, shape } = annotation;
      session.put(annotationId, target, { ...shape, march: !shape.march });
      changed();
    },
    escape() {
      if (textEntry) textEntry.cancel();
      else if (drawing.shape) cancel();
      else if (selected) {
        select(undefined, 'pointer');
        stage.focus({ preventScroll: true });
      } else if (tool) {
        tool = undefined;
        changed();
      } else return false;
      return true;
    },
    dispose() {
      textEntry?.cancel();
      commit();
      listening.abort();
    },
  };
}
