import {
  boundedPx,
  isNotch,
  listenToPanAndZoom,
  type PointingParts,
  WHEEL_ZOOM,
  wheelPx,
  wheelZoom,
} from '../viewer/pointing.ts';

export interface GestureParts extends Pick<PointingParts<never>, 'element' | 'onPan' | 'onZoom'> {
  /** Reads on by so many CSS pixels: down, and to the right. */
  onScroll(dx: number, dy: number): void;
}

/** The page is moved as every picture; the wheel reads on, with Shift sideways, and with Ctrl (and by pinching) it zooms. */
export function listenToGestures({ onScroll, ...parts }: GestureParts): () => void {
  return listenToPanAndZoom({
    ...parts,
    onWheel(event, at) {
      const turned = wheelPx(event);
      const [dx, dy] = [boundedPx(turned.dx), boundedPx(turned.dy)];
      if (event.ctrlKey || event.metaKey) parts.onZoom(wheelZoom(dy, WHEEL_ZOOM, event.ctrlKey && !isNotch(dy)), at);
      else if (event.shiftKey) onScroll(dx + dy, 0);
      else onScroll(dx, dy);
    },
  });
}
