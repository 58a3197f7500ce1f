import { administeredFacilities } from '../access/administered-facilities.ts';
import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { demonstrationActions, standingsOf } from '../access/demonstrations.ts';
import { permissionsOf, requirePermission } from '../access/may.ts';
import type {
  DemonstrationAction,
  DemonstrationDesk,
  DemonstrationPage,
  DemonstrationQuery,
} from '../contract/index.ts';
import { Failure } from '../contract/index.ts';
import { entriesOf, isInvited } from './audience.ts';
import type { DemonstrationParts, DemonstrationStores } from './parts.ts';
import { NOT_ASKED } from './rules/guards.ts';
import { SEEN, STATES_WHEN } from './rules/rules.ts';
import type { DemonstrationFilter } from './store.ts';
import { findPlaces, toLine } from './view.ts';

const PAGE_LENGTH = 50;
/** Whatever else may be done follows from the whole plan, which a list does not look into. */
const LISTED: readonly DemonstrationAction[] = ['enrol', 'withdraw', 'enter', 'read-plan', 'read-attendance'];

/** @throws Failure forbidden where the desk is none of the caller's */
export async function listDemonstrations(
  parts: DemonstrationParts,
  { caller, at }: Asked,
  { desk, when, page }: DemonstrationQuery,
): Promise<DemonstrationPage> {
  requireDesk(caller, desk);
  const { read } = parts.work;
  const entries = await entriesOf(read, caller, at);
  const filter = await filterOf(read, caller, desk, entries);
  const { demonstrations, total } = await read.demonstrations.listPage({
    filter,
    states: STATES_WHEN[when],
    order: when === 'past' ? 'descending' : 'ascending',
    page,
    limit: PAGE_LENGTH,
  });
  const ids = demonstrations.map(({ demonstrationId }) => demonstrationId);
  const [counts, enrolled] = [
    await read.demonstrations.countEnrolled(ids),
    await read.demonstrations.listEnrolledIn(caller, ids),
  ];
  const places = await findPlaces(read, demonstrations);
  const lines = demonstrations.flatMap((demonstration) => {
    const { demonstrationId, audience } = demonstration;
    const enrolledCount = counts.get(demonstrationId) ?? 0;
    const isEnrolled = enrolled.has(demonstrationId);
    const standing = {
      actor: caller,
      demonstration,
      isEnrolled,
      isInvited: isInvited(audience, entries),
      administersEnrolled: desk === 'people',
      administersHome: filter.desk === 'people' && filter.facilityIds.includes(demonstration.facilityId),
      facts: {
        gaps: [],
        enrolledCount,
        hallReady: parts.isHallReady(),
        isRecordConsented: false,
        isRecorded: true,
        ...NOT_ASKED,
        at,
      },
    };
    if (standingsOf(standing).length === 0) return [];
    const actions = demonstrationActions(standing).filter((action) => LISTED.includes(action));
    return [toLine(demonstration, places, { isEnrolled, enrolledCount, actions })];
  });
  return { lines, total };
}

function requireDesk(caller: Caller, desk: DemonstrationDesk): void {
  const permissions = permissionsOf(caller);
  // Whoever may be given a seat has a list of those they sit in.
  const isSeated = permissions.includes('demonstration:plan') || permissions.includes('demonstration:watch');
  if (desk === 'watch') requirePermission(caller, 'demonstration:watch');
  else if (desk === 'people') requirePermission(caller, 'demonstration:people');
  else if (!isSeated) throw new Failure('forbidden', 'the caller organizes nothing');
}

async function filterOf(
  { facilities }: Pick<DemonstrationStores, 'facilities'>,
  caller: Caller,
  desk: DemonstrationDesk,
  entries: Awaited<ReturnType<typeof entriesOf>>,
): Promise<DemonstrationFilter> {
  const { accountId, facilityId, role } = caller;
  if (desk === 'own') return { desk, accountId, facilityId, all: role === 'coordinator' };
  if (desk === 'watch') {
    const states = { invitedStates: SEEN.invited, enrolledStates: SEEN.enrolled };
    return { desk, accountId, facilityId, entries, ...states };
  }
  const facilityIds = [...administeredFacilities(caller, await facilities.listNodes()).keys()];
  return { desk, facilityIds, homeStates: SEEN['credit-officer'] };
}
