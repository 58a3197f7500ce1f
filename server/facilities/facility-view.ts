import type { AdministratorStanding } from '../access/administered-facilities.ts';
import { facilityActions } from '../access/administration.ts';
import type { FacilityDetail, FacilityLine } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import { type Facility, toDraft, toFacilityView } from './facility.ts';

export function toLine(facility: Facility): FacilityLine {
  const { shortName, region6, status, parentId } = facility;
  return { ...toFacilityView(facility), shortName, region6, status, parentId };
}

/** The facility as an administrator sees it. Whether they may is decided before. */
export async function toDetail(
  { facilities }: Pick<Stores, 'facilities'>,
  facility: Facility,
  standing: AdministratorStanding,
): Promise<FacilityDetail> {
  const { facilityId, parentId, mergedIntoId, status, statusReason, version, changedAt } = facility;
  const named = async (id: string | null) => {
    const found = id === null ? undefined : await facilities.find(id);
    return found ? toFacilityView(found) : null;
  };
  return {
    facilityId,
    draft: toDraft(facility),
    parent: await named(parentId),
    status,
    mergedInto: await named(mergedIntoId),
    statusReason,
    version,
    changedAt,
    actions: facilityActions(standing, status),
  };
}
