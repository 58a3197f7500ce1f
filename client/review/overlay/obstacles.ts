import type { Point } from '../../../server/contract/picture.ts';
import type { Viewer } from '../../viewer/viewer.ts';

/** What labels should leave in sight, on the screen; found anew when the picture has moved. */
export function createObstacles(viewer: Viewer, lightbox: HTMLElement): () => readonly Point[] {
  let foundFor = '';
  let found: Point[] = [];
  return () => {
    const points = viewer.inTheWay?.() ?? [];
    if (points.length === 0) return points;
    const key = JSON.stringify([viewer.viewport, points.length, lightbox.clientWidth, lightbox.clientHeight]);
    if (key !== foundFor) found = points.flatMap((point) => viewer.toScreen(point) ?? []);
    foundFor = key;
    return found;
  };
}
