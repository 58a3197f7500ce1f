import type {
  Amendment,
  CaseKind,
  CaseTerms,
  Consent,
  ConsultationState,
  Diagnosis,
  FacilityView,
  HandOverCause,
  Urgency,
} from '../contract/index.ts';
import { Failure } from '../contract/index.ts';
import type { SealedPatient } from '../patients/patient.ts';
import { findArrow, rulesOf, type StepName } from './kinds/case-kinds.ts';
import type { Parties } from './parties.ts';

/** A video case was turned into a written one. */
export interface StoredKindChange {
  reason: string;
  accountId: string;
  at: string;
}

/** A specialist left the case, which waits for a colleague since. */
export interface StoredHandOver {
  fromAccountId: string;
  /** null: the server, for the cause. */
  byAccountId: string | null;
  /** Not kept before there were several: it was the licence. */
  cause?: HandOverCause | undefined;
  reason: string;
  at: string;
}

/** A case. Every change makes a new value with the next `version`; where it may go from each state its kind says. */
export interface Consultation {
  consultationId: string;
  caseNumber: string;
  kind: CaseKind;
  state: ConsultationState;
  version: number;
  /** The register's entry, once the case was submitted. */
  patientId: string | null;
  patient: SealedPatient;
  question: string;
  historySummary: string;
  diagnosis: Diagnosis[];
  invitedFacilityId: string | null;
  wantedSpecialty: string;
  kindChange: StoredKindChange | null;
  /** The last time that a specialist left it. */
  handOver: StoredHandOver | null;
  urgency: Urgency | null;
  /** As it is being typed; with the submission it becomes a record (`server/consents`). */
  consent: Consent | null;
  /** What was agreed when it was sent. */
  terms: CaseTerms | null;
  /** The two facilities as they were called then. */
  parties: Parties | null;
  requesterId: string;
  requesterFacilityId: string;
  specialistId: string | null;
  reason: string;
  createdAt: string;
  submittedAt: string | null;
  acceptedAt: string | null;
  /** When both sides were first in a call together. */
  metAt: string | null;
  /** When the valid report was signed. */
  issuedAt: string | null;
  /** Of the signed report, while it is being written. */
  amendment: Amendment | null;
  changedAt: string;
}

/** The application's text: what a draft may change. */
export type Application = Pick<
  Consultation,
  | 'patient'
  | 'question'
  | 'historySummary'
  | 'diagnosis'
  | 'invitedFacilityId'
  | 'wantedSpecialty'
  | 'kind'
  | 'urgency'
  | 'consent'
>;

/** One step along an arrow of the case's kind. @throws Failure conflict / state-not-allowed where none leads on from here. */
function step(
  consultation: Consultation,
  name: StepName,
  at: Date,
  changes: Partial<Omit<Consultation, 'version'>> = {},
): Consultation {
  const arrow = findArrow(consultation, name);
  if (!arrow)
    throw new Failure('conflict', `${name} is not possible in state ${consultation.state}`, {
      reason: 'state-not-allowed',
    });
  return {
    ...consultation,
    state: arrow.to,
    kind: arrow.becomes ?? consultation.kind,
    ...changes,
    version: consultation.version + 1,
    changedAt: at.toISOString(),
  };
}

/** @throws Failure conflict / version-outdated where the change was made on another version than the stored one. */
export function requireVersion(consultation: Consultation, version: number): void {
  if (consultation.version !== version)
    throw new Failure('conflict', `made on version ${version}, stored is ${consultation.version}`, {
      reason: 'version-outdated',
    });
}

export function drafted(parts: {
  consultationId: string;
  caseNumber: string;
  requesterId: string;
  requesterFacilityId: string;
  patient: SealedPatient;
  at: Date;
}): Consultation {
  const { at, ...identity } = parts;
  return {
    ...identity,
    kind: 'video',
    state: 'draft',
    version: 1,
    patientId: null,
    question: '',
    historySummary: '',
    diagnosis: [],
    invitedFacilityId: null,
    wantedSpecialty: '',
    kindChange: null,
    handOver: null,
    urgency: null,
    consent: null,
    terms: null,
    parties: null,
    specialistId: null,
    reason: '',
    createdAt: at.toISOString(),
    submittedAt: null,
    acceptedAt: null,
    metAt: null,
    issuedAt: null,
    amendment: null,
    changedAt: at.toISOString(),
  };
}

