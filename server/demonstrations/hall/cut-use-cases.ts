import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { cutOff } from '../../../sfu/hall/cut-state.ts';
import type { Asked } from '../../access/asked.ts';
import { recordAct } from '../../audit/record.ts';
import { type CutInput, type CutState, Failure, type ResumeInput } from '../../contract/index.ts';
import type { Demonstration } from '../demonstration.ts';
import { getDemonstrationFor } from '../demonstration-access.ts';
import type { HallParts } from './parts.ts';
import type { StoredHall } from './store.ts';
import { tellCut } from './tell.ts';
import { newestOf, tellUntoldCut, withUntold } from './untold-cut.ts';

/** An sfu that has not cut by then may hang: the windows are told, so that the theatre's own holds back what it sends. */
const SLOW_CUT_MS = 300;

/**
 * Cuts off what is named of the theatre, for everyone. The sfu first: nobody goes on seeing it while the database is waited for.
 * @throws Failure unavailable where the sfu does not answer: the cut is kept, is told to it as soon as it does, and holds in all windows until then
 */
export async function cutHall(
  parts: HallParts,
  asked: Asked,
  demonstrationId: string,
  what: CutInput,
): Promise<CutState> {
  await requireMayCut(parts, asked, demonstrationId);
  const order = { ...what, orderId: randomUUID() };
  const ordering = parts.sfu.cutHall(demonstrationId, order).catch((error: unknown) => toFailure(error));
  const soon = await Promise.race([ordering, sleep(SLOW_CUT_MS, undefined, { ref: false })]);
  const isUntold = soon === undefined || soon instanceof Failure;
  if (isUntold)
    await keepCut(parts, asked, demonstrationId, {
      action: 'demonstration:cut',
      make: ({ cut: stored, untoldCut }) => {
        const { isMore, ...untold } = withUntold(untoldCut, order);
        return { cut: isMore ? cutOff(stored, what) : stored, ...untold };
      },
    });
  const ordered = await ordering;
  if (ordered instanceof Failure) throw ordered;
  return await keepCut(parts, asked, demonstrationId, {
    ...(!isUntold && { action: 'demonstration:cut' }),
    make: ({ cut: stored, untoldCut }) => ({
      cut: newestOf(stored, ordered),
      untoldCut: untoldCut?.orderId === order.orderId ? null : untoldCut,
    }),
  });
}

/** @throws Failure conflict / cut-newer where somebody cut again meanwhile; unavailable where the sfu does not answer: it stays cut */
export async function resumeHall(
  parts: HallParts,
  asked: Asked,
  demonstrationId: string,
  what: ResumeInput,
): Promise<CutState> {
  const demonstration = await requireMayCut(parts, asked, demonstrationId);
  // Nobody ends a cut that the hall has not heard of.
  await tellUntoldCut(parts, demonstration);
  const resumed = await parts.sfu.resumeHall(demonstrationId, what).catch((error: unknown) => {
    if (error instanceof Failure && error.code === 'conflict')
      throw new Failure('conflict', error.message, { reason: 'cut-newer' });
    throw error;
  });
  return keepCut(parts, asked, demonstrationId, {
    action: 'demonstration:resume-cut',
    make: ({ cut: stored, untoldCut }) => ({ cut: newestOf(stored, resumed), untoldCut }),
  });
}

async function requireMayCut(parts: HallParts, { caller, at }: Asked, demonstrationId: string): Promise<Demonstration> {
  return (await getDemonstrationFor(parts, parts.work.read, caller, demonstrationId, 'cut', { at })).demonstration;
}

/** @param action recorded where anything is another one than before; without one it was recorded already */
async function keepCut(
  parts: HallParts,
  asked: Asked,
  demonstrationId: string,
  { action, make }: { action?: string; make: (stored: StoredHall) => Pick<StoredHall, 'cut' | 'untoldCut'> },
): Promise<CutState> {
  const { demonstration, cut, untoldCut, isNew } = await parts.work.write(async (stores) => {
    const demonstration = await getLocked(stores, demonstrationId);
    const stored = await stores.halls.find(demonstrationId);
    const { cut, untoldCut } = make(stored);
    if (cut === stored.cut && untoldCut === stored.untoldCut) return { demonstration, cut, untoldCut, isNew: false };
    await stores.halls.putCut(demonstrationId, cut, untoldCut);
    // A page tells again and again what nobody answers.
    if (action !== undefined && cut !== stored.cut)
      await recordAct(stores.audit, asked, {
        action,
        subjectKind: 'demonstration',
        subjectId: demonstrationId,
        detail: { ...cut },
      });
    return { demonstration, cut, untoldCut, isNew: true };
  });
  if (isNew) parts.onCut(demonstrationId, cut);
  await tellCut(parts, demonstration, { cut, untoldCut });
  return cut;
}

async function getLocked(
  { demonstrations }: Parameters<Parameters<HallParts['work']['write']>[0]>[0],
  demonstrationId: string,
): Promise<Demonstration> {
  const found = await demonstrations.findForUpdate(demonstrationId);
  if (!found) throw new Failure('not-found', 'no such demonstration');
  return found;
}

function toFailure(error: unknown): Failure {
  if (error instanceof Failure) return error;
  throw error;
}
