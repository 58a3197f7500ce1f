import type { Target } from '../../../server/contract/picture-kinds.ts';
import type { Annotation, Shape } from '../../../server/contract/review.ts';

export const DRAFT_ID = 'draft';

/** What is being drawn, as if it were there already. */
export function draftOf(shape: Shape, target: Target, accountId: string): Annotation {
  const about = { consultationId: '', revision: 0, authorName: '', changedAt: '' };
  return { ...about, annotationId: DRAFT_ID, authorId: accountId, target, shape };
}
