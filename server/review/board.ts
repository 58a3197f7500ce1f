import {
  type Act,
  type AnnotationPut,
  type BoardAnnotation,
  Failure,
  type Shape,
  type Target,
} from '../contract/index.ts';

/** As many annotations as one case holds, deleted ones too. A reading has some dozens. */
export const MAX_ANNOTATIONS = 5000;

/** How many of a person's last acts in a case can be taken back. */
export const MAX_ACTS = 100;

/** An annotation as it is kept; names are looked up where they are shown. */
export type StoredAnnotation = Omit<BoardAnnotation, 'authorName' | 'changedByName'>;

/** What a person did, as it is kept. `sequence`: the board's revision that it made first. */
export interface StoredAct extends Omit<Act, 'authorName'> {
  consultationId: string;
  accountId: string;
  sequence: number;
}

/** Who changes the board and when: from the session and the clock, never from the message. */
export interface Stroke {
  accountId: string;
  at: Date;
  /** The board's next revision, given by the server: rising over the whole board, without gaps. */
  revision: number;
}

/** What one annotation becomes by a put. Whoever puts it is its author, where it had none. */
export function put(
  input: AnnotationPut,
  known: StoredAnnotation | undefined,
  { accountId, at, revision }: Stroke,
): StoredAnnotation {
  const { consultationId, annotationId, target, shape } = input;
  const authorId = known?.authorId ?? accountId;
  return {
    annotationId,
    consultationId,
    target,
    shape,
    revision,
    authorId,
    changedById: accountId,
    changedAt: at.toISOString(),
  };
}

/** The same annotation with another shape; null: a tombstone that keeps author and target, so that whoever comes later learns of it. */
export function reshaped(
  known: StoredAnnotation,
  shape: Shape | null,
  { accountId, at, revision }: Stroke,
): StoredAnnotation {
  return { ...known, shape, revision, changedById: accountId, changedAt: at.toISOString() };
}

/** @throws Failure too-large where a new annotation would be one too many. */
export function requireRoom(count: number): void {
  if (count >= MAX_ANNOTATIONS) throw new Failure('too-large', `a case holds ${MAX_ANNOTATIONS} annotations`);
}

/** The identity of a picture, for traces: whatever names it, from the outer to the inner. */
export function targetId({ kind: _, ...names }: Target): string {
  return Object.values(names).join('/');
}
