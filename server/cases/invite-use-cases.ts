import type { Asked } from '../access/asked.ts';
import { isActive } from '../access/grant.ts';
import { INVITABLE_ROLES, mayPractise } from '../access/may.ts';
import type { Appointment } from '../accounts/appointment.ts';
import { findPeople } from '../accounts/person.ts';
import { recordAct } from '../audit/record.ts';
import { type ConsultationView, Failure, type PersonView } from '../contract/index.ts';
import { findLicences } from '../licences/licence.ts';
import type { Stores } from '../store/stores.ts';
import { announce } from './announce.ts';
import { getCaseFor } from './case-access.ts';
import type { Consultation } from './consultation.ts';
import { grant } from './give-grants.ts';
import type { ConsultationParts } from './parts.ts';
import { recordRead } from './read-use-cases.ts';
import { toConsultationView } from './view.ts';

/** Clinicians of the two facilities who do not take part yet, whether or not they may practise today. */
async function listInvitable(
  stores: Pick<Stores, 'accounts' | 'consultations'>,
  consultation: Consultation,
  at: Date,
): Promise<Appointment[]> {
  const { consultationId, requesterFacilityId, invitedFacilityId } = consultation;
  const facilityIds = new Set([requesterFacilityId, ...(invitedFacilityId === null ? [] : [invitedFacilityId])]);
  const taking = new Set(
    (await stores.consultations.listGrants(consultationId))
      .filter((one) => isActive(one, at))
      .map((one) => one.accountId),
  );
  const found = new Map<string, Appointment>();
  for (const facilityId of facilityIds)
    for (const one of await stores.accounts.listAppointed(facilityId, INVITABLE_ROLES, at))
      if (!taking.has(one.accountId) && !found.has(one.accountId)) found.set(one.accountId, one);
  return [...found.values()];
}

export async function listColleagues(
  { work }: ConsultationParts,
  { caller, at }: Asked,
  consultationId: string,
): Promise<PersonView[]> {
  const { consultation } = await getCaseFor(work.read, caller, consultationId, 'invite', { at });
  const found = await listInvitable(work.read, consultation, at);
  const ids = found.map(({ accountId }) => accountId);
  const licences = await findLicences(work.read, ids, at);
  const invitable = found.filter(({ accountId }) => mayPractise(licences(accountId)));
  const people = await findPeople(work.read, invitable);
  return invitable.flatMap(({ accountId }) => people.get(accountId) ?? []);
}

/** Called once an invitation stands: a call that is on rings at the new one. */
export type RingInvited = (consultationId: string, accountId: string) => Promise<void>;

/**
 * Lets one more clinician of either side take part. Inviting somebody who takes part already changes nothing.
 * @throws Failure not-found where the account is not one that may be invited, conflict / colleague-without-licence.
 */
export async function inviteColleague(
  parts: ConsultationParts & { ringInvited: RingInvited },
  asked: Asked,
  consultationId: string,
  accountId: string,
): Promise<ConsultationView> {
  const { caller, at } = asked;
  const consultation = await parts.work.write(async (stores) => {
    const { consultation: stored, basis } = await getCaseFor(stores, caller, consultationId, 'invite', {
      at,
      lock: true,
    });
    const grants = await stores.consultations.listGrantsOfAccount(accountId, [consultationId]);
    if (grants.some((one) => isActive(one, at))) {
      // Nothing was done, but the answer shows the case.
      await recordRead(stores, asked, {
        basis,
        subjectKind: 'consultation',
        subjectId: consultationId,
        consultationId,
      });
      return stored;
    }
    const invited = (await listInvitable(stores, stored, at)).find((one) => one.accountId === accountId);
    if (!invited) throw new Failure('not-found', 'no such colleague');
    if (!mayPractise((await findLicences(stores, [accountId], at))(accountId)))
      throw new Failure('conflict', 'the colleague may not practise today', { reason: 'colleague-without-licence' });
    await stores.consultations.insertGrants([grant(consultationId, invited, 'invitation', at)]);
    await recordAct(stores.audit, asked, {
      action: 'consultation:invite',
      subjectKind: 'account',
      subjectId: accountId,
      consultationId,
    });
    return stored;
  });
  await announce(parts, { consultationId, happened: { kind: 'invited', by: caller.accountId, only: accountId } });
  await parts.ringInvited(consultationId, accountId);
  return toConsultationView(parts, parts.work.read, consultation, caller, at);
}
