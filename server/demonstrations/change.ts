import type { Asked } from '../access/asked.ts';
import { requireDemonstrationAction } from '../access/demonstrations.ts';
import { recordAct } from '../audit/record.ts';
import { type DemonstrationAction, type DemonstrationView, Failure } from '../contract/index.ts';
import { announceDemonstration, type Place } from './announce.ts';
import { type Demonstration, requireVersion, toldBy } from './demonstration.ts';
import { findStanding, getDemonstration } from './demonstration-access.ts';
import type { FoundFacts } from './facts.ts';
import type { DemonstrationParts, DemonstrationStores } from './parts.ts';
import { ACTS, hasHall } from './rules/rules.ts';
import { toDemonstrationView } from './view.ts';

/** What an act makes of a demonstration. `told` where the arrow itself tells nothing. */
export interface Made {
  next: Demonstration;
  /** Identifiers and states alone. */
  detail?: Record<string, unknown>;
  told?: ReturnType<typeof toldBy>;
  /** Left out: whom it is for, by its kind. */
  toldTo?: Place[];
}

/**
 * One change of one demonstration: check, write and trace in one transaction; then everybody is told.
 * @param of.version what it was made on; left out: whatever it is by now
 * @throws Failure as `requireDemonstrationAction`; conflict / version-outdated
 */
export async function changeDemonstration(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
  { action, version }: { action: DemonstrationAction; version?: number },
  make: (stored: Demonstration, found: { stores: DemonstrationStores; facts: FoundFacts }) => Made | Promise<Made>,
): Promise<DemonstrationView> {
  const { caller, at } = asked;
  const { before, made } = await parts.work.write(async (stores) => {
    const options = { at, lock: true };
    // What was changed meanwhile is told before what follows from it.
    const found = await getDemonstration(parts, stores, caller, demonstrationId, options);
    const { demonstration: stored, facts } = found;
    if (version !== undefined) requireVersion(stored, version);
    requireDemonstrationAction(action, found.standing);
    const made = await make(stored, { stores, facts });
    await replaceDemonstration(stores, made.next);
    await recordAct(stores.audit, asked, {
      action: ACTS[action].recorded ?? action,
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { from: stored.state, to: made.next.state, ...made.detail },
    });
    return { before: stored, made };
  });
  if (hasHall(before.state) && !hasHall(made.next.state)) await parts.hall.close(demonstrationId);
  const told = made.next.state === before.state ? made.told : (made.told ?? toldBy(before, action));
  const happened = told === undefined ? {} : { happened: { kind: told, by: caller.accountId, to: made.toldTo } };
  await announceDemonstration(parts, made.next, happened);
  return viewOf(parts, asked, made.next);
}

/** @throws Failure conflict / version-outdated */
export async function replaceDemonstration(
  { demonstrations }: Pick<DemonstrationStores, 'demonstrations'>,
  next: Demonstration,
): Promise<void> {
  if (!(await demonstrations.replace(next, next.version - 1)))
    throw new Failure('conflict', 'the demonstration was changed meanwhile', { reason: 'version-outdated' });
}

/** As it is now for the caller. */
export async function viewOf(
  parts: DemonstrationParts,
  { caller, at }: Asked,
  demonstration: Demonstration,
): Promise<DemonstrationView> {
  const { read } = parts.work;
  return toDemonstrationView(read, await findStanding(parts, read, caller, demonstration, at), caller, at);
}
