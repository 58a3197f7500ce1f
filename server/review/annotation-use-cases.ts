import type { Asked } from '../access/asked.ts';
import { requireAnnotationChange } from '../access/may.ts';
import { recordAct } from '../audit/record.ts';
import { getCaseFor } from '../cases/case-access.ts';
import { type AnnotationDelete, type AnnotationPut, Failure } from '../contract/index.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';
import { MAX_ACTS, put, requireRoom, reshaped, type StoredAnnotation, targetId } from './board.ts';
import { nameAnnotations } from './naming.ts';

export interface AnnotationParts {
  work: Work<'accounts' | 'audit' | 'calls' | 'consultations' | 'facilities' | 'review'>;
  notify: Notify;
}

/** What a change came to; `told`: the others are to hear of it. */
export interface Changed {
  annotation: StoredAnnotation;
  told: boolean;
}

/**
 * Keeps what was drawn and tells the other windows. An act that was done already is not done again.
 * @param peerId the window that drew it: it has the revision in its answer.
 * @throws Failure forbidden where somebody else drew it
 */
export async function putAnnotation(
  parts: AnnotationParts,
  asked: Asked,
  input: AnnotationPut,
  peerId: string,
): Promise<{ revision: number }> {
  const { caller, at } = asked;
  const { consultationId, annotationId, actId } = input;
  const changed = await parts.work.write(async (stores): Promise<Changed> => {
    await getCaseFor(stores, caller, consultationId, 'annotate', { at, lock: true });
    const known = await stores.review.findAnnotation(consultationId, annotationId);
    if (known && (await wasDone(stores, asked, consultationId, actId))) return { annotation: known, told: false };
    requireAnnotationChange('put', caller, known?.authorId, undefined);
    if (!known) requireRoom(await stores.review.countAnnotations(consultationId));
    const revision = await stores.review.nextRevision(consultationId);
    const next = put(input, known, { accountId: caller.accountId, at, revision });
    await keep(stores, asked, 'annotation:put', known, next, actId);
    return { annotation: next, told: true };
  });
  return tell(parts, changed, peerId);
}

/**
 * Deleting what is deleted already answers its revision.
 * @throws Failure not-found where there never was such an annotation; forbidden where it is somebody else's and one does not present.
 */
export async function deleteAnnotation(
  parts: AnnotationParts,
  asked: Asked,
  { consultationId, annotationId, actId }: AnnotationDelete,
  peerId: string,
): Promise<{ revision: number }> {
  const { caller, at } = asked;
  const changed = await parts.work.write(async (stores): Promise<Changed> => {
    await getCaseFor(stores, caller, consultationId, 'annotate', { at, lock: true });
    const known = await stores.review.findAnnotation(consultationId, annotationId);
    if (!known) throw new Failure('not-found', 'no such annotation');
    if (known.shape === null) return { annotation: known, told: false };
    requireAnnotationChange('delete', caller, known.authorId, await presenterId(stores, consultationId));
    const revision = await stores.review.nextRevision(consultationId);
    const next = reshaped(known, null, { accountId: caller.accountId, at, revision });
    await keep(stores, asked, 'annotation:delete', known, next, actId);
    return { annotation: next, told: true };
  });
  return tell(parts, changed, peerId);
}

async function wasDone(
  stores: Pick<Stores, 'review'>,
  { caller }: Asked,
  consultationId: string,
  actId: string | undefined,
): Promise<boolean> {
  const act = actId === undefined ? undefined : await stores.review.findAct(consultationId, actId);
  return act?.accountId === caller.accountId;
}

export async function presenterId(stores: Pick<Stores, 'review'>, consultationId: string): Promise<string | undefined> {
  const { presenting } = await stores.review.findPresenting(consultationId);
  return presenting.presenter?.accountId;
}

async function keep(
  stores: Pick<Stores, 'audit' | 'review'>,
  asked: Asked,
  action: string,
  known: StoredAnnotation | undefined,
  next: StoredAnnotation,
  actId: string = crypto.randomUUID(),
): Promise<void> {
  const { accountId } = asked.caller;
  const { consultationId, annotationId, target, authorId } = next;
  await stores.review.saveAnnotation(next);
  await stores.review.trimActs(consultationId, accountId, MAX_ACTS - 1);
  await stores.review.saveAct({
    consultationId,
    actId,
    accountId,
    sequence: next.revision,
    annotationId,
    target,
    before: known?.shape ?? null,
    after: next.shape,
    authorId,
    undone: false,
  });
  await recordAct(stores.audit, asked, traceOf(action, next));
}

/** Once it is kept: to every window in the review but the one that did it. */
export async function tell(
  { notify, work }: AnnotationParts,
  { annotation, told }: Changed,
  peerId: string,
): Promise<{ revision: number }> {
  const { revision, consultationId } = annotation;
  if (told)
    for (const named of await nameAnnotations(work.read, [annotation]))
      notify.toCase(consultationId, 'annotation:changed', named, peerId);
  return { revision };
}

export function traceOf(action: string, annotation: StoredAnnotation) {
  const { annotationId, consultationId, revision, shape, target } = annotation;
  return {
    action,
    subjectKind: 'annotation',
    subjectId: annotationId,
    consultationId,
    detail: { revision, ...(shape ? { kind: shape.kind } : {}), target: targetId(target) },
  };
}
