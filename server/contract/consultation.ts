import { z } from 'zod';
import { PersonView } from './account.ts';
import { CaseTerms } from './agreement.ts';
import { GrantBasis } from './audit.ts';
import { CallView } from './call.ts';
import { Awaiting, CaseKind, CaseStop, Interruption, Meeting, Urgency } from './case-kinds.ts';
import { Consent, ConsentScope, ConsentView } from './consent.ts';
import { Diagnosis } from './diagnosis.ts';
import { FacilityView } from './facility.ts';
import { PatientDraft, PatientView } from './patient.ts';
import { MaterialView } from './picture-kinds.ts';
import { Id, Instant } from './primitives.ts';
import { Amendment } from './report.ts';

export const ConsultationState = z.enum([
  'draft',
  'submitted',
  /** The invited side asked for more; the requester adds it and submits again. */
  'supplement',
  'accepted',
  /** The two sides have met in a call at least once. */
  'in-consultation',
  'issued',
  'acknowledged',
  'declined',
  'cancelled',
]);
export type ConsultationState = z.infer<typeof ConsultationState>;

/** What the caller may do with the case now; the server computes it and the client shows nothing else. */
export const ConsultationAction = z.enum([
  'edit',
  'attach',
  'submit',
  'cancel',
  'accept',
  'decline',
  'ask-supplement',
  /** Give the case back to the duty pool, with all that was written. */
  'hand-over',
  'invite',
  /** Take somebody who was invited out of the case again. */
  'remove-participant',
  /** See the ID number and the phone unmasked. */
  'reveal-patient',
  'review',
  'annotate',
  'chat',
  'start-call',
  'join-call',
  'end-call',
  /** Turn a video consultation into a written one, saying why. */
  'answer-in-writing',
  'write-opinion',
  'sign',
  'read-report',
  'acknowledge',
  /** Begin a corrected or supplementary report beside the signed one. */
  'amend-report',
  'withdraw-amendment',
  /** Take down a further consent of the patient. */
  'record-consent',
  /** The patient takes a consent back. */
  'withdraw-consent',
]);
export type ConsultationAction = z.infer<typeof ConsultationAction>;

/** Why a case that was asked for as a video consultation is answered in writing, and who said so. */
export const KindChange = z.object({ reason: z.string(), by: PersonView, at: Instant });
export type KindChange = z.infer<typeof KindChange>;

/** Why a specialist could not go on: no valid licence, no appointment at that hospital any more, or the account was disabled. */
export const HandOverCause = z.enum(['licence', 'appointment', 'account']);
export type HandOverCause = z.infer<typeof HandOverCause>;

/** A specialist left the case, which went back to the duty pool with what was written. `by` null: the server did it, for the cause. */
export const HandOver = z.object({
  from: PersonView,
  by: PersonView.nullable(),
  cause: HandOverCause.nullable(),
  reason: z.string(),
  at: Instant,
});
export type HandOver = z.infer<typeof HandOver>;

/** The application as it is being typed; submission checks that it is complete. */
export const ConsultationDraft = z.object({
  patient: PatientDraft,
  question: z.string().max(4000),
  historySummary: z.string().max(20000),
  diagnosis: z.array(Diagnosis).max(20),
  invitedFacilityId: Id.nullable(),
  wantedSpecialty: z.string().max(64),
  /** Not named: a video consultation. */
  kind: CaseKind.default('video'),
  urgency: Urgency.nullable(),
  /** Becomes a record with the submission, and is null again from then on. */
  consent: Consent.nullable(),
});
export type ConsultationDraft = z.infer<typeof ConsultationDraft>;

export const ConsultationDraftInput = ConsultationDraft.extend({ version: z.number().int() });
export type ConsultationDraftInput = z.infer<typeof ConsultationDraftInput>;

