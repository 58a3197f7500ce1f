import type { Viewer } from '../../viewer/viewer.ts';
import type { ReviewSession } from '../session.ts';

/** Tells the others where on the picture this person points. @returns stops telling. */
export function tellOwnPointer(lightbox: HTMLElement, viewer: Viewer, session: ReviewSession): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const pointAt = (event: PointerEvent): void => {
    const target = viewer.viewport?.target;
    const box = lightbox.getBoundingClientRect();
    const point = viewer.toImage({ x: event.clientX - box.left, y: event.clientY - box.top });
    if (target && point) session.point(target, point);
  };
  const pointNowhere = (): void => {
    const target = viewer.viewport?.target;
    if (target) session.point(target, null);
  };
  lightbox.addEventListener('pointermove', pointAt, { signal });
  lightbox.addEventListener('pointerleave', pointNowhere, { signal });
  return () => listening.abort();
}
