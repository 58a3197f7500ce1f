import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { HallCut } from '../../../sfu/control.ts';
import { recordAct } from '../../audit/record.ts';
import type { CutState } from '../../contract/index.ts';
import type { Demonstration } from '../demonstration.ts';
import type { HallWatchParts } from './parts.ts';
import { tellCut } from './tell.ts';
import { tellUntoldCut } from './untold-cut.ts';

/**
 * Keeps the server's knowledge of what is cut and the sfu's the same. Whoever is in a hall cuts at the sfu alone, with the server down too: that
 * is learned. An sfu that was started anew counts from the beginning, and is told what was cut.
 */
export function createCutKeeper(parts: HallWatchParts) {
  const { work, sfu, log } = parts;
  /** Whose sfu node did not answer: said once an outage. */
  const failing = new Set<string>();
  /** What differed at the last look: an order that is just being written has arrived by the next one. */
  const differing = new Map<string, { stored: CutState; there: HallCut }>();
  return async (demonstrations: readonly Demonstration[]): Promise<void> => {
    const halls = demonstrations.length === 0 ? [] : await sfu.listHalls();
    for (const demonstration of demonstrations) {
      const { demonstrationId } = demonstration;
      try {
        await keep(demonstration, halls);
        failing.delete(demonstrationId);
      } catch (err) {
        // One hall's node that does not answer keeps no other hall's cut from being told.
        if (!failing.has(demonstrationId)) log.warn({ err, demonstrationId }, 'what is cut was not compared');
        failing.add(demonstrationId);
      }
    }
  };

  async function keep(demonstration: Demonstration, halls: readonly HallCut[]): Promise<void> {
    const { demonstrationId } = demonstration;
    const there = halls.find(({ roomId }) => roomId === demonstrationId);
    const { cut: stored, untoldCut } = await work.read.halls.find(demonstrationId);
    if (untoldCut) return await tellUntoldCut(parts, demonstration);
    const before = differing.get(demonstrationId);
    differing.delete(demonstrationId);
    if (!there || isDeepStrictEqual(there.cut, stored)) return;
    if (isDeepStrictEqual(before, { stored, there })) await settle(parts, demonstration, stored, there);
    else differing.set(demonstrationId, { stored, there });
  }
}

async function settle(
  parts: HallWatchParts,
  demonstration: Demonstration,
  stored: CutState,
  { cut: there, cutBy }: HallCut,
): Promise<void> {
  const { demonstrationId } = demonstration;
  const isNewSfu = there.number < stored.number;
  const isRestored = isNewSfu && (stored.picture || stored.sound);
  const cut = isRestored ? await parts.sfu.cutHall(demonstrationId, stored) : there;
  const isEnded = (stored.picture && !cut.picture) || (stored.sound && !cut.sound);
  const isKept = await parts.work.write(async (stores) => {
    await stores.demonstrations.findForUpdate(demonstrationId);
    // Another server, or somebody's act, was faster.
    if (!isDeepStrictEqual((await stores.halls.find(demonstrationId)).cut, stored)) return false;
    await stores.halls.putCut(demonstrationId, cut, null);
    const asked = { caller: null, requestId: randomUUID(), at: parts.clock() };
    await recordAct(stores.audit, asked, {
      action: isEnded ? 'demonstration:resume-cut' : 'demonstration:cut',
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { ...cut, ...(isRestored ? { isRestored } : { cutBy }) },
    });
    return true;
  });
  if (!isKept) return;
  parts.onCut(demonstrationId, cut);
  await tellCut(parts, demonstration, { cut, untoldCut: null });
}