/** @throws Failure invalid-message where the application is turned into a kind that has no such state. */
export function edited(consultation: Consultation, application: Application, at: Date): Consultation {
  const next = step(consultation, 'edit', at, application);
  if (!rulesOf(next).states[next.state])
    throw new Failure('invalid-message', `the case cannot become a ${next.kind} one now`, { fields: ['kind'] });
  return next;
}

/** `checked`: the patient as it passed the check, trimmed, with the register's id; what was agreed; the facilities' names of now. */
export function submitted(
  consultation: Consultation,
  checked: Pick<Consultation, 'patientId' | 'patient' | 'terms' | 'parties'>,
  at: Date,
): Consultation {
  return step(consultation, 'submit', at, { ...checked, consent: null, submittedAt: at.toISOString(), reason: '' });
}

export function cancelled(consultation: Consultation, reason: string, at: Date): Consultation {
  return step(consultation, 'cancel', at, { reason });
}

export function accepted(consultation: Consultation, specialistId: string, at: Date): Consultation {
  return step(consultation, 'accept', at, { specialistId, acceptedAt: at.toISOString() });
}

export function declined(consultation: Consultation, reason: string, at: Date): Consultation {
  return step(consultation, 'decline', at, { reason });
}

export function supplementAsked(consultation: Consultation, reason: string, at: Date): Consultation {
  return step(consultation, 'ask-supplement', at, { reason });
}

/**
 * It waits for a colleague, as after its submission; what was written and shown stays with it. A meeting was with whoever left: the
 * report will name what its own author did.
 */
export function handedOver(consultation: Consultation, handOver: StoredHandOver, at: Date): Consultation {
  return step(consultation, 'hand-over', at, { specialistId: null, acceptedAt: null, metAt: null, handOver });
}

/** `by`: whoever gave up the meeting. */
export function answeredInWriting(consultation: Consultation, reason: string, by: string, at: Date): Consultation {
  const kindChange = { reason, accountId: by, at: at.toISOString() };
  return step(consultation, 'answer-in-writing', at, { kindChange });
}

/** Both sides are in a call together. */
export function met(consultation: Consultation, at: Date): Consultation {
  return step(consultation, 'meet', at, { metAt: at.toISOString() });
}

/** The opinion is signed. */
export function issued(consultation: Consultation, at: Date): Consultation {
  return step(consultation, 'sign', at, { issuedAt: at.toISOString(), amendment: null });
}

/** An amendment of the signed report is being written, which stays valid until the amended one is signed. */
export function amending(consultation: Consultation, amendment: Amendment, at: Date): Consultation {
  return step(consultation, 'amend-report', at, { amendment });
}

export function amendmentWithdrawn(consultation: Consultation, at: Date): Consultation {
  return step(consultation, 'withdraw-amendment', at, { amendment: null });
}

export function acknowledged(consultation: Consultation, at: Date): Consultation {
  return step(consultation, 'acknowledge', at);
}

/**
 * The patient takes the consent to the consultation back: what is not answered ends here, a signed report stays. Nobody is left who
 * could finish an amendment.
 */
export function consentWithdrawn(consultation: Consultation, reason: string, at: Date): Consultation {
  const next = step(consultation, 'withdraw-consent', at, { reason, amendment: null });
  const { state, changedAt, reason: before } = consultation;
  // What was over before stays as it was: when and why.
  return next.state === state ? { ...next, reason: before, changedAt } : next;
}

/** The case goes over from one facility to the one that it was merged into, on whichever side. */
export function takenOver(consultation: Consultation, from: string, to: FacilityView, at: Date): Consultation {
  const { requesterFacilityId, invitedFacilityId, parties } = consultation;
  const successor = (party: FacilityView) => (party.facilityId === from ? to : party);
  return {
    ...consultation,
    requesterFacilityId: requesterFacilityId === from ? to.facilityId : requesterFacilityId,
    invitedFacilityId: invitedFacilityId === from ? to.facilityId : invitedFacilityId,
    parties: parties && { requester: successor(parties.requester), invited: successor(parties.invited) },
    version: consultation.version + 1,
    changedAt: at.toISOString(),
  };
}
