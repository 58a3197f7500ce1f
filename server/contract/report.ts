import { z } from 'zod';
import { PersonView } from './account.ts';
import { Diagnosis } from './diagnosis.ts';
import { Relation } from './guardian.ts';
import { Target, Viewport } from './picture-kinds.ts';
import { Id, Instant, Sha256 } from './primitives.ts';
import { Annotation } from './review.ts';

/** A picture for the report, drawn at full quality with its annotations; the file itself is kept under its hash. */
export const KeyImage = z.object({
  keyImageId: Id,
  target: Target,
  viewport: Viewport,
  annotations: z.array(Annotation).max(200),
  /** What was measured, as it read when the image was taken (value, unit, calibration). */
  measurements: z.array(z.string().max(300)).max(200),
  /** The marks in it bear the numbers of `annotations` and `measurements`, counted from one. */
  numbered: z.boolean().optional(),
  caption: z.string().max(300),
  imageSha256: Sha256,
  widthPx: z.number().int().positive(),
  heightPx: z.number().int().positive(),
});
export type KeyImage = z.infer<typeof KeyImage>;

export const Recommendation = z.object({ recommendationId: Id, text: z.string().max(1000) });
export type Recommendation = z.infer<typeof Recommendation>;

/** The opinion as it is being written. */
export const OpinionDraft = z.object({
  findings: z.string().max(20000),
  diagnosis: z.array(Diagnosis).max(20),
  recommendations: z.array(Recommendation).max(50),
  keyImages: z.array(KeyImage).max(50),
});
export type OpinionDraft = z.infer<typeof OpinionDraft>;

/** Optimistic lock: `version` is the one that was read; another one answers conflict / version-outdated. */
export const OpinionDraftInput = OpinionDraft.extend({ version: z.number().int() });
export type OpinionDraftInput = z.infer<typeof OpinionDraftInput>;
export const OpinionDraftView = OpinionDraft.extend({ version: z.number().int(), savedAt: Instant.nullable() });
export type OpinionDraftView = z.infer<typeof OpinionDraftView>;

/** Why a signed report is followed by another: something in it was wrong (更正), or something is added (补充). As FHIR's DiagnosticReport.status. */
export const AmendmentKind = z.enum(['corrected', 'appended']);
export type AmendmentKind = z.infer<typeof AmendmentKind>;
export const Amendment = z.object({ kind: AmendmentKind, reason: z.string() });
export type Amendment = z.infer<typeof Amendment>;

/** What is signed. Its RFC 8785 canonical form is the message of the signature; no field may be added after signing. */
export const ReportContent = z.object({
  reportId: Id,
  consultationId: Id,
  caseNumber: z.string(),
  version: z.number().int(),
  /**
   * How the opinion came about: `video` where the two sides have met in a call, else `written`. `consultation`: signed before the
   * forms were told apart. Either leaves liability with the inviting side, which the report prints.
   */
  serviceForm: z.enum(['video', 'written', 'consultation']),
  /** Why a case that asked for a video consultation was answered in writing. */
  formReason: z.string().optional(),
  patient: z.object({
    name: z.string(),
    sex: z.string(),
    birthDate: z.string(),
    idNumber: z.string(),
    /** Of an unidentified person, whose birth date is empty. */
    estimatedAgeYears: z.number().int().optional(),
    /** Who decides for the patient. */
    guardian: z.object({ name: z.string(), relation: Relation }).optional(),
  }),
  question: z.string(),
  requester: PersonView,
  author: PersonView,
  findings: z.string(),
  diagnosis: z.array(Diagnosis),
  recommendations: z.array(Recommendation),
  keyImages: z.array(KeyImage),
  signedAt: Instant,
  /** From version 2 on: what is amended and why, and exactly which report this one takes the place of. */
  amendment: Amendment.extend({
    predecessor: z.object({
      reportId: Id,
      version: z.number().int(),
      signedAt: Instant,
      /** SHA-256 of the predecessor's signed bytes. */
      contentSha256: Sha256,
    }),
  }).optional(),
});
export type ReportContent = z.infer<typeof ReportContent>;

/** `algorithm` tells how to verify; a national-cryptography signature stands beside Ed25519 under another name. */
export const Signature = z.object({
  algorithm: z.enum(['Ed25519']),
  signerId: Id,
  /** SPKI, DER, base64. */
  publicKey: z.string(),
  /** base64. */
  value: z.string(),
});
export type Signature = z.infer<typeof Signature>;

export const AdoptionDecision = z.enum(['adopted', 'partly', 'not-adopted']);
export type AdoptionDecision = z.infer<typeof AdoptionDecision>;
/** The requester's answer to one recommendation; anything but `adopted` says why. */
export const Adoption = z.object({ recommendationId: Id, decision: AdoptionDecision, reason: z.string().max(1000) });
export type Adoption = z.infer<typeof Adoption>;

/** One of a case's signed reports; the last one is valid, the others are superseded and stay readable. */
export const ReportVersion = z.object({
  version: z.number().int(),
  reportId: Id,
  signedAt: Instant,
  amendment: Amendment.nullable(),
});
export type ReportVersion = z.infer<typeof ReportVersion>;

export const ReportView = z.object({
  content: ReportContent,
  signature: Signature,
  /** Checked by the server when it was read. */
  signatureValid: z.boolean(),
  /** All of the case, from version 1 on. */
  versions: z.array(ReportVersion),
  adoptions: z.array(Adoption),
  acknowledgedAt: Instant.nullable(),
  acknowledgedBy: PersonView.nullable(),
});
export type ReportView = z.infer<typeof ReportView>;

export const SignInput = z.object({ version: z.number().int(), password: z.string().min(1).max(256) });
export type SignInput = z.infer<typeof SignInput>;
/** `version`: of the report that was read; where another one is valid by now the answer is conflict / version-outdated. */
export const AcknowledgeInput = z.object({ version: z.number().int(), adoptions: z.array(Adoption).max(50) });
export type AcknowledgeInput = z.infer<typeof AcknowledgeInput>;
/** `version`: of the case, as with every step of it. */
export const AmendInput = z.object({
  version: z.number().int(),
  kind: AmendmentKind,
  reason: z.string().trim().max(1000),
});
export type AmendInput = z.infer<typeof AmendInput>;
