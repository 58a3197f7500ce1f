import type { Point } from '../../server/contract/picture.ts';

/** A drag under way, all in CSS pixels from the element's corner. */
export interface Drag {
  from: Point;
  last: Point;
  at: Point;
}

export interface PointingParts<M> {
  element: HTMLElement;
  /** What a press begins; undefined: it is not the viewer's. */
  modeOf(event: PointerEvent): M | undefined;
  onStart?(mode: M, at: Point): void;
  onDrag(mode: M, drag: Drag): void;
  onEnd?(): void;
  /** The picture moves by so many CSS pixels. */
  onPan(dx: number, dy: number): void;
  /** Larger by the factor around a point, CSS pixels from the element's corner. */
  onZoom(factor: number, at: Point): void;
  onWheel(event: WheelEvent, at: Point): void;
}

/** Where the pointer is in the element. */
function pointIn(element: HTMLElement, event: MouseEvent): Point {
  const box = element.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/** Mouse, touchpad and touch: one drag at a time, as `modeOf` says; two fingers pan and zoom. @returns stops listening. */
export function listenToPointing<M>(parts: PointingParts<M>): () => void {
  const { element } = parts;
  const listening = new AbortController();
  const touches = new Map<number, Point>();
  let drag: { pointerId: number; mode: M; from: Point; last: Point } | undefined;

  const endDrag = (): void => {
    if (!drag) return;
    drag = undefined;
    parts.onEnd?.();
  };
  const down = (event: PointerEvent): void => {
    const at = pointIn(element, event);
    if (event.pointerType === 'touch') touches.set(event.pointerId, at);
    if (touches.size > 1) {
      endDrag();
      return;
    }
    const mode = parts.modeOf(event);
    if (drag || mode === undefined) return;
    // Without this a middle press starts the browser's own scrolling.
    if (event.button !== 0) event.preventDefault();
    drag = { pointerId: event.pointerId, mode, from: at, last: at };
    element.setPointerCapture(event.pointerId);
    parts.onStart?.(mode, at);
  };
  const move = (event: PointerEvent): void => {
    const at = pointIn(element, event);
    const before = touches.get(event.pointerId);
    if (before) touches.set(event.pointerId, at);
    if (before && touches.size === 2) {
      const other = [...touches].find(([id]) => id !== event.pointerId)?.[1];
      if (other) pinch(parts, before, at, other);
      return;
    }
    if (drag?.pointerId !== event.pointerId) return;
    const { mode, from, last } = drag;
    drag.last = at;
    parts.onDrag(mode, { from, last, at });
  };
  const up = (event: PointerEvent): void => {
    touches.delete(event.pointerId);
    if (drag?.pointerId === event.pointerId) endDrag();
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    parts.onWheel(event, pointIn(element, event));
  };
  const { signal } = listening;
  element.addEventListener('pointerdown', down, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', up, { signal });
  element.addEventListener('pointercancel', up, { signal });
  element.addEventListener('wheel', wheel, { signal, passive: false });
  element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
  return () => listening.abort();
}

/** One finger moved, the other rests: half the way is the picture's, and so is how far they are apart now. */
function pinch<M>({ onPan, onZoom }: PointingParts<M>, before: Point, at: Point, other: Point): void {
  onPan((at.x - before.x) / 2, (at.y - before.y) / 2);
  const spread = Math.hypot(at.x - other.x, at.y - other.y);
  const spreadBefore = Math.hypot(before.x - other.x, before.y - other.y);
  if (spread > 0 && spreadBefore > 0)
    onZoom(spread / spreadBefore, { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
}

/** Dragging up by so many pixels makes it e times as large. */
export const DRAG_ZOOM_PX = 200;

/** Left and middle drag pan; right drag, and left with Ctrl, zoom where the drag began. Nothing glides on by itself. */
export function listenToPanAndZoom(
  parts: Pick<PointingParts<'pan' | 'zoom'>, 'element' | 'onPan' | 'onZoom' | 'onWheel'>,
): () => void {
  return listenToPointing<'pan' | 'zoom'>({
    ...parts,
    modeOf(event) {
      if (event.button > 2) return undefined;
      return event.button === 2 || (event.button === 0 && (event.ctrlKey || event.metaKey)) ? 'zoom' : 'pan';
    },
    onDrag(mode, { from, last, at }) {
      if (mode === 'zoom') parts.onZoom(Math.exp((last.y - at.y) / DRAG_ZOOM_PX), from);
      else parts.onPan(at.x - last.x, at.y - last.y);
    },
  });
}

/** A line of a wheel that counts in lines. */
const LINE_PX = 33;
/** A wheel event of at least this size is one notch of a mouse wheel; smaller ones come in streams, from a touchpad. */
const NOTCH_PX = 50;

/** So many pixels were turned, whatever the browser counts in. */
export function wheelPx({ deltaMode, deltaX, deltaY }: WheelEvent): { dx: number; dy: number } {
  const unit = deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE_PX;
  return { dx: deltaX * unit, dy: deltaY * unit };
}

export function isNotch(deltaPx: number): boolean {
  return Math.abs(deltaPx) >= NOTCH_PX;
}

/** What one event may count for at most. */
const MAX_WHEEL_PX = 240;

export function boundedPx(deltaPx: number): number {
  return Math.min(Math.max(deltaPx, -MAX_WHEEL_PX), MAX_WHEEL_PX);
}

/** Where the wheel is there to zoom: a notch of about 100 pixels makes it a fifth larger. */
export const WHEEL_ZOOM = 0.0018;
/** A pinch on a touchpad comes as a wheel with Ctrl, in small numbers: it counts more than a notch. */
const PINCH_ZOOM = 0.01;

export function wheelZoom(deltaPx: number, perPx: number, isPinch: boolean): number {
  return Math.exp(-deltaPx * (isPinch ? PINCH_ZOOM : perPx));
}
