import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { findPeople } from '../accounts/person.ts';
import { recordAct } from '../audit/record.ts';
import type { Consultation } from '../cases/consultation.ts';
import type { CaseConsents } from '../cases/parts.ts';
import {
  type ConsentCircumstances,
  type ConsentTerms,
  type ConsentView,
  Failure,
  findConsentProblem,
} from '../contract/index.ts';
import { consentedScopes } from '../patients/consented-scopes.ts';
import type { Stores } from '../store/stores.ts';
import type { Consent } from './store.ts';

/** What a case asks of its consents. */
export const caseConsents: CaseConsents = {
  async take(stores, asked, consultation, circumstances) {
    const { consultationId, consent } = consultation;
    if (consent?.given) {
      const { given: _, ...terms } = consent;
      await keepConsent(stores, asked, consultationId, terms, circumstances);
    }
    if (!consentedScopes(await stores.consents.list(consultationId)).includes('consult')) throw missing();
  },

  async view(stores, consultationId) {
    const consents = await stores.consents.list(consultationId);
    return { consents: await toViews(stores, consents), consentedScopes: consentedScopes(consents) };
  },
};

const missing = (): Failure =>
  new Failure('conflict', 'the patient has not consented', { reason: 'consent-missing', fields: ['consent'] });

/**
 * Makes a record of what was signed, and its trace.
 * @throws Failure conflict / consent-missing where it lacks something, or its evidence was not sent.
 */
export async function keepConsent(
  stores: Pick<Stores, 'audit' | 'consents'>,
  asked: Asked,
  consultationId: string,
  terms: ConsentTerms,
  circumstances: ConsentCircumstances,
): Promise<void> {
  if (findConsentProblem({ ...terms, given: true }, circumstances)) throw missing();
  const evidenceSha256 = terms.method === 'paper' ? null : terms.evidenceSha256;
  if (evidenceSha256 !== null && !(await stores.consents.findEvidence(consultationId, evidenceSha256))) throw missing();
  const consentId = randomUUID();
  await stores.consents.insert({
    ...terms,
    scopes: [...new Set(terms.scopes)],
    signerName: terms.signerName.trim(),
    relation: terms.signer === 'relative' ? terms.relation : null,
    reason: terms.signer === 'institution' ? terms.reason.trim() : '',
    evidenceSha256,
    consentId,
    consultationId,
    givenAt: asked.at.toISOString(),
    recordedBy: asked.caller.accountId,
  });
  const { scopes, signer, method, textVersion } = terms;
  await recordAct(stores.audit, asked, {
    action: 'consent:give',
    subjectKind: 'consent',
    subjectId: consentId,
    consultationId,
    detail: { scopes, signer, method, textVersion, evidenceSha256 },
  });
}

/** @returns when the consents of the case are looked at: who is the patient now, and how urgent it is. */
export function circumstancesOf(
  { patient, urgency }: Pick<Consultation, 'patient' | 'urgency'>,
  today: string,
): ConsentCircumstances {
  const { birthDate, guardian } = patient;
  return { patient: { birthDate, ...(guardian && { guardian: { ...guardian, phone: '' } }) }, urgency, today };
}

/** The consents of a case, with the people who entered them. */
export async function listConsentViews(
  stores: Pick<Stores, 'accounts' | 'consents' | 'facilities'>,
  consultationId: string,
): Promise<ConsentView[]> {
  return toViews(stores, await stores.consents.list(consultationId));
}

async function toViews(stores: Pick<Stores, 'accounts' | 'facilities'>, consents: Consent[]): Promise<ConsentView[]> {
  const people = await findPeople(
    stores,
    consents.flatMap((one) => [one.recordedBy, ...one.withdrawals.map(({ byAccountId }) => byAccountId)]),
  );
  const person = (accountId: string) => {
    const found = people.get(accountId);
    if (!found) throw new Error('a consent names nobody');
    return found;
  };
  return consents.map(({ consultationId: _, recordedBy, withdrawals, ...terms }) => ({
    ...terms,
    recordedBy: person(recordedBy),
    withdrawals: withdrawals.map(({ consentId: __, byAccountId, ...one }) => ({ ...one, by: person(byAccountId) })),
  }));
}
