import { type CaseTerms, effectiveTimes, Failure } from '../contract/index.ts';
import { toFacilityView } from '../facilities/facility.ts';
import type { Stores } from '../store/stores.ts';
import type { Consultation } from './consultation.ts';
import type { Parties } from './parties.ts';

const refused = (reason: 'agreement-missing' | 'service-not-agreed' | 'facility-closed', message: string) =>
  new Failure('conflict', message, { reason, fields: ['invitedFacilityId'] });

/**
 * What holds for a case that is sent now. A case that was sent before keeps what it was sent under, so that an agreement's end
 * stops none that has begun; only where it has become a kind that was not agreed then, today's agreement is asked.
 * @throws Failure conflict / agreement-missing, service-not-agreed
 */
export async function agreeTerms(
  stores: Pick<Stores, 'facilities'>,
  consultation: Consultation,
  at: Date,
): Promise<CaseTerms | null> {
  const { kind, terms, submittedAt, requesterFacilityId, invitedFacilityId } = consultation;
  if (submittedAt !== null && (terms === null || offers(terms, kind))) return terms;
  const agreements = (await stores.facilities.listAgreements(requesterFacilityId, at)).filter(
    (agreement) => agreement.invitedFacilityId === invitedFacilityId,
  );
  if (agreements.length === 0) throw refused('agreement-missing', 'no valid agreement with the invited facility');
  const agreement = agreements.find((one) => offers(one, kind));
  if (!agreement) throw refused('service-not-agreed', `the agreement is not about ${kind}`);
  const { agreementId, services, responseTimes } = agreement;
  return { agreementId, services, responseTimes: effectiveTimes(responseTimes), agreedAt: at.toISOString() };
}

const offers = ({ services }: Pick<CaseTerms, 'services'>, kind: Consultation['kind']): boolean =>
  services.some((service) => service.kind === kind);

/** The facilities' names, for a case that is sent now. @throws Failure conflict / facility-closed where one takes no cases any more. */
export async function nameParties(
  stores: Pick<Stores, 'facilities'>,
  { requesterFacilityId, invitedFacilityId, parties }: Consultation,
): Promise<Parties> {
  if (parties) return parties;
  const requester = await stores.facilities.find(requesterFacilityId);
  const invited = invitedFacilityId === null ? undefined : await stores.facilities.find(invitedFacilityId);
  if (requester?.status !== 'active' || invited?.status !== 'active')
    throw refused('facility-closed', 'a facility is closed');
  return { requester: toFacilityView(requester), invited: toFacilityView(invited) };
}
