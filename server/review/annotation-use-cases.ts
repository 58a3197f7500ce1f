import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { getCaseFor } from '../consultations/case-access.ts';
import { type AnnotationDelete, type AnnotationPut, Failure } from '../contract/index.ts';
import type { Notify } from '../notify.ts';
import type { Work } from '../stores.ts';
import { erase, put, requireRoom, type StoredAnnotation, targetId } from './board.ts';

export interface AnnotationParts {
  work: Work;
  notify: Notify;
}

/**
 * Keeps what was drawn and tells the other windows.
 * @param peerId the window that drew it: it has the revision in its answer.
 */
export async function putAnnotation(
  { work, notify }: AnnotationParts,
  asked: Asked,
  input: AnnotationPut,
  peerId: string,
): Promise<{ revision: number }> {
  const { caller, at } = asked;
  const { consultationId, annotationId } = input;
  const annotation = await work.write(async (stores) => {
    await getCaseFor(stores, caller, consultationId, 'annotate', { at, lock: true });
    if (!(await stores.review.findAnnotation(consultationId, annotationId)))
      requireRoom(await stores.review.countAnnotations(consultationId));
    const revision = await stores.review.nextRevision(consultationId);
    const next = put(input, { authorId: caller.accountId, at, revision });
    await stores.review.saveAnnotation(next);
    await recordAct(stores.audit, asked, trace('annotation:put', next));
    return next;
  });
  notify.toCase(consultationId, 'annotation:changed', { ...annotation, authorName: caller.name }, peerId);
  return { revision: annotation.revision };
}

/** Deleting what is deleted already answers its revision. @throws Failure not-found where there never was such an annotation. */
export async function deleteAnnotation(
  { work, notify }: AnnotationParts,
  asked: Asked,
  { consultationId, annotationId }: AnnotationDelete,
  peerId: string,
): Promise<{ revision: number }> {
  const { caller, at } = asked;
  const { annotation, isNew } = await work.write(async (stores) => {
    await getCaseFor(stores, caller, consultationId, 'annotate', { at, lock: true });
    const known = await stores.review.findAnnotation(consultationId, annotationId);
    if (!known) throw new Failure('not-found', 'no such annotation');
    if (known.shape === null) return { annotation: known, isNew: false };
    const revision = await stores.review.nextRevision(consultationId);
    const next = erase(known, { authorId: caller.accountId, at, revision });
    await stores.review.saveAnnotation(next);
    await recordAct(stores.audit, asked, trace('annotation:delete', next));
    return { annotation: next, isNew: true };
  });
  if (isNew) notify.toCase(consultationId, 'annotation:changed', { ...annotation, authorName: caller.name }, peerId);
  return { revision: annotation.revision };
}

function trace(action: string, annotation: StoredAnnotation) {
  const { annotationId, consultationId, revision, shape, target } = annotation;
  return {
    action,
    subjectKind: 'annotation',
    subjectId: annotationId,
    consultationId,
    detail: { revision, ...(shape ? { kind: shape.kind } : {}), target: targetId(target) },
  };
}
