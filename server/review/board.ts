import { type Annotation, type AnnotationPut, Failure, type Target } from '../contract/index.ts';

/** As many annotations as one case holds, deleted ones too. A reading has some dozens. */
export const MAX_ANNOTATIONS = 5000;

/** An annotation as it is kept; the author's name is looked up where it is shown. */
export type StoredAnnotation = Omit<Annotation, 'authorName'>;

/** Who changes the board and when: from the session and the clock, never from the message. */
export interface Stroke {
  authorId: string;
  at: Date;
  /** The board's next revision, given by the server: rising over the whole board, without gaps. */
  revision: number;
}

/**
 * What one annotation becomes by a put. The last writer wins over whatever was there, a tombstone too: whoever still
 * drags what another has just deleted keeps it.
 */
export function put(input: AnnotationPut, { authorId, at, revision }: Stroke): StoredAnnotation {
  const { consultationId, annotationId, target, shape } = input;
  return { annotationId, consultationId, target, shape, revision, authorId, changedAt: at.toISOString() };
}

/** A tombstone: the shape goes, target and revision stay, so that whoever comes later learns of it. */
export function erase(known: StoredAnnotation, { authorId, at, revision }: Stroke): StoredAnnotation {
  return { ...known, shape: null, revision, authorId, changedAt: at.toISOString() };
}

/** @throws Failure too-large where a new annotation would be one too many. */
export function requireRoom(count: number): void {
  if (count >= MAX_ANNOTATIONS) throw new Failure('too-large', `a case holds ${MAX_ANNOTATIONS} annotations`);
}

/** The identity of a picture, for traces: whatever names it, from the outer to the inner. */
export function targetId({ kind: _, ...names }: Target): string {
  return Object.values(names).join('/');
}
