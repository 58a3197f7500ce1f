import { administeredFacilities } from '../access/administered-facilities.ts';
import type { Caller } from '../access/caller.ts';
import { type DemonstrationStanding, requireDemonstrationAction, requireSeen } from '../access/demonstrations.ts';
import { type DemonstrationAction, Failure } from '../contract/index.ts';
import { entriesOf, isInvited } from './audience.ts';
import type { Demonstration } from './demonstration.ts';
import { type FoundFacts, findFacts } from './facts.ts';
import type { DemonstrationParts, DemonstrationStores } from './parts.ts';

export interface FoundDemonstration {
  demonstration: Demonstration;
  standing: DemonstrationStanding;
  facts: FoundFacts;
}

type Looking = Pick<DemonstrationParts, 'seal' | 'isHallReady'>;

/** How the caller stands to it. */
export async function findStanding(
  { seal, isHallReady }: Looking,
  stores: DemonstrationStores,
  caller: Caller,
  demonstration: Demonstration,
  at: Date,
): Promise<FoundDemonstration> {
  const { demonstrationId, audience } = demonstration;
  const facts = await findFacts(stores, seal, demonstration, at);
  const enrolled = await stores.demonstrations.listEnrolledIn(caller, [demonstrationId]);
  const enrolledCount = (await stores.demonstrations.countEnrolled([demonstrationId])).get(demonstrationId) ?? 0;
  return {
    demonstration,
    facts,
    standing: {
      actor: caller,
      demonstration,
      isEnrolled: enrolled.has(demonstrationId),
      isInvited: isInvited(audience, await entriesOf(stores, caller, at)),
      ...(await administered(stores, caller, demonstration)),
      facts: {
        gaps: facts.gaps,
        enrolledCount,
        hallReady: isHallReady(),
        isRecordConsented: facts.isRecordConsented,
        isRecorded: facts.isRecorded,
        isTeachConsented: facts.isConsented,
        isUnchecked: facts.uncheckedCount > 0,
        at,
      },
    },
  };
}

/** Whoever withdrew was enrolled all the same: their administrator goes on seeing that. */
async function administered(
  { demonstrations, facilities }: Pick<DemonstrationStores, 'demonstrations' | 'facilities'>,
  caller: Caller,
  { demonstrationId, facilityId: home }: Demonstration,
): Promise<Pick<DemonstrationStanding, 'administersEnrolled' | 'administersHome'>> {
  if (caller.role !== 'facility-admin') return { administersEnrolled: false, administersHome: false };
  const scope = administeredFacilities(caller, await facilities.listNodes());
  const enrolments = await demonstrations.listEnrolments(demonstrationId);
  return {
    administersEnrolled: enrolments.some(({ facilityId }) => scope.has(facilityId)),
    administersHome: scope.has(home),
  };
}

/** @throws Failure not-found where there is none, or none for the caller: a stranger cannot tell which. */
export async function getDemonstration(
  parts: Looking,
  stores: DemonstrationStores,
  caller: Caller,
  demonstrationId: string,
  { at, lock = false }: { at: Date; lock?: boolean },
): Promise<FoundDemonstration> {
  const { demonstrations } = stores;
  const demonstration = await (lock
    ? demonstrations.findForUpdate(demonstrationId)
    : demonstrations.find(demonstrationId));
  if (!demonstration) throw new Failure('not-found', 'no such demonstration');
  const found = await findStanding(parts, stores, caller, demonstration, at);
  requireSeen(found.standing);
  return found;
}

/** As {@link getDemonstration}, where the caller may do this now. @throws Failure as `requireDemonstrationAction` */
export async function getDemonstrationFor(
  parts: Looking,
  stores: DemonstrationStores,
  caller: Caller,
  demonstrationId: string,
  action: DemonstrationAction,
  options: { at: Date; lock?: boolean },
): Promise<FoundDemonstration> {
  const found = await getDemonstration(parts, stores, caller, demonstrationId, options);
  requireDemonstrationAction(action, found.standing);
  return found;
}
