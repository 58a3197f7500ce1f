import type { Asked } from '../access/asked.ts';
import type { PartnerView } from '../contract/index.ts';
import type { Work } from '../store/stores.ts';
import { specialtiesOf, toFacilityView } from './facility.ts';

/** Whom the caller's facility may ask now, and for which kinds of case. */
export async function listPartners(
  { work }: { work: Work<'facilities'> },
  { caller, at }: Asked,
): Promise<PartnerView[]> {
  const agreements = await work.read.facilities.listAgreements(caller.facilityId, at);
  const facilities = await work.read.facilities.findMany(agreements.map((one) => one.invitedFacilityId));
  return facilities
    .filter(({ status }) => status === 'active')
    .map((facility) => {
      const agreed = agreements.filter((one) => one.invitedFacilityId === facility.facilityId);
      const services = [...new Set(agreed.flatMap((one) => one.services.map(({ kind }) => kind)))];
      return { ...toFacilityView(facility), specialties: specialtiesOf(facility), services };
    });
}
