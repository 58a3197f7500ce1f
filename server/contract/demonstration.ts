import { z } from 'zod';
import { PersonView } from './account.ts';
import { AttendanceCredits, AttendeeCredit, OwnResult } from './demonstration-credits.ts';
import { DemonstrationLive } from './demonstration-live.ts';
import { FacilityView } from './facility.ts';
import { type PictureKind, pictureKinds } from './picture-kinds.ts';
import { Id, Instant } from './primitives.ts';
import { SpecialtyCode } from './specialties.ts';

/**
 * A surgical demonstration, from the plan to the replay. One that is over may be assessed and credited, and, where it was recorded, goes on to
 * its replay; that may come first.
 */
export const DemonstrationState = z.enum([
  'planned',
  /** Theatre and ethics have signed it off. */
  'approved',
  'enrolling',
  'live',
  'ended',
  'assessed',
  'credited',
  'replay-review',
  'published',
  'retired',
  'cancelled',
]);
export type DemonstrationState = z.infer<typeof DemonstrationState>;

/** What the caller may do with a demonstration now; the server computes it. */
export const DemonstrationAction = z.enum([
  'read-plan',
  'edit',
  'ask-sign-off',
  'sign-theatre',
  'sign-ethics',
  'send-back',
  'check-material',
  'withdraw-check',
  'open-enrolment',
  'close-enrolment',
  'reopen-enrolment',
  'move',
  'begin',
  'end',
  'cancel',
  'read-attendance',
  'enrol',
  'withdraw',
  'enter',
  'join-hall',
  'cut',
  'choose-program',
  'show',
  'give-voice',
  'give-back-voice',
  'answer-check',
  'take-still',
  'arrange-inputs',
  'start-recording',
  'stop-recording',
  'open-replay',
  'edit-replay',
  'review-replay',
  'publish-replay',
  'retire-replay',
  'watch-replay',
  'read-key-images',
  'assess',
  'credit',
  'correct-credit',
  'read-asking',
  'ask',
  'raise-hand',
  'moderate',
]);
export type DemonstrationAction = z.infer<typeof DemonstrationAction>;

/** Of each but `expert` one. The patient's advocate speaks for who lies there; the two signers are of the surgeon's facility. */
export const DemonstrationSeat = z.enum([
  'moderator',
  'deputy',
  'advocate',
  'nurse',
  'expert',
  'theatre-signer',
  'ethics-signer',
]);
export type DemonstrationSeat = z.infer<typeof DemonstrationSeat>;

/** Somebody, as appointed at a facility. */
export const SeatHolder = z.object({ seat: DemonstrationSeat, accountId: Id, facilityId: Id });
export type SeatHolder = z.infer<typeof SeatHolder>;

/** Who may enrol: a facility with everything below it, an alliance's hub and its members with everything below these, or one person. */
export const AudienceKind = z.enum(['facility', 'alliance', 'person']);
export const AudienceEntry = z.object({ kind: AudienceKind, id: Id });
export type AudienceEntry = z.infer<typeof AudienceEntry>;

/** What is typed of a plan. Title, procedure, room and description are read by watchers: they never name the patient. */
export const DemonstrationDraft = z.object({
  title: z.string().trim().max(100),
  procedure: z.string().trim().max(200),
  description: z.string().trim().max(4000),
  specialty: SpecialtyCode.nullable(),
  room: z.string().trim().max(64),
  startsAt: Instant.nullable(),
  endsAt: Instant.nullable(),
  /** How many may enrol; null: any number. */
  capacity: z.int().min(1).max(5000).nullable(),
  /** How much of it somebody has to watch, and how many of the presence checks to answer, to be credited. */
  requiredPercent: z.int().min(1).max(100),
  /** The patient's case, whose consent to teaching must be on file. */
  consultationId: Id.nullable(),
  seats: z.array(SeatHolder).max(30),
  audience: z.array(AudienceEntry).max(200),
  /** What of the case's pictures is to be shown; each is looked through by a second person before. */
  materialIds: z.array(Id).max(50),
});
export type DemonstrationDraft = z.infer<typeof DemonstrationDraft>;
export const DemonstrationField = DemonstrationDraft.keyof();
export type DemonstrationField = z.infer<typeof DemonstrationField>;

/** What is still needed before it may be signed off, opened and begun, in the order in which it is seen to. */
export const DemonstrationGap = z.enum([
  'title',
  'procedure',
  'room',
  'time',
  'time-order',
  'time-past',
  'case',
  'teach-consent',
  'patient-named',
  'moderator',
  'deputy',
  'advocate',
  'theatre-signer',
  'ethics-signer',
  /** Somebody holds two places that two people must hold. */
  'people-not-apart',
  /** Somebody named is not appointed there any more. */
  'people-gone',
  'audience',
  'materials-unchecked',
  'sign-off-request',
  'theatre-sign-off',
  'ethics-sign-off',
]);
export type DemonstrationGap = z.infer<typeof DemonstrationGap>;

/** A picture, study or file of the patient's case. `shown`: it is to be shown. Named to those alone who see the case. */
export const DemonstrationMaterial = z.object({
  materialId: Id,
  kind: z.enum(Object.keys(pictureKinds) as [PictureKind, ...PictureKind[]]),
  pictureCount: z.int(),
  addedAt: Instant,
  shown: z.boolean(),
  checkedBy: PersonView.nullable(),
  checkedAt: Instant.nullable(),
  mayCheck: z.boolean(),
});
export type DemonstrationMaterial = z.infer<typeof DemonstrationMaterial>;

const SignOffView = z.object({ by: PersonView, at: Instant });

