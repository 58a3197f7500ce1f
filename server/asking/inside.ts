import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import {
  type DemonstrationStanding,
  demonstrationActions,
  requireDemonstrationAction,
  standingsOf,
} from '../access/demonstrations.ts';
import { recordAct } from '../audit/record.ts';
import { AskingAction, type DemonstrationAction, Failure } from '../contract/index.ts';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import { getDemonstration } from '../demonstrations/demonstration-access.ts';
import { NOT_ASKED } from '../demonstrations/rules/guards.ts';
import type { AskingParts, AskingStores } from './parts.ts';

type Inner = Extract<DemonstrationAction, 'read-asking' | AskingAction>;

export interface Inside {
  demonstration: Demonstration;
  standing: DemonstrationStanding;
}

/**
 * The demonstration, where the caller may do this in it. Hundreds ask at once, and none of these acts has a guard: what the plan lacks is not
 * looked into for those who are inside. @throws Failure as `requireDemonstrationAction`
 */
export async function getInside(
  parts: Pick<AskingParts, 'seal' | 'isHallReady'>,
  stores: AskingStores,
  caller: Caller,
  demonstrationId: string,
  action: Inner,
  { at, lock = false }: { at: Date; lock?: boolean },
): Promise<Inside> {
  const { demonstrations } = stores;
  const demonstration = await (lock
    ? demonstrations.findForUpdate(demonstrationId)
    : demonstrations.find(demonstrationId));
  if (!demonstration) throw new Failure('not-found', 'no such demonstration');
  const enrolled = await demonstrations.listEnrolledIn(caller, [demonstrationId]);
  const standing: DemonstrationStanding = {
    actor: caller,
    demonstration,
    isEnrolled: enrolled.has(demonstrationId),
    isInvited: false,
    administersEnrolled: false,
    administersHome: false,
    facts: {
      gaps: [],
      enrolledCount: 0,
      hallReady: false,
      isRecordConsented: false,
      isRecorded: false,
      ...NOT_ASKED,
      at,
    },
  };
  if (standingsOf(standing).length === 0) {
    // Whoever is invited, or administers people, is told another thing than a stranger.
    const found = await getDemonstration(parts, stores, caller, demonstrationId, { at });
    requireDemonstrationAction(action, found.standing);
    return found;
  }
  requireDemonstrationAction(action, standing);
  return { demonstration, standing };
}

/** What of it the caller may do now. */
export function askingActions(standing: DemonstrationStanding): AskingAction[] {
  const actions: readonly string[] = demonstrationActions(standing);
  return AskingAction.options.filter((action) => actions.includes(action));
}

/** Whoever operates or has a seat. */
export const isStaff = ({ surgeonId, seats }: Demonstration, accountId: string): boolean =>
  surgeonId === accountId || seats.some((one) => one.accountId === accountId);

export interface Acting extends Inside {
  stores: AskingStores;
  /** Names what was done in the audit chain; of what was done already nothing is named. */
  record(action: string, subjectKind: string, subjectId: string, detail?: Record<string, unknown>): Promise<void>;
}

/** One act in one transaction, one after the other in one demonstration. */
export async function act<T>(
  parts: AskingParts,
  asked: Asked,
  demonstrationId: string,
  action: Inner,
  work: (acting: Acting) => Promise<T>,
): Promise<T> {
  const { caller, at } = asked;
  return parts.work.write(async (stores) => {
    const inside = await getInside(parts, stores, caller, demonstrationId, action, { at, lock: true });
    return work({
      ...inside,
      stores,
      record: (name, subjectKind, subjectId, detail = {}) =>
        recordAct(stores.audit, asked, {
          action: name,
          subjectKind,
          subjectId,
          detail: { demonstrationId, ...detail },
        }),
    });
  });
}
