import { isNotch, listenToPanAndZoom, type PointingParts, wheelPx, wheelZoom } from '../viewer/pointing.ts';

export interface GestureParts extends Pick<PointingParts<never>, 'element' | 'onPan' | 'onZoom'> {
  /** Notches of the wheel, towards what comes later; fractions from a touchpad. */
  onScroll(notches: number): void;
  onPage(pages: 1 | -1): void;
}

const TOUCHPAD_PX_PER_NOTCH = 60;
/** A notch of a mouse wheel with Ctrl. */
const NOTCH_ZOOM = 0.002;

/** The paper is moved as every picture; the wheel goes on in time, with Shift page by page, and with Ctrl (and by pinching) it zooms. */
export function listenToGestures({ onScroll, onPage, ...parts }: GestureParts): () => void {
  return listenToPanAndZoom({
    ...parts,
    onWheel(event, at) {
      const { dx, dy } = wheelPx(event);
      const deltaPx = Math.abs(dy) >= Math.abs(dx) ? dy : dx;
      const notch = isNotch(deltaPx);
      if (event.ctrlKey) parts.onZoom(wheelZoom(deltaPx, NOTCH_ZOOM, !notch), at);
      else if (!event.shiftKey) onScroll(notch ? Math.sign(deltaPx) : deltaPx / TOUCHPAD_PX_PER_NOTCH);
      else if (notch) onPage(deltaPx > 0 ? 1 : -1);
    },
  });
}