export const ConsultationView = z.object({
  consultationId: Id,
  caseNumber: z.string(),
  state: ConsultationState,
  awaiting: Awaiting,
  interruption: Interruption.nullable(),
  /** The way of the case, what lies ahead included. */
  stops: z.array(CaseStop),
  /** Rises with every change; a change names the version it was made on. */
  version: z.number().int(),
  patient: PatientView,
  question: z.string(),
  historySummary: z.string(),
  diagnosis: z.array(Diagnosis),
  wantedSpecialty: z.string(),
  /** As it is now; `kindChange` says whether it was changed after the submission. */
  kind: CaseKind,
  kindChange: KindChange.nullable(),
  /** The last one. */
  handOver: HandOver.nullable(),
  meeting: Meeting,
  urgency: Urgency.nullable(),
  /** As it is being typed. */
  consent: Consent.nullable(),
  /** Those that were given, withdrawn ones too, the oldest first. */
  consents: z.array(ConsentView),
  /** What is consented to now. */
  consentedScopes: z.array(ConsentScope),
  /** What was agreed when it was sent; null: it was not, or before prices were kept. */
  terms: CaseTerms.nullable(),
  requester: PersonView,
  invitedFacility: FacilityView.nullable(),
  specialist: PersonView.nullable(),
  participants: z.array(PersonView),
  /** Participants whom the caller may remove. */
  removableIds: z.array(Id),
  /** When the caller will see the case no more; null: no end is set. */
  accessEndsAt: Instant.nullable(),
  /** Why it was declined, cancelled or sent back, in the words of whoever did it. */
  reason: z.string(),
  materials: z.array(MaterialView),
  call: CallView.nullable(),
  /** A call may still come: sooner or later somebody may start one. */
  callAhead: z.boolean(),
  reportId: Id.nullable(),
  /** Of the valid report. */
  reportVersion: z.number().int().nullable(),
  /** An amendment of the signed report is being written. */
  amendment: Amendment.nullable(),
  createdAt: Instant,
  submittedAt: Instant.nullable(),
  acceptedAt: Instant.nullable(),
  /** When both sides were first in a call together. */
  metAt: Instant.nullable(),
  issuedAt: Instant.nullable(),
  changedAt: Instant,
  actions: z.array(ConsultationAction),
});
export type ConsultationView = z.infer<typeof ConsultationView>;

/** What is attached to a case, for one line: the kind, and of images which modalities (`CT`, `MR`). */
export const ExaminationLabel = z.object({ kind: z.string(), modalities: z.array(z.string()) });
export type ExaminationLabel = z.infer<typeof ExaminationLabel>;

/** A line of the work list: names masked (`张*`), but for the requester's own patients where the requester asks. */
export const ConsultationSummary = z.object({
  consultationId: Id,
  caseNumber: z.string(),
  state: ConsultationState,
  awaiting: Awaiting,
  /** Since when it waits for whoever is next. */
  since: Instant,
  urgency: Urgency.nullable(),
  patientLabel: z.string(),
  patientSex: z.string().nullable(),
  patientAgeYears: z.number().int().nullable(),
  wantedSpecialty: z.string(),
  kind: CaseKind,
  diagnosisLabel: z.string(),
  examinations: z.array(ExaminationLabel),
  requesterName: z.string(),
  requesterFacilityName: z.string(),
  specialistName: z.string().nullable(),
  callActive: z.boolean(),
  submittedAt: Instant.nullable(),
  changedAt: Instant,
  /** It waits for something that the caller can do. */
  needsMe: z.boolean(),
  actions: z.array(ConsultationAction),
});
export type ConsultationSummary = z.infer<typeof ConsultationSummary>;

/** Somebody who may see the case now, and why. */
export const CaseViewerView = z.object({
  person: PersonView,
  basis: GrantBasis,
  since: Instant,
  /** When that ends; null: no end is set. */
  until: Instant.nullable(),
  /** May see name and numbers of the patient in full. */
  revealsPatient: z.boolean(),
});
export type CaseViewerView = z.infer<typeof CaseViewerView>;

export const InviteInput = z.object({ accountId: Id });
/** Why somebody who was invited is taken out of the case again. */
export const RemovalInput = z.object({ reason: z.string().trim().max(1000) });
