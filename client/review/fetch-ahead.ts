import type { MaterialView } from '../../server/contract/picture-kinds.ts';
import { listingOf } from '../pictures/listings.ts';
import { preloadReview } from './preload.ts';

/**
 * Asks for what a case's first picture needs first, and for the code of all its viewers: they are about to open. Also run by a page's first
 * script, before the application's own code is there (client/preload-pages.ts).
 */
export function fetchReviewAhead(consultationId: string, materials: MaterialView[]): void {
  const [first] = materials;
  if (first) listingOf(first.kind).fetchAhead?.(`consultations/${consultationId}`, first);
  preloadReview(materials);
}
