import type { Asked } from '../access/asked.ts';
import { requireAnnotationChange } from '../access/may.ts';
import { recordAct } from '../audit/record.ts';
import { Failure, isSameShape, type Shape, type ShowingMarkInput, type ShowingStep } from '../contract/index.ts';
import { requireNobodyNamed } from '../demonstrations/plan-use-cases.ts';
import { MAX_ANNOTATIONS, targetId } from '../review/board.ts';
import { type FoundShowing, lockShowing } from './access.ts';
import type { ShowingParts } from './parts.ts';
import { showableOf } from './showable.ts';
import type { StoredMark } from './store.ts';
import { nameMarks } from './view.ts';

type Stores = Parameters<Parameters<ShowingParts['work']['write']>[0]>[0];
/** `told`: the others are to hear of it. */
interface Changed {
  mark: StoredMark;
  told: boolean;
  /** It lies on the picture that is shown: of any other those who only watch hear nothing. */
  isShown: boolean;
}

/**
 * Draws a mark, changes it or takes it away. An act that was done already is not done again.
 * @throws Failure not-found where the picture is none that may be shown; invalid-message / patient-named; forbidden where somebody else drew it, but for whoever presents and takes it away
 */
export async function putMark(
  parts: ShowingParts,
  asked: Asked,
  input: ShowingMarkInput,
  peerId: string,
): Promise<{ revision: number }> {
  const { demonstrationId, annotationId, mark: given, actId } = input;
  const { accountId } = asked.caller;
  const changed = await parts.work.write(async (stores): Promise<Changed> => {
    const { demonstration, showing } = await lockShowing(parts, stores, asked, demonstrationId);
    const known = await stores.showings.findMark(demonstrationId, annotationId);
    const done = await stores.showings.findAct(demonstrationId, actId);
    if (known && done?.act?.accountId === accountId) return { mark: known, told: false, isShown: false };
    const change = given ? 'put' : 'delete';
    requireAnnotationChange(change, asked.caller, known?.authorId, showing.presenter?.accountId);
    if (given?.shape.kind === 'arrow')
      await requireNobodyNamed(parts, stores, demonstration.consultationId, { text: given.shape.text });
    const before = known ?? toNew(input, accountId);
    const shape = given?.shape ?? null;
    const isShown = await requireShowable(parts, stores, { demonstration, showing }, { target: before.target, shape });
    if (given && !known) {
      if ((await stores.showings.countMarks(demonstrationId)) >= MAX_ANNOTATIONS)
        throw new Failure('too-large', `a demonstration holds ${MAX_ANNOTATIONS} marks`);
    }
    const mark = await write(parts, stores, asked, { before, shape, actId });
    return { mark, told: true, isShown };
  });
  return tell(parts, changed, peerId);
}

/**
 * Takes one of the caller's own acts back, or does it again.
 * @throws Failure not-found where it is none of theirs; conflict / annotation-changed where the mark is not what the act left
 */
export async function stepMark(
  parts: ShowingParts,
  asked: Asked,
  { demonstrationId, actId, direction }: ShowingStep,
  peerId: string,
): Promise<{ revision: number }> {
  const changed = await parts.work.write(async (stores): Promise<Changed> => {
    const found = await lockShowing(parts, stores, asked, demonstrationId);
    const done = await stores.showings.findAct(demonstrationId, actId);
    if (done?.event.kind !== 'mark' || done.act?.accountId !== asked.caller.accountId)
      throw new Failure('not-found', 'no such act');
    const { mark } = done.event;
    const known = await stores.showings.findMark(demonstrationId, mark.annotationId);
    if (!known) throw new Failure('not-found', 'no such mark');
    const [from, to] = direction === 'undo' ? [mark.shape, done.act.before] : [done.act.before, mark.shape];
    if (isSameShape(known.shape, to)) return { mark: known, told: false, isShown: false };
    if (!isSameShape(known.shape, from))
      throw new Failure('conflict', 'the mark has changed since', { reason: 'annotation-changed' });
    if (direction === 'redo' && to === null)
      requireAnnotationChange('delete', asked.caller, known.authorId, found.showing.presenter?.accountId);
    const isShown = await requireShowable(parts, stores, found, { target: known.target, shape: to });
    return { mark: await write(parts, stores, asked, { before: known, shape: to }), told: true, isShown };
  });
  return tell(parts, changed, peerId);
}

type Before = Pick<StoredMark, 'demonstrationId' | 'annotationId' | 'target' | 'authorId' | 'shape'>;

function toNew({ demonstrationId, annotationId, mark }: ShowingMarkInput, authorId: string): Before {
  if (!mark) throw new Failure('not-found', 'no such mark');
  return { demonstrationId, annotationId, target: mark.target, authorId, shape: null };
}

/** What is taken away may lie on anything. @returns whether it is the picture that is shown. @throws Failure not-found */
async function requireShowable(
  { showables }: ShowingParts,
  stores: Stores,
  { demonstration, showing }: Pick<FoundShowing, 'demonstration' | 'showing'>,
  { target, shape }: Pick<StoredMark, 'target' | 'shape'>,
): Promise<boolean> {
  const on = showableOf(await showables.list(stores, demonstration), target);
  if (shape && !on) throw new Failure('not-found', 'no picture that may be shown');
  return on !== undefined && on.material.materialId === showing.materialId;
}

async function write(
  { stream, clock }: ShowingParts,
  stores: Stores,
  asked: Asked,
  { before, shape, actId }: { before: Before; shape: Shape | null; actId?: string },
): Promise<StoredMark> {
  const { accountId } = asked.caller;
  const { demonstrationId, annotationId, target, authorId } = before;
  const mark: StoredMark = {
    ...{ demonstrationId, annotationId, target, authorId, shape },
    revision: await stores.showings.nextRevision(demonstrationId),
    changedById: accountId,
    changedAt: clock().toISOString(),
  };
  await stores.showings.saveMark(mark);
  const act = actId === undefined ? null : { actId, accountId, before: before.shape };
  await stores.showings.addEvents([stream.event(demonstrationId, { kind: 'mark', mark }, act)]);
  await recordAct(stores.audit, asked, {
    action: shape === null ? 'showing:unmark' : 'showing:mark',
    subjectKind: 'demonstration',
    subjectId: demonstrationId,
    detail: { annotationId, ...(shape ? { kind: shape.kind } : {}), target: targetId(target) },
  });
  return mark;
}

/** Once it is kept: to every window that sees it, but the one that did it. */
async function tell({ notify, work }: ShowingParts, { mark, told, isShown }: Changed, peerId: string) {
  const { demonstrationId, revision } = mark;
  if (told)
    for (const named of await nameMarks(work.read, [mark]))
      notify[isShown ? 'toShowing' : 'toShowers'](demonstrationId, 'showing:marked', named, peerId);
  return { revision };
}
