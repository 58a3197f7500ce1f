import type { Amendment, Consent, ConsultationState, Diagnosis, ServiceForm, Urgency } from '../contract/index.ts';
import { Failure } from '../contract/index.ts';
import type { SealedPatient } from '../patients/patient.ts';

/** A video case was turned into a written one. */
export interface StoredFormChange {
  reason: string;
  accountId: string;
  at: string;
}

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
  serviceForm: ServiceForm;
  formChange: StoredFormChange | null;
  urgency: Urgency | null;
  consent: Consent | null;
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
  | 'serviceForm'
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
  | 'answer-in-writing'
  | 'meet'
  | 'issue'
  | 'acknowledge'
  | 'amend'
  | 'withdraw-amendment';

/**
 * Where each step leads; a step that is not named is not allowed there. A supplement that was asked for after
 * acceptance goes back to the specialist who asked, see {@link submitted}. From `accepted` only a written case is issued, and
 * once more only what is being amended.
 */
const NEXT: Record<ConsultationState, Partial<Record<Step, ConsultationState>>> = {
  draft: { edit: 'draft', submit: 'submitted', cancel: 'cancelled' },
  submitted: { accept: 'accepted', decline: 'declined', 'ask-supplement': 'supplement', cancel: 'cancelled' },
  supplement: { edit: 'supplement', submit: 'submitted', cancel: 'cancelled' },
  accepted: {
    meet: 'in-consultation',
    'answer-in-writing': 'accepted',
    issue: 'issued',
    'ask-supplement': 'supplement',
    cancel: 'cancelled',
  },
  'in-consultation': { issue: 'issued' },
  // A signed report is amended without leaving its state; the amended one waits for its acknowledgement anew.
  issued: { acknowledge: 'acknowledged', amend: 'issued', 'withdraw-amendment': 'issued', issue: 'issued' },
  acknowledged: { amend: 'acknowledged', 'withdraw-amendment': 'acknowledged', issue: 'issued' },
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
  if (!state) throw notAllowed(name, `in state ${consultation.state}`);
  return { ...consultation, state, ...changes, version: consultation.version + 1, changedAt: at.toISOString() };
}

function notAllowed(name: Step, why: string): Failure {
  return new Failure('conflict', `${name} is not possible: ${why}`, { reason: 'state-not-allowed' });
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
    serviceForm: 'video',
    formChange: null,
    urgency: null,
    consent: null,
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

/** `by`: whoever gave up the video consultation. @throws Failure conflict / state-not-allowed, also where the case is a written one. */
export function answeredInWriting(consultation: Consultation, reason: string, by: string, at: Date): Consultation {
  if (consultation.serviceForm === 'written') throw notAllowed('answer-in-writing', 'written already');
  const formChange = { reason, accountId: by, at: at.toISOString() };
  return step(consultation, 'answer-in-writing', at, { serviceForm: 'written', formChange });
}

/** Both sides are in a call together. */
export function met(consultation: Consultation, at: Date): Consultation {
  return step(consultation, 'meet', at, { metAt: at.toISOString() });
}

/** Whether an opinion may be signed as far as its form goes: the two sides have met, or the case is answered in writing. */
export function isFormFulfilled({ state, serviceForm }: Consultation): boolean {
  return state !== 'accepted' || serviceForm === 'written';
}

const isAnswered = ({ state }: Consultation): boolean => state === 'issued' || state === 'acknowledged';

/** @throws Failure conflict / state-not-allowed, also where a video consultation was asked for and nobody has met, or the signed report is not being amended. */
export function issued(consultation: Consultation, at: Date): Consultation {
  if (!isFormFulfilled(consultation)) throw notAllowed('issue', 'the two sides have not met');
  if (isAnswered(consultation) && !consultation.amendment) throw notAllowed('issue', 'the report is signed');
  return step(consultation, 'issue', at, { issuedAt: at.toISOString(), amendment: null });
}

/** An amendment of the signed report is being written, which stays valid until the amended one is signed. */
export function amending(consultation: Consultation, amendment: Amendment, at: Date): Consultation {
  if (consultation.amendment) throw notAllowed('amend', 'an amendment is being written already');
  return step(consultation, 'amend', at, { amendment });
}

export function amendmentWithdrawn(consultation: Consultation, at: Date): Consultation {
  if (!consultation.amendment) throw notAllowed('withdraw-amendment', 'no amendment is being written');
  return step(consultation, 'withdraw-amendment', at, { amendment: null });
}

export function acknowledged(consultation: Consultation, at: Date): Consultation {
  return step(consultation, 'acknowledge', at);
}
