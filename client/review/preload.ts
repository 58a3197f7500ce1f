import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import { kinds } from '../pictures/kinds.ts';

/** Fetches, while there is time, the code that looking at these needs: on a slow line it comes in several round trips. */
export function preloadReview(materials: MaterialView[]): void {
  if (materials.length === 0) return;
  const parts: Promise<unknown>[] = [import('./review-panel.tsx')];
  for (const kind of new Set(materials.map((material) => material.kind))) parts.push(kinds[kind]());
  // What does not come now is asked for again when it is needed.
  void Promise.allSettled(parts);
}
