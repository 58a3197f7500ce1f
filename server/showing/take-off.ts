import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import type { DemonstrationView } from '../contract/index.ts';
import { changeDemonstration } from '../demonstrations/change.ts';
import { changed, type Demonstration } from '../demonstrations/demonstration.ts';
import { checkWithdrawn } from '../demonstrations/material-check.ts';
import { hasHall } from '../demonstrations/rules/rules.ts';
import { type Repeated, repeat } from '../runtime/repeat.ts';
import { keep, stopped, tellShowing } from './lead-use-cases.ts';
import type { ShowingParts } from './parts.ts';
import type { ShowableStores } from './showable.ts';

/** A study that grew while it was shown is off the screens after so long at most. */
const EVERY_MS = 2_000;

/**
 * Somebody saw on the pictures whose they are: they are shown no more, until a second person has looked them through again.
 * @throws Failure not-found where nothing of that kind is to be shown
 */
export async function withdrawCheck(
  parts: ShowingParts,
  asked: Asked,
  { demonstrationId, materialId }: { demonstrationId: string; materialId: string },
): Promise<DemonstrationView> {
  const step = { action: 'withdraw-check' } as const;
  const view = await changeDemonstration(parts, asked, demonstrationId, step, async (stored, { stores }) => {
    const detail = { materialId };
    const { showings } = stores;
    const wasStill = await showings.removeStill(demonstrationId, materialId);
    const isListed = stored.materials.some((one) => one.materialId === materialId);
    if (wasStill && !isListed) return { next: changed(stored, asked.at, {}), detail };
    return { next: checkWithdrawn(stored, materialId, asked.at), detail };
  });
  parts.showables.forget(demonstrationId);
  if (!(await takeOffUnchecked(parts, demonstrationId))) await tellAnew(parts, demonstrationId);
  return view;
}

/** Takes off what is shown and may not be any more. @param isAny whatever it is @returns whether there was any */
export async function takeOffUnchecked(
  parts: ShowingParts,
  demonstrationId: string,
  { isAny = false } = {},
): Promise<boolean> {
  const mayStay = async (stores: ShowableStores, demonstration: Demonstration | undefined): Promise<boolean> => {
    const { materialId } = await stores.showings.find(demonstrationId);
    if (!demonstration || materialId === null) return true;
    if (isAny) return false;
    const showables = hasHall(demonstration.state) ? await parts.showables.list(stores, demonstration) : [];
    return showables.some(({ material }) => material.materialId === materialId);
  };
  const { read } = parts.work;
  // Asked every two seconds: whoever leads is not kept waiting by it.
  if (await mayStay(read, await read.demonstrations.find(demonstrationId))) return false;
  const taken = await parts.work.write(async (stores) => {
    const demonstration = await stores.demonstrations.findForUpdate(demonstrationId);
    if (!demonstration || (await mayStay(stores, demonstration))) return undefined;
    const showing = await stores.showings.find(demonstrationId);
    const nobody = { caller: null, requestId: randomUUID(), at: parts.clock() };
    const made = {
      before: showing,
      next: stopped(showing),
      action: 'showing:take-off',
      detail: { taken: showing.materialId },
    };
    return { demonstration, showing: await keep(parts, stores, nobody, made) };
  });
  if (taken) await tellShowing(parts, taken.demonstration, taken.showing);
  return taken !== undefined;
}

/** Those who may show ask anew what there is. */
export async function tellAnew(parts: ShowingParts, demonstrationId: string): Promise<void> {
  const { read } = parts.work;
  const demonstration = await read.demonstrations.find(demonstrationId);
  if (demonstration) await tellShowing(parts, demonstration, await read.showings.find(demonstrationId));
}

export function startTakingOff(parts: ShowingParts): Repeated {
  return repeat(
    () => takeOffAll(parts, (demonstrationId, options) => takeOffUnchecked(parts, demonstrationId, options)),
    {
      everyMs: EVERY_MS,
      log: parts.log,
      what: 'it cannot be told whether what is shown may be shown',
    },
  );
}

/** Each by itself: what cannot be told of one does not keep back the others, and twice untold it is off. */
export async function takeOffAll(
  parts: Pick<ShowingParts, 'log'> & { work: { read: { showings: Pick<ShowableStores['showings'], 'listShown'> } } },
  takeOff: (demonstrationId: string, options?: { isAny: boolean }) => Promise<unknown>,
): Promise<void> {
  for (const { demonstrationId } of await parts.work.read.showings.listShown())
    try {
      await takeOff(demonstrationId).catch(() => takeOff(demonstrationId));
    } catch (err) {
      parts.log.warn({ err, demonstrationId }, 'it cannot be told whether it may be shown: it is taken off');
      await takeOff(demonstrationId, { isAny: true }).catch((failure: unknown) =>
        parts.log.error({ err: failure, demonstrationId }, 'it was not taken off'),
      );
    }
}
