import type { Point } from '../../server/contract/picture.ts';

export interface GestureParts {
  element: HTMLElement;
  /** The paper moves by so many CSS pixels. */
  onPan(dx: number, dy: number): void;
  /** `at`: CSS pixels from the element's top left corner. */
  onZoom(factor: number, at: Point): void;
  /** Notches of the wheel, towards what comes later; fractions from a touchpad. */
  onScroll(notches: number): void;
  onPage(pages: 1 | -1): void;
}

/** A wheel event of at least this size is one notch of a mouse wheel; smaller ones come in streams, from a touchpad. */
const NOTCH_PX = 50;
const TOUCHPAD_PX_PER_NOTCH = 60;
const LINE_PX = 33;
/** Dragging up by so many pixels makes it e times as large. */
const ZOOM_PX = 200;

/**
 * Mouse, touchpad and touch as on the images: left and middle pan, right zooms, Ctrl and left zooms; the wheel goes on in time, with
 * Shift page by page; with Ctrl (and by pinching) it zooms; one finger pans, two pan and zoom.
 */
export function listenToGestures({ element, onPan, onZoom, onScroll, onPage }: GestureParts): () => void {
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
    if (touches.size > 1) drag = undefined;
    if (drag || touches.size > 1 || event.button > 2) return;
    // Without this a middle press starts the browser's own scrolling.
    if (event.button !== 0) event.preventDefault();
    const zooms = event.button === 2 || (event.button === 0 && (event.ctrlKey || event.metaKey));
    drag = { pointerId: event.pointerId, zooms, from: at, last: at };
    element.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent): void => {
    const before = touches.get(event.pointerId);
    const at = pointOf(event);
    if (before) touches.set(event.pointerId, at);
    if (before && touches.size === 2) {
      const other = [...touches].find(([id]) => id !== event.pointerId)?.[1];
      if (other) pinch(before, at, other);
      return;
    }
    if (drag?.pointerId !== event.pointerId) return;
    const [dx, dy] = [at.x - drag.last.x, at.y - drag.last.y];
    drag.last = at;
    if (drag.zooms) onZoom(Math.exp(-dy / ZOOM_PX), drag.from);
    else onPan(dx, dy);
  };
  const pinch = (before: Point, at: Point, other: Point): void => {
    onPan((at.x - before.x) / 2, (at.y - before.y) / 2);
    const apart = Math.hypot(before.x - other.x, before.y - other.y) || 1;
    const spread = Math.hypot(at.x - other.x, at.y - other.y) / apart;
    if (spread > 0) onZoom(spread, { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
  };
  const up = (event: PointerEvent): void => {
    touches.delete(event.pointerId);
    if (drag?.pointerId === event.pointerId) drag = undefined;
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const along = Math.abs(event.deltaY) >= Math.abs(event.deltaX) ? event.deltaY : event.deltaX;
    const deltaPx = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? along : along * LINE_PX;
    const notch = Math.abs(deltaPx) >= NOTCH_PX;
    if (event.ctrlKey) onZoom(Math.exp(-deltaPx * (notch ? 0.002 : 0.01)), pointOf(event));
    else if (!event.shiftKey) onScroll(notch ? Math.sign(deltaPx) : deltaPx / TOUCHPAD_PX_PER_NOTCH);
    else if (notch) onPage(deltaPx > 0 ? 1 : -1);
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
