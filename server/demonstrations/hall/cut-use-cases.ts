import { cutOff } from '../../../sfu/hall/standing.ts';
import type { Asked } from '../../access/asked.ts';
import { recordAct } from '../../audit/record.ts';
import { type CutInput, type CutState, Failure, type ResumeInput } from '../../contract/index.ts';
import type { Demonstration } from '../demonstration.ts';
import { getDemonstrationFor } from '../demonstration-access.ts';
import type { HallParts } from './parts.ts';
import type { StoredHall } from './store.ts';
import { tellHall } from './tell.ts';
import { newestOf, tellUntoldCut, withUntold } from './untold-cut.ts';

/**
 * Cuts off what is named of the theatre, for everyone. The sfu first: nobody goes on seeing it while the database is waited for.
 * @throws Failure unavailable where the sfu does not answer: the cut is kept, and holds for whoever enters afterwards
 */
export async function cutHall(
  parts: HallParts,
  asked: Asked,
  demonstrationId: string,
  what: CutInput,
): Promise<CutState> {
  await requireMayCut(parts, asked, demonstrationId);
  const ordered = await parts.sfu.cutHall(demonstrationId, what).catch((error: unknown) => toFailure(error));
  const cut = await keepCut(parts, asked, demonstrationId, {
    action: 'demonstration:cut',
    make: ({ cut: stored, untoldCut }) =>
      ordered instanceof Failure
        ? { cut: cutOff(stored, what), untoldCut: withUntold(untoldCut, what) }
        : { cut: newestOf(stored, ordered), untoldCut },
  });
  if (ordered instanceof Failure) throw ordered;
  return cut;
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

async function keepCut(
  parts: HallParts,
  asked: Asked,
  demonstrationId: string,
  { action, make }: { action: string; make: (stored: StoredHall) => Pick<StoredHall, 'cut' | 'untoldCut'> },
): Promise<CutState> {
  const { demonstration, cut } = await parts.work.write(async (stores) => {
    const demonstration = await getLocked(stores, demonstrationId);
    const { cut, untoldCut } = make(await stores.halls.find(demonstrationId));
    await stores.halls.putCut(demonstrationId, cut, untoldCut);
    await recordAct(stores.audit, asked, {
      action,
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { ...cut },
    });
    return { demonstration, cut };
  });
  if (cut.picture) parts.onPictureCut(demonstrationId);
  await tellHall(parts, demonstration, 'demonstration:cut-changed', { demonstrationId, cut });
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
