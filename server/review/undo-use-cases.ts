import type { Asked } from '../access/asked.ts';
import { requireAnnotationChange } from '../access/may.ts';
import { recordAct } from '../audit/record.ts';
import { getCaseFor } from '../cases/case-access.ts';
import { type AnnotationStep, Failure, isSameShape } from '../contract/index.ts';
import { type AnnotationParts, type Changed, presenterId, tell, traceOf } from './annotation-use-cases.ts';
import { reshaped } from './board.ts';

/**
 * Takes one of the caller's own acts back, or does it again. Done already, it answers the annotation's revision.
 * @throws Failure not-found where it is no act of the caller's; conflict, reason `annotation-changed`, where the annotation is not
 * any more what the act left; forbidden where doing it again would delete somebody else's and one does not present.
 */
export async function stepAnnotation(
  parts: AnnotationParts,
  asked: Asked,
  { consultationId, actId }: AnnotationStep,
  direction: 'undo' | 'redo',
  peerId: string,
): Promise<{ revision: number }> {
  const { caller, at } = asked;
  const changed = await parts.work.write(async (stores): Promise<Changed> => {
    await getCaseFor(stores, caller, consultationId, 'annotate', { at, lock: true });
    const act = await stores.review.findAct(consultationId, actId);
    const known = act && (await stores.review.findAnnotation(consultationId, act.annotationId));
    if (!known || act.accountId !== caller.accountId) throw new Failure('not-found', 'no such act');
    const undone = direction === 'undo';
    if (act.undone === undone) return { annotation: known, told: false };
    const [from, to] = undone ? [act.after, act.before] : [act.before, act.after];
    if (!isSameShape(known.shape, from))
      throw new Failure('conflict', 'the annotation has changed since', { reason: 'annotation-changed' });
    if (!undone && to === null)
      requireAnnotationChange('delete', caller, known.authorId, await presenterId(stores, consultationId));
    const revision = await stores.review.nextRevision(consultationId);
    const next = reshaped(known, to, { accountId: caller.accountId, at, revision });
    await stores.review.saveAnnotation(next);
    await stores.review.saveAct({ ...act, undone });
    await recordAct(stores.audit, asked, traceOf(`annotation:${direction}`, next));
    return { annotation: next, told: true };
  });
  return tell(parts, changed, peerId);
}
