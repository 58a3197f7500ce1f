import type { Point } from '../../../server/contract/picture.ts';
import type { Annotation, Shape } from '../../../server/contract/review.ts';
import type { ReviewSession } from '../session.ts';
import type { Viewer } from '../viewer.ts';
import { createDrawing } from './drawing.ts';
import { handlesOf, isSlip, movedBy, shapeThrough, withHandle } from './geometry.ts';
import { openTextEntry, type TextEntry } from './text-entry.ts';

/** Moves by key go out once they pause. */
const KEY_PAUSE_MS = 400;
const KEY_STEPS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface EditingParts {
  stage: HTMLElement;
  svg: SVGSVGElement;
  viewer: Viewer;
  session: ReviewSession;
  mayAnnotate(): boolean;
  annotations(): Annotation[];
  redraw(): void;
  onState(): void;
}

export interface Editing {
  readonly tool: Shape['kind'] | undefined;
  setTool(tool: Shape['kind'] | undefined): void;
  readonly selected: string | undefined;
  readonly draft: Shape | undefined;
  /** The shape under the hand, where the annotation is being moved. */
  edited(annotationId: string): Shape | undefined;
  removeSelected(): void;
  insert(): void;
  /** Of the selected caliper; undefined: none is selected. */
  readonly marching: boolean | undefined;
  toggleMarch(): void;
  escape(): boolean;
  dispose(): void;
}

