import type { Consent, ConsultationState, Diagnosis, Urgency } from '../contract/index.ts';
import { Failure } from '../contract/index.ts';
import type { SealedPatient } from '../patients/patient.ts';

/** A case. Every change makes a new value with the next `version`. */
export interface Consultation {
  consultationId: string;
  caseNumber: string;
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
  urgency: Urgency | null;
  consent: Consent | null;
  requesterId: string;
  requesterFacilityId: string;
  specialistId: string | null;
  reason: string;
  createdAt: string;
  submittedAt: string | null;
  acceptedAt: string | null;
  issuedAt: string | null;
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
  | 'urgency'
  | 'consent'
>;

export type Step =
  | 'edit'
  | 'submit'
  | 'cancel'
  | 'accept'
  | 'decline'
  | 'ask-supplement'
  | 'meet'
  | 'issue'
  | 'acknowledge';

/**
 * Where each step leads; a step that is not named is not allowed there. A supplement that was asked for after
 * acceptance goes back to the specialist who asked, see {@link submitted}.
 */
const NEXT: Record<ConsultationState, Partial<Record<Step, ConsultationState>>> = {
  draft: { edit: 'draft', submit: 'submitted', cancel: 'cancelled' },
  submitted: { accept: 'accepted', decline: 'declined', 'ask-supplement': 'supplement', cancel: 'cancelled' },
  supplement: { edit: 'supplement', submit: 'submitted', cancel: 'cancelled' },
  accepted: { meet: 'in-consultation', 'ask-supplement': 'supplement', cancel: 'cancelled' },
  'in-consultation': { issue: 'issued' },
  issued: { acknowledge: 'acknowledged' },
  acknowledged: {},
  declined: {},
  cancelled: {},
};

/** @throws Failure conflict / state-not-allowed */
function step(
  consultation: Consultation,
  name: Step,
  at: Date,
  changes: Partial<Omit<Consultation, 'version'>> = {},
): Consultation {
  const state = NEXT[consultation.state][name];
  if (!state)
    throw new Failure('conflict', `${name} is not possible in state ${consultation.state}`, {
      reason: 'state-not-allowed',
    });
  return { ...consultation, state, ...changes, version: consultation.version + 1, changedAt: at.toISOString() };
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
    state: 'draft',
    version: 1,
    patientId: null,
    question: '',
    historySummary: '',
    diagnosis: [],
    invitedFacilityId: null,
    wantedSpecialty: '',
    urgency: null,
    consent: null,
    specialistId: null,
    reason: '',
    createdAt: at.toISOString(),
    submittedAt: null,
    acceptedAt: null,
    issuedAt: null,
    changedAt: at.toISOString(),
  };
}

export function edited(consultation: Consultation, application: Application, at: Date): Consultation {
  return step(consultation, 'edit', at, application);
}

/** `patient` as it passed the check: trimmed, with the register's id. */
export function submitted(
  consultation: Consultation,
  patient: { patientId: string; patient: SealedPatient },
  at: Date,
): Consultation {
  const next = step(consultation, 'submit', at, { ...patient, submittedAt: at.toISOString(), reason: '' });
  return consultation.specialistId === null ? next : { ...next, state: 'accepted' };
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

export function met(consultation: Consultation, at: Date): Consultation {
  return step(consultation, 'meet', at);
}

export function issued(consultation: Consultation, at: Date): Consultation {
  return step(consultation, 'issue', at, { issuedAt: at.toISOString() });
}

export function acknowledged(consultation: Consultation, at: Date): Consultation {
  return step(consultation, 'acknowledge', at);
}
