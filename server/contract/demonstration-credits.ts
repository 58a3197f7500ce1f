import { z } from 'zod';
import { PersonView } from './account.ts';
import { FacilityView } from './facility.ts';
import { Id, Instant } from './primitives.ts';

/** Points with one digit behind the point. */
export const CreditPoints = z.number().min(0.1).max(25).multipleOf(0.1);

/** A remark is read by those who see the whole list; to others it is empty. It never names the patient. */
export const AssessInput = z.object({ version: z.int(), remark: z.string().trim().max(2000) });
/** For each who qualifies. */
export const CreditInput = z.object({ version: z.int(), points: CreditPoints });
/** For one person; 0 takes them away. The person reads the reason. */
export const CreditCorrectionInput = z.object({
  version: z.int(),
  points: z.union([z.literal(0), CreditPoints]),
  reason: z.string().trim().max(1000),
});
export type CreditCorrectionInput = z.infer<typeof CreditCorrectionInput>;

/** `before`: the points that it put right. */
export const CreditCorrectionView = z.object({ by: PersonView, at: Instant, before: z.number(), reason: z.string() });
export type CreditCorrectionView = z.infer<typeof CreditCorrectionView>;

/** What became of somebody's watching. */
export const AttendeeCredit = z.object({
  /** By the rule, once it is over; as it was assessed, once it was. null: not enrolled, or it is not over. */
  qualifies: z.boolean().nullable(),
  /** null: nothing was credited. */
  points: z.number().nullable(),
  /** The latest one. */
  correction: CreditCorrectionView.nullable(),
  mayCorrect: z.boolean(),
});
export type AttendeeCredit = z.infer<typeof AttendeeCredit>;

/** Of the whole list. */
export const AttendanceCredits = z.object({
  /** What the next act on it names. */
  version: z.int(),
  /** As it was when it was assessed. */
  requiredPercent: z.int(),
  /** From when on it may be assessed: what open windows left behind is known then. null: it is not over. */
  assessableAt: Instant.nullable(),
  assessment: z.object({ by: PersonView, at: Instant, remark: z.string() }).nullable(),
  credit: z.object({ by: PersonView, at: Instant, points: z.number() }).nullable(),
});
export type AttendanceCredits = z.infer<typeof AttendanceCredits>;

/** Whether somebody watched enough, and what they are credited with. `points` null: nothing yet. */
export const OwnResult = z.object({ qualifies: z.boolean(), points: z.number().nullable() });

/** A person's own credit for one demonstration. */
export const OwnCredit = z.object({
  demonstrationId: Id,
  title: z.string(),
  facility: FacilityView,
  beganAt: Instant.nullable(),
  presentS: z.int(),
  liveS: z.int(),
  points: z.number(),
  givenAt: Instant,
  correction: CreditCorrectionView.nullable(),
});
export type OwnCredit = z.infer<typeof OwnCredit>;
