import type { Grant } from '../access/grant.ts';
import { type Actor, findBasis } from '../access/may.ts';
import { type Appointment, finishUntil, isInForce } from '../accounts/appointment.ts';
import type { Whereabouts } from '../accounts/person.ts';
import { findLicences } from '../licences/licence.ts';
import type { Stores } from '../store/stores.ts';
import type { Consultation } from './consultation.ts';

/** Somebody in one of their appointments, as the rules see them. */
export type AppointedActor = Actor & Pick<Appointment, 'appointmentId' | 'role'>;

/**
 * Everybody whom the rules let see the case now, once for each appointment in which they do; where that has run out, as those who may still
 * finish the case's call. @param grants of the case.
 */
export async function listActors(
  stores: Pick<Stores, 'accounts' | 'practitioners'>,
  grants: readonly Grant[],
  at: Date,
): Promise<AppointedActor[]> {
  const appointments = await listLicensed(stores, [...new Set(grants.map(({ accountId }) => accountId))], at);
  const [consultationId] = grants.map((one) => one.consultationId);
  return appointments
    .flatMap((one): AppointedActor[] => {
      if (isInForce(one, at)) return [one];
      return consultationId !== undefined && finishUntil(one, at) ? [{ ...one, onlyCaseId: consultationId }] : [];
    })
    .filter((one) => findBasis(one, grants, at) !== undefined);
}

/** The appointments of these people at the facilities for which they were ever let in, whatever may still be seen in them. */
export async function listFormerActors(
  stores: Pick<Stores, 'accounts' | 'practitioners'>,
  grants: readonly Grant[],
  { accountIds, at }: { accountIds: readonly string[]; at: Date },
): Promise<AppointedActor[]> {
  const wasLetIn = ({ accountId, facilityId }: AppointedActor) =>
    grants.some((one) => one.accountId === accountId && one.facilityId === facilityId);
  return (await listLicensed(stores, accountIds, at)).filter(wasLetIn);
}

async function listLicensed(
  stores: Pick<Stores, 'accounts' | 'practitioners'>,
  accountIds: readonly string[],
  at: Date,
): Promise<(Appointment & Pick<Actor, 'licence'>)[]> {
  const licences = await findLicences(stores, accountIds, at);
  const appointments = await stores.accounts.listAppointments(accountIds);
  return appointments.map((one) => ({ ...one, licence: licences(one.accountId) }));
}

/** Where those who hold grants on a case act in it, for views that name them. */
export const placesOf = (grants: readonly Grant[]): Whereabouts[] =>
  grants.map(({ accountId, facilityId }) => ({ accountId, facilityId }));

/** Requester and specialist of a case, where they act in it. */
export function partiesOf({
  requesterId,
  requesterFacilityId,
  specialistId,
  invitedFacilityId,
}: Pick<Consultation, 'requesterId' | 'requesterFacilityId' | 'specialistId' | 'invitedFacilityId'>): Whereabouts[] {
  const specialist =
    specialistId === null || invitedFacilityId === null
      ? []
      : [{ accountId: specialistId, facilityId: invitedFacilityId }];
  return [{ accountId: requesterId, facilityId: requesterFacilityId }, ...specialist];
}
