import type { Asked } from '../access/asked.ts';
import { SEAT_ROLES, WATCHER_ROLES } from '../access/demonstrations.ts';
import { requirePermission } from '../access/may.ts';
import { findPeople } from '../accounts/person.ts';
import type { DemonstrationChoices, DemonstrationChoicesQuery, Role } from '../contract/index.ts';
import { toFacilityView } from '../facilities/facility.ts';
import { listStanding } from './facts.ts';
import type { DemonstrationParts, DemonstrationStores } from './parts.ts';

const LIMIT = 30;
const NAMED_ROLES: readonly Role[] = [...new Set([...SEAT_ROLES, ...WATCHER_ROLES])];

/** Whom a plan can name. That colleagues, hospitals and alliances exist is no secret to whoever organizes. */
export async function searchChoices(
  { work }: DemonstrationParts,
  { caller, at }: Asked,
  query: DemonstrationChoicesQuery,
): Promise<DemonstrationChoices> {
  requirePermission(caller, 'demonstration:plan');
  const { q } = query;
  const { facilities } = work.read;
  const alliances = (await facilities.listAlliances()).filter(({ name }) => name.includes(q)).slice(0, LIMIT);
  return {
    people: await searchPeople(work.read, caller.facilityId, query, at),
    facilities: (await facilities.search(q, LIMIT)).map(toFacilityView),
    alliances: alliances.map(({ allianceId, name }) => ({ allianceId, name })),
  };
}

/** A person of two facilities stands in it once for each. */
async function searchPeople(
  stores: Pick<DemonstrationStores, 'accounts' | 'facilities'>,
  ownFacilityId: string,
  { q: search, role, facilityId }: DemonstrationChoicesQuery,
  at: Date,
): Promise<DemonstrationChoices['people']> {
  const facilityIds = facilityId === undefined ? 'all' : [facilityId];
  const roles = role === undefined ? NAMED_ROLES : NAMED_ROLES.filter((one) => one === role);
  const page = {
    facilityIds,
    ...(role && { role }),
    search,
    state: 'active',
    sort: 'name',
    order: 'ascending',
  } as const;
  const appointments =
    search === ''
      ? await stores.accounts.listAppointed(facilityId ?? ownFacilityId, roles, at)
      : await listStanding(
          stores,
          (await stores.accounts.listPage({ ...page, page: 1, limit: 2 * LIMIT })).accounts.map((one) => one.accountId),
          at,
        );
  const meant = appointments
    .filter((one) => roles.includes(one.role) && (facilityId === undefined || one.facilityId === facilityId))
    .slice(0, LIMIT);
  const found = await Promise.all(meant.map((one) => findPeople(stores, [one])));
  return found.flatMap((people) =>
    [...people.values()].map((one) => ({ ...one, maySit: (SEAT_ROLES as readonly Role[]).includes(one.role) })),
  );
}
