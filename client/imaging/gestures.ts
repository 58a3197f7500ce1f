import type { Point } from '../../server/contract/picture.ts';

/** What a drag does. */
export type Mode = 'window' | 'scroll' | 'pan' | 'zoom';

export interface GestureParts {
  element: HTMLElement;
  /** What the left button does. */
  mode(): Mode;
  /** A drag began with this mode. */
  onStart(mode: Mode, at: Point): void;
  /** How far the drag has come since its start, in CSS pixels. */
  onDrag(mode: Mode, dx: number, dy: number): void;
  onEnd(): void;
  /** Pictures to go on by. */
  onScroll(steps: number): void;
  onZoom(factor: number, at: Point): void;
  onPan(dx: number, dy: number): void;
}

/** A wheel event of at least this size is one notch of a mouse wheel; smaller ones come in streams, from a touchpad. */
const NOTCH_PX = 50;
const TOUCHPAD_PX_PER_PICTURE = 24;
const LINE_PX = 33;
/** A touchpad sends an event every few milliseconds; one that comes alone is a notch, however small a Mac or a zoomed page makes it. */
const STREAM_MS = 60;

/**
 * Mouse, touchpad and touch as reading rooms have them: left as chosen, middle pans, right zooms; Shift pans, Ctrl zooms, Alt
 * scrolls; wheel scrolls, with Ctrl (and by pinching) zooms; one finger as the left button, two pan and zoom.
 */
export function listenToGestures(parts: GestureParts): () => void {
  const { element } = parts;
  const listening = new AbortController();
  const touches = new Map<number, Point>();
  let drag: { pointerId: number; mode: Mode; from: Point } | undefined;
  let wheelPx = 0;
  let wheelAtMs = Number.NEGATIVE_INFINITY;

  const pointOf = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const modeOf = (event: PointerEvent): Mode | undefined => {
    if (event.button === 1) return 'pan';
    if (event.button === 2) return 'zoom';
    if (event.button !== 0) return undefined;
    if (event.shiftKey) return 'pan';
    if (event.ctrlKey || event.metaKey) return 'zoom';
    return event.altKey ? 'scroll' : parts.mode();
  };
  const endDrag = (): void => {
    if (!drag) return;
    drag = undefined;
    parts.onEnd();
  };
  const down = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') touches.set(event.pointerId, pointOf(event));
    if (touches.size > 1) {
      endDrag();
      return;
    }
    const mode = modeOf(event);
    if (drag || !mode) return;
    // Without this a middle press starts the browser's own scrolling.
    if (event.button !== 0) event.preventDefault();
    drag = { pointerId: event.pointerId, mode, from: pointOf(event) };
    element.setPointerCapture(event.pointerId);
    parts.onStart(mode, drag.from);
  };
  const move = (event: PointerEvent): void => {
    const before = touches.get(event.pointerId);
    const at = pointOf(event);
    if (before && touches.size === 2) {
      const [other] = [...touches].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      touches.set(event.pointerId, at);
      if (!other) return;
      parts.onPan((at.x - before.x) / 2, (at.y - before.y) / 2);
      const spread =
        Math.hypot(at.x - other.x, at.y - other.y) / (Math.hypot(before.x - other.x, before.y - other.y) || 1);
      parts.onZoom(spread, { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
      return;
    }
    if (before) touches.set(event.pointerId, at);
    if (drag?.pointerId === event.pointerId) parts.onDrag(drag.mode, at.x - drag.from.x, at.y - drag.from.y);
  };
  const up = (event: PointerEvent): void => {
    touches.delete(event.pointerId);
    if (drag?.pointerId === event.pointerId) endDrag();
  };
  const wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const deltaPx = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * LINE_PX;
    const notch = Math.abs(deltaPx) >= NOTCH_PX;
    if (event.ctrlKey) {
      parts.onZoom(Math.exp(-deltaPx * (notch ? 0.002 : 0.01)), pointOf(event));
      return;
    }
    if (deltaPx === 0) return;
    const alone = event.timeStamp - wheelAtMs > STREAM_MS;
    wheelAtMs = event.timeStamp;
    if (notch || alone) {
      wheelPx = 0;
      parts.onScroll(Math.sign(deltaPx));
      return;
    }
    // At most one picture an event, so that a fast wheel on a zoomed page is as fast as on any other.
    wheelPx += Math.sign(deltaPx) * Math.min(Math.abs(deltaPx), TOUCHPAD_PX_PER_PICTURE);
    if (Math.abs(wheelPx) < TOUCHPAD_PX_PER_PICTURE) return;
    wheelPx -= Math.sign(wheelPx) * TOUCHPAD_PX_PER_PICTURE;
    parts.onScroll(Math.sign(deltaPx));
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