/** Another demonstration at the same time. */
export const DemonstrationOverlap = z.object({
  what: z.enum(['surgeon', 'room']),
  demonstrationId: Id,
  title: z.string(),
  startsAt: Instant,
  endsAt: Instant,
});
export type DemonstrationOverlap = z.infer<typeof DemonstrationOverlap>;

/** What those see who organize it or have a seat in it. */
export const DemonstrationPlan = z.object({
  version: z.int(),
  draft: DemonstrationDraft,
  /** Which of it may be changed now. */
  editable: z.array(DemonstrationField),
  /** Those of the seats. */
  people: z.array(PersonView),
  audience: z.array(AudienceEntry.extend({ name: z.string() })),
  gaps: z.array(DemonstrationGap),
  /** Of the patient to teaching. */
  consent: z.enum(['no-case', 'missing', 'given']),
  /** null: to whoever does not see the case. */
  caseNumber: z.string().nullable(),
  materials: z.array(DemonstrationMaterial).nullable(),
  shownCount: z.int(),
  checkedCount: z.int(),
  askedAt: Instant.nullable(),
  /** Why a signer sent the plan back. */
  sentBackReason: z.string(),
  signOffs: z.object({ theatre: SignOffView.nullable(), ethics: SignOffView.nullable() }),
  overlaps: z.array(DemonstrationOverlap),
  enrolledCount: z.int(),
  /** Why it was cancelled; empty where the patient withdrew the consent. */
  reason: z.string(),
  changedAt: Instant,
});
export type DemonstrationPlan = z.infer<typeof DemonstrationPlan>;

/** A demonstration as whoever may enrol sees it. */
export const DemonstrationLine = z.object({
  demonstrationId: Id,
  state: DemonstrationState,
  title: z.string(),
  procedure: z.string(),
  specialty: SpecialtyCode.nullable(),
  facility: FacilityView,
  surgeon: PersonView,
  startsAt: Instant.nullable(),
  endsAt: Instant.nullable(),
  isEnrolled: z.boolean(),
  isFull: z.boolean(),
  isEnrolmentClosed: z.boolean(),
  actions: z.array(DemonstrationAction),
});
export type DemonstrationLine = z.infer<typeof DemonstrationLine>;

export const DemonstrationView = DemonstrationLine.extend({
  description: z.string(),
  /** See the plan. */
  requiredPercent: z.int(),
  /** What the caller's own watching came to; null: not assessed, or they were not enrolled. */
  own: OwnResult.nullable(),
  presentCount: z.int(),
  /** null: to whoever may not enter the hall now. */
  live: DemonstrationLive.nullable(),
  /** null: to watchers. */
  plan: DemonstrationPlan.nullable(),
});
export type DemonstrationView = z.infer<typeof DemonstrationView>;

/** How many people are there now, each once. */
export const DemonstrationPresence = z.object({ presentCount: z.int() });
export type DemonstrationPresence = z.infer<typeof DemonstrationPresence>;

/** Somebody who enrolled, or was there. Times are those in which it was live, each second once. `isPresent`: now, or lost a moment ago. */
export const Attendee = z.object({
  person: PersonView,
  enrolledAt: Instant.nullable(),
  withdrawnAt: Instant.nullable(),
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
  presentS: z.int(),
  isPresent: z.boolean(),
  /** Presence checks while they were there, and how many of these they answered. */
  checksAsked: z.int(),
  checksAnswered: z.int(),
  ...AttendeeCredit.shape,
});
export type Attendee = z.infer<typeof Attendee>;

/** `everybody`: else those alone whom the caller administers. */
export const Attendance = z.object({
  title: z.string(),
  everybody: z.boolean(),
  beganAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  liveS: z.int(),
  ...AttendanceCredits.shape,
  people: z.array(Attendee),
});
export type Attendance = z.infer<typeof Attendance>;

/** `own`: organized, or with a seat in it. `watch`: enrolled in, or open to the caller. `people`: with people whom the caller administers. */
export const DemonstrationDesk = z.enum(['own', 'watch', 'people']);
export type DemonstrationDesk = z.infer<typeof DemonstrationDesk>;
/** `now`: it is on. `soon`: it is to come, by its time. `past`: ended or cancelled, the latest first. */
export const DemonstrationWhen = z.enum(['now', 'soon', 'past']);
export type DemonstrationWhen = z.infer<typeof DemonstrationWhen>;

export const DemonstrationQuery = z.object({
  desk: DemonstrationDesk,
  when: DemonstrationWhen,
  page: z.coerce.number().int().min(1).max(1000).default(1),
});
export type DemonstrationQuery = z.infer<typeof DemonstrationQuery>;
export const DemonstrationPage = z.object({ lines: z.array(DemonstrationLine), total: z.int() });
export type DemonstrationPage = z.infer<typeof DemonstrationPage>;

/** Left out, or by a surgeon: their own. A coordinator names a surgeon of the facility. */
export const DemonstrationCreateInput = z.object({ surgeonId: Id.optional() });
export const DemonstrationSaveInput = DemonstrationDraft.extend({ version: z.int() });
export type DemonstrationSaveInput = z.infer<typeof DemonstrationSaveInput>;
/** `pictureCount`: of the material as the caller was shown it, and so looked through. */
export const MaterialCheckInput = z.object({ version: z.int(), pictureCount: z.int() });
export type MaterialCheckInput = z.infer<typeof MaterialCheckInput>;
export const DemonstrationMoveInput = z.object({
  version: z.int(),
  startsAt: Instant,
  endsAt: Instant,
  room: DemonstrationDraft.shape.room,
});
export type DemonstrationMoveInput = z.infer<typeof DemonstrationMoveInput>;
