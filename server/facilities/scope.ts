import {
  type AdministratorStanding,
  administeredFacilities,
  type FacilityNode,
} from '../access/administered-facilities.ts';
import { requireFacilityAction } from '../access/administration.ts';
import type { Caller } from '../access/caller.ts';
import { type FacilityAction, Failure, type PeopleChoices } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import { type Facility, specialtiesOf, toFacilityView } from './facility.ts';

export type Scope = ReadonlyMap<string, AdministratorStanding>;

export async function scopeOf({ facilities }: Pick<Stores, 'facilities'>, caller: Caller): Promise<Scope> {
  return administeredFacilities(caller, await facilities.listNodes());
}

/**
 * A facility that the caller administers, and all places of the tree.
 * @param lock true inside a transaction that goes on to change the tree: what was checked is what is changed.
 * @throws Failure not-found
 */
export async function getAdministered(
  { facilities }: Pick<Stores, 'facilities'>,
  caller: Caller,
  facilityId: string,
  { lock = false }: { lock?: boolean } = {},
): Promise<{ facility: Facility; standing: AdministratorStanding; scope: Scope; nodes: FacilityNode[] }> {
  const nodes = await (lock ? facilities.listNodesForUpdate() : facilities.listNodes());
  const scope = administeredFacilities(caller, nodes);
  const standing = scope.get(facilityId);
  const facility = standing && (await facilities.find(facilityId));
  if (!standing || !facility) throw new Failure('not-found', 'no such facility');
  return { facility, standing, scope, nodes };
}

/** As {@link getAdministered} with the tree locked, where the caller may do this to it now. @throws Failure as `requireFacilityAction` */
export async function getFacilityFor(
  stores: Pick<Stores, 'facilities'>,
  caller: Caller,
  facilityId: string,
  action: FacilityAction,
): ReturnType<typeof getAdministered> {
  const found = await getAdministered(stores, caller, facilityId, { lock: true });
  requireFacilityAction(action, found.standing, found.facility.status);
  return found;
}

/** Where people may be put: facilities that are open, by region and name. */
export async function listWorkplaces({ facilities }: Pick<Stores, 'facilities'>): Promise<PeopleChoices['facilities']> {
  return (await facilities.listAll())
    .filter(({ status }) => status === 'active')
    .map((one) => ({
      ...toFacilityView(one),
      specialties: specialtiesOf(one),
      departments: one.departments.map(({ name }) => name),
    }));
}