/** Drawing, choosing, moving and removing annotations with mouse, touch and keys. */
export function createEditing(parts: EditingParts): Editing {
  const { stage, svg, viewer, session, mayAnnotate, redraw } = parts;
  const listening = new AbortController();
  let tool: Shape['kind'] | undefined;
  let selected: string | undefined;
  let edit:
    | { annotation: Annotation; shape: Shape; grabbed?: { handle: string | undefined; from: Point; origin: Shape } }
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
  const select = (annotationId: string | undefined): void => {
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
  function finish(shape: Shape): void {
    const target = viewer.viewport?.target;
    if (!target || isSlip(shape, (point) => viewer.toScreen(point) ?? point)) return;
    const annotationId = crypto.randomUUID();
    session.put(annotationId, target, shape);
    select(annotationId);
    if (shape.kind === 'arrow') writeText(annotationId);
  }
  function writeText(annotationId: string): void {
    const annotation = find(annotationId);
    if (annotation?.shape?.kind !== 'arrow') return;
    const at = viewer.toScreen(annotation.shape.tail) ?? { x: 0, y: 0 };
    textEntry = openTextEntry(stage, at, annotation.shape.text, (text) => {
      textEntry = undefined;
      const now = find(annotationId);
      if (text !== undefined && now?.shape?.kind === 'arrow' && now.shape.text !== text)
        session.put(annotationId, now.target, { ...now.shape, text });
    });
  }
  const removeSelected = (): void => {
    const annotation = find(selected);
    if (!annotation || !mayAnnotate()) return;
    edit = undefined;
    session.remove(annotation.annotationId, annotation.target);
    select(undefined);
    stage.focus({ preventScroll: true });
  };

  const down = (event: PointerEvent): void => {
    if (event.button !== 0 || !mayAnnotate()) return;
    const at = imageOf(event, drawing.origin);
    const hit = event.target instanceof Element ? event.target : svg;
    const annotation = find(hit.closest('[data-annotation-id]')?.getAttribute('data-annotation-id') ?? undefined);
    if (annotation?.shape && !drawing.shape) {
      select(annotation.annotationId);
      const handle = hit.closest('[data-handle]')?.getAttribute('data-handle') ?? undefined;
      edit = { annotation, shape: annotation.shape, grabbed: { handle, from: at, origin: annotation.shape } };
    } else if (tool && !event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey) {
      select(undefined);
      drawing.press(tool, at, screenOf(event));
    } else return;
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
    if (!mayAnnotate() || event.ctrlKey || event.metaKey || event.altKey) return;
    const annotation = find(selected);
    const step = KEY_STEPS[event.key];
    if (!annotation?.shape) return;
    if (event.key === 'Delete' || event.key === 'Backspace') removeSelected();
    else if (event.key === 'Enter' && annotation.shape.kind === 'arrow') writeText(annotation.annotationId);
    else if (step) {
      const size = event.shiftKey ? 10 : 1;
      const nudge = viewer.nudge();
      const name = event.target instanceof Element ? event.target.getAttribute('data-handle') : null;
      const shape = editedShape(annotation.annotationId) ?? annotation.shape;
      const [dx, dy] = [step[0] * size * nudge.x, step[1] * size * nudge.y];
      const handle = handlesOf(shape).find((each) => each.name === name)?.point;
      edit = {
        annotation,
        shape:
          name && handle
            ? withHandle(shape, name, viewer.clamp({ x: handle.x + dx, y: handle.y + dy }))
            : movedInside(shape, dx, dy, viewer.clamp),
      };
      clearTimeout(keyTimer);
      keyTimer = setTimeout(() => {
        commit();
        redraw();
      }, KEY_PAUSE_MS);
      redraw();
    } else return;
    event.stopPropagation();
    event.preventDefault();
  };
  const focus = (event: FocusEvent): void => {
    const group = event.target instanceof Element ? event.target.closest('[data-annotation-id]') : null;
    if (group) select(group.getAttribute('data-annotation-id') ?? undefined);
  };
  const { signal } = listening;
  svg.addEventListener('pointerdown', down, { signal });
  svg.addEventListener('pointermove', move, { signal });
  svg.addEventListener('pointerup', up, { signal });
  svg.addEventListener('pointercancel', cancel, { signal });
  svg.addEventListener('keydown', key, { signal });
  svg.addEventListener('focusin', focus, { signal });
  const doubleClick = (): void => {
    if (drawing.shape) drawing.finish();
    else if (selected && mayAnnotate()) writeText(selected);
    redraw();
  };
  svg.addEventListener('dblclick', doubleClick, { signal });
  stage.addEventListener('pointerdown', (event) => event.button === 0 && select(undefined), { signal });

  return {
    get tool() {
      return tool;
    },
    setTool(next) {
      tool = mayAnnotate() ? next : undefined;
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
    removeSelected,
    insert() {
      if (drawing.shape) {
        drawing.finish();
        redraw();
        return;
      }
      if (!tool) return;
      const { clientWidth: width, clientHeight: height } = stage;
      const at = (x: number, y: number, held?: Point): Point =>
        viewer.clamp(viewer.toImage({ x: width * x, y: height * y }, held) ?? { x: 0, y: 0 });
      const first = at(0.45, 0.5);
      finish(shapeThrough(tool, [first, at(0.55, 0.55, first), at(0.6, 0.48, first)]));
    },
    get marching() {
      const shape = find(selected)?.shape;
      return shape?.kind === 'caliper' ? shape.march : undefined;
    },
    toggleMarch() {
      const annotation = find(selected);
      if (annotation?.shape?.kind !== 'caliper' || !mayAnnotate()) return;
      const { annotationId, target, shape } = annotation;
      session.put(annotationId, target, { ...shape, march: !shape.march });
      changed();
    },
    escape() {
      if (textEntry) textEntry.cancel();
      else if (drawing.shape) cancel();
      else if (selected) select(undefined);
      else if (tool) {
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

/** Moves as far as the whole shape stays inside the picture. */
function movedInside(shape: Shape, dx: number, dy: number, clamp: (point: Point) => Point): Shape {
  let [x, y] = [dx, dy];
  for (const { point } of handlesOf(shape)) {
    const inside = clamp({ x: point.x + dx, y: point.y + dy });
    if (Math.abs(inside.x - point.x) < Math.abs(x)) x = inside.x - point.x;
    if (Math.abs(inside.y - point.y) < Math.abs(y)) y = inside.y - point.y;
  }
  return movedBy(shape, x, y);
}
