import type { Point } from '../../server/contract/picture.ts';

export interface GestureParts {
  element: HTMLElement;
  /** The picture moves by so many CSS pixels. */
  onPan(dx: number, dy: number): void;
  /** Larger by the factor around a point, CSS pixels from the element's corner. */
  onZoom(factor: number, at: Point): void;
}

/** Dragging up by so many pixels makes it e times as large. */
const DRAG_ZOOM_PX = 200;
/** A notch of a mouse wheel is about 100 pixels: a fifth larger. */
const WHEEL_ZOOM = 0.0018;
/** The browser tells a pinch on a touchpad as a wheel with Ctrl, in small numbers. */
const PINCH_ZOOM = 0.01;
const PINCH_MAX_PX = 50;
const LINE_PX = 33;
const MAX_WHEEL_PX = 240;

/**
 * As slide viewers have them: left and middle drag pan, right drag zooms, the wheel (with Ctrl too) and a pinch zoom where the
 * cursor is, one finger pans, two pan and zoom. Nothing glides on by itself: what is seen is where the hand put it.
 */
export function listenToGestures({ element, onPan, onZoom }: GestureParts): () => void {
  const listening = new AbortController();
  const touches = new Map<number, Point>();
  let drag: { pointerId: number; zooms: boolean; from: Point; last: Point } | undefined;

  const pointOf = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const down = (event: PointerEvent): void => {
    const at = pointOf(event);
    if (event.pointerType === 'touch') touches.set(event.pointerId, at);
    if (touches.size > 1) {
      drag = undefined;
      return;
    }
    if (drag || event.button > 2) return;
    // Without this a middle press starts the browser's own scrolling.
    if (event.button !== 0) event.preventDefault();
    const zooms = event.button === 2 || (event.button === 0 && (event.ctrlKey || event.metaKey));
    drag = { pointerId: event.pointerId, zooms, from: at, last: at };
    element.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    const at = pointOf(event);
    const before = touches.get(event.pointerId);
    if (before) touches.set(event.pointerId, at);
    if (before && touches.size === 2) {
      const other = [...touches].find(([id]) => id !== event.pointerId)?.[1];
      if (other) pinch(before, at, other);
      return;
    }
    if (drag?.pointerId !== event.pointerId) return;
    const { zooms, from, last } = drag;
    drag.last = at;
    if (zooms) onZoom(Math.exp((last.y - at.y) / DRAG_ZOOM_PX), from);
    else onPan(at.x - last.x, at.y - last.y);
  };
  const pinch = (before: Point, at: Point, other: Point): void => {
    onPan((at.x - before.x) / 2, (at.y - before.y) / 2);
    const spread = Math.hypot(at.x - other.x, at.y - other.y);
    const spreadBefore = Math.hypot(before.x - other.x, before.y - other.y);
    if (spread > 0 && spreadBefore > 0)
      onZoom(spread / spreadBefore, { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
  };
  const up = (event: PointerEvent): void => {
    touches.delete(event.pointerId);
    if (drag?.pointerId === event.pointerId) drag = undefined;
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const deltaPx = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * LINE_PX;
    const isPinch = event.ctrlKey && Math.abs(deltaPx) < PINCH_MAX_PX;
    const bounded = Math.min(Math.max(deltaPx, -MAX_WHEEL_PX), MAX_WHEEL_PX);
    onZoom(Math.exp(-bounded * (isPinch ? PINCH_ZOOM : WHEEL_ZOOM)), pointOf(event));
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
