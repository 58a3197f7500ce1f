import { type RefObject, useEffect } from 'react';
import type { Demand } from './subscription.ts';

/** A column that is being dragged settles first: each change of layer waits for a key frame. */
const SETTLE_MS = 200;
/** Another tab for a moment, to look something up, is no reason to stop. */
const HIDDEN_AFTER_MS = 5_000;

/** Tells the sfu how large a picture is shown here, and to spare the line where it is not. */
export function useDemand(
  client: { setDemand(producerId: string, demand: Demand): void },
  element: RefObject<HTMLElement | null>,
  producerId: string | undefined,
  priority: number,
): void {
  useEffect(() => {
    const tile = element.current;
    if (!tile || producerId === undefined) return undefined;
    let onScreen = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tell = () => {
      const full = document.fullscreenElement;
      const covered = full !== null && !full.contains(tile) && !tile.contains(full);
      const visible = onScreen && !covered && document.visibilityState === 'visible';
      client.setDemand(producerId, { visible, widthPx: tile.clientWidth * devicePixelRatio, priority });
    };
    const later = (delayMs = SETTLE_MS) => {
      clearTimeout(timer);
      timer = setTimeout(tell, delayMs);
    };
    const onVisibility = () => later(document.visibilityState === 'visible' ? 0 : HIDDEN_AFTER_MS);
    const onFullScreen = () => later();
    const resize = new ResizeObserver(() => later());
    const intersection = new IntersectionObserver(([entry]) => {
      onScreen = entry?.isIntersecting ?? true;
      later();
    });
    resize.observe(tile);
    intersection.observe(tile);
    document.addEventListener('visibilitychange', onVisibility);
    document.addEventListener('fullscreenchange', onFullScreen);
    return () => {
      clearTimeout(timer);
      resize.disconnect();
      intersection.disconnect();
      document.removeEventListener('visibilitychange', onVisibility);
      document.removeEventListener('fullscreenchange', onFullScreen);
    };
  }, [client, element, producerId, priority]);
}
