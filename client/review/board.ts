import type { Annotation } from '../../server/contract/review.ts';

/** What is known of a review's annotations. A value: every change makes a new one. */
export interface Board {
  /** Every revision up to and including this one is known: what to ask from after an outage. */
  readonly revision: number;
  /** Revisions above it that came ahead of a missing one. */
  readonly early: ReadonlySet<number>;
  /** By annotationId, tombstones included: an old change must not bring a deleted annotation back. */
  readonly annotations: ReadonlyMap<string, Annotation>;
}

export const emptyBoard: Board = { revision: 0, early: new Set(), annotations: new Map() };

/** Takes in one change. Changes may come twice and in any order; per annotation the highest revision stays. */
export function applyChange(board: Board, change: Annotation): Board {
  return { ...advance(board, [change.revision]), annotations: merge(board.annotations, [change]) };
}

/**
 * Takes in an answer that holds every annotation changed after `sinceRevision` (which was this board's revision when asked)
 * up to `revision`.
 */
export function applySnapshot(board: Board, snapshot: { revision: number; annotations: Annotation[] }): Board {
  const covered = { ...board, revision: Math.max(board.revision, snapshot.revision) };
  return { ...advance(covered, []), annotations: merge(board.annotations, snapshot.annotations) };
}

/** A change is missing: something later is known already. */
export function hasGap(board: Board): boolean {
  return board.early.size > 0;
}

function advance(board: Board, revisions: number[]): Pick<Board, 'revision' | 'early'> {
  const early = new Set(board.early);
  for (const revision of revisions) early.add(revision);
  let revision = board.revision;
  while (early.has(revision + 1)) revision++;
  for (const known of early) if (known <= revision) early.delete(known);
  return { revision, early };
}

function merge(known: ReadonlyMap<string, Annotation>, changes: Annotation[]): ReadonlyMap<string, Annotation> {
  const merged = new Map(known);
  for (const change of changes) {
    const current = merged.get(change.annotationId);
    if (!current || change.revision >= current.revision) merged.set(change.annotationId, change);
  }
  return merged;
}
