import { isNotch, listenToPointing, type PointingParts, wheelPx, wheelZoom } from '../viewer/pointing.ts';

/** What a drag does. */
export type Mode = 'window' | 'scroll' | 'pan' | 'zoom';

export interface GestureParts extends Omit<PointingParts<Mode>, 'modeOf' | 'onWheel'> {
  /** What the left button does. */
  mode(): Mode;
  /** Pictures to go on by. */
  onScroll(steps: number): void;
}

const TOUCHPAD_PX_PER_PICTURE = 24;
/** A notch of a mouse wheel with Ctrl. */
const NOTCH_ZOOM = 0.002;
/** A touchpad sends an event every few milliseconds; one that comes alone is a notch, however small a Mac or a zoomed page makes it. */
const STREAM_MS = 60;

/**
 * Mouse, touchpad and touch as reading rooms have them: left as chosen, middle pans, right zooms; Shift pans, Ctrl zooms, Alt
 * scrolls; wheel scrolls, with Ctrl (and by pinching) zooms; one finger as the left button, two pan and zoom.
 */
export function listenToGestures(parts: GestureParts): () => void {
  let streamPx = 0;
  let wheelAtMs = Number.NEGATIVE_INFINITY;

  const modeOf = (event: PointerEvent): Mode | undefined => {
    if (event.button === 1) return 'pan';
    if (event.button === 2) return 'zoom';
    if (event.button !== 0) return undefined;
    if (event.shiftKey) return 'pan';
    if (event.ctrlKey || event.metaKey) return 'zoom';
    return event.altKey ? 'scroll' : parts.mode();
  };
  const scroll = (deltaPx: number, atMs: number): void => {
    const alone = atMs - wheelAtMs > STREAM_MS;
    wheelAtMs = atMs;
    if (isNotch(deltaPx) || alone) {
      streamPx = 0;
      parts.onScroll(Math.sign(deltaPx));
      return;
    }
    // At most one picture an event, so that a fast wheel on a zoomed page is as fast as on any other.
    streamPx += Math.sign(deltaPx) * Math.min(Math.abs(deltaPx), TOUCHPAD_PX_PER_PICTURE);
    if (Math.abs(streamPx) < TOUCHPAD_PX_PER_PICTURE) return;
    streamPx -= Math.sign(streamPx) * TOUCHPAD_PX_PER_PICTURE;
    parts.onScroll(Math.sign(deltaPx));
  };
  return listenToPointing({
    ...parts,
    modeOf,
    onWheel(event, at) {
      const { dy } = wheelPx(event);
      if (event.ctrlKey) parts.onZoom(wheelZoom(dy, NOTCH_ZOOM, !isNotch(dy)), at);
      else if (dy !== 0) scroll(dy, event.timeStamp);
    },
  });
}
