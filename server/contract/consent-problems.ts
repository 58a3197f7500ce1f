import type { Urgency } from './case-kinds.ts';
import type { Consent } from './consent.ts';
import { isMinor, maySignAlone } from './guardian.ts';
import type { PatientDraft } from './patient.ts';

export type ConsentProblem =
  | 'consent-not-given'
  | 'consent-scope-missing'
  | 'consent-emergency-only'
  | 'consent-reason-missing'
  | 'consent-minor'
  | 'consent-name-missing'
  | 'consent-relation-missing'
  | 'consent-evidence-missing';

export interface ConsentCircumstances {
  patient: Pick<PatientDraft, 'birthDate' | 'guardian'>;
  urgency: Urgency | null;
  /** `YYYY-MM-DD` */
  today: string;
}

/** What a consent lacks. Form and server ask this one function. */
export function findConsentProblem(
  consent: Consent | null,
  { patient, urgency, today }: ConsentCircumstances,
): ConsentProblem | undefined {
  if (consent && consent.method !== 'paper' && consent.evidenceSha256 === null) return 'consent-evidence-missing';
  if (!consent?.given) return 'consent-not-given';
  const { signer, signerName, relation, reason, scopes, textVersion } = consent;
  // The first wording knew the consultation alone; so does an approval without anybody of the patient's side.
  const knowsOthers = textVersion !== '1' && signer !== 'institution';
  if (scopes.length === 0 || (!knowsOthers && scopes.some((scope) => scope !== 'consult')))
    return 'consent-scope-missing';
  // Without anybody of the patient's side only an emergency may go on.
  if (signer === 'institution' && urgency !== 'emergency') return 'consent-emergency-only';
  if (signer === 'institution' && reason.trim() === '') return 'consent-reason-missing';
  if (signer === 'patient' && !maySignAlone(patient.birthDate, today)) return 'consent-minor';
  if (signerName.trim() === '') return 'consent-name-missing';
  if (signer === 'relative' && relation === null) return 'consent-relation-missing';
  return undefined;
}

/**
 * Whether a guardian has to be named: of a minor, and wherever a guardian signs. Who is 16 and signs alone needs none, nor does an
 * emergency in which nobody could be asked.
 */
export function lacksGuardian(consent: Consent | null, { patient, today }: ConsentCircumstances): boolean {
  if (!consent || patient.guardian || consent.signer === 'institution') return false;
  if (consent.signer === 'guardian') return true;
  return isMinor(patient.birthDate, today) && (consent.signer !== 'patient' || !maySignAlone(patient.birthDate, today));
}
