import { z } from 'zod';
import { PersonView } from './account.ts';
import { Relation } from './guardian.ts';
import { Id, Instant, Sha256 } from './primitives.ts';

/** What a patient agrees to, each by itself. */
export const ConsentScope = z.enum([
  /** The invited hospital sees the record and advises. No case is sent without. */
  'consult',
  /** Sound and picture of the meeting, and of an operation that is shown for teaching, are recorded. */
  'record',
  /** The case is used for teaching, an operation is shown live, without what names the patient. */
  'teach',
  /** Record and report go to other hospitals that treat the patient. */
  'share',
]);
export type ConsentScope = z.infer<typeof ConsentScope>;

/** The wordings, which stand in `client/i18n` in both languages. A version never changes: another wording is another version. */
export const ConsentTextVersion = z.enum(['1', '2', '3']);
export type ConsentTextVersion = z.infer<typeof ConsentTextVersion>;
export const CURRENT_CONSENT_TEXT: ConsentTextVersion = '3';

/**
 * `institution`: nobody could be asked in time, and whoever the hospital's head has authorised approved it (Civil Code of the
 * PRC, article 1220). In emergencies alone.
 */
export const ConsentSigner = z.enum(['patient', 'guardian', 'relative', 'institution']);
export type ConsentSigner = z.infer<typeof ConsentSigner>;

/** `paper`: signed on paper that the hospital keeps; `drawn`: on the screen; `photo`: a picture of the signed paper. */
export const ConsentMethod = z.enum(['paper', 'drawn', 'photo']);
export type ConsentMethod = z.infer<typeof ConsentMethod>;

/** To what somebody consented, who signed, and by which wording. What is left out is as it was before consents had scopes. */
export const ConsentTerms = z.object({
  signer: ConsentSigner,
  signerName: z.string().max(64),
  /** Of a relative to the patient; a guardian's stands with the patient. */
  relation: Relation.nullable().default(null),
  /** Of the `institution`: why nobody could be asked. */
  reason: z.string().max(1000).default(''),
  scopes: z.array(ConsentScope).max(ConsentScope.options.length).default(['consult']),
  textVersion: ConsentTextVersion.default('1'),
  method: ConsentMethod.default('paper'),
  /** The drawn signature or the photograph, which was sent before. */
  evidenceSha256: Sha256.nullable().default(null),
});
export type ConsentTerms = z.infer<typeof ConsentTerms>;

/** A consent as it is being taken down with the application; the submission makes a record of it. */
export const Consent = ConsentTerms.extend({ given: z.boolean() });
export type Consent = z.infer<typeof Consent>;

/** Who asked for a withdrawal. */
export const WithdrawalAsker = ConsentSigner.exclude(['institution']);
export type WithdrawalAsker = z.infer<typeof WithdrawalAsker>;

export const WithdrawConsentInput = z.object({
  scopes: z.array(ConsentScope).min(1).max(ConsentScope.options.length),
  askedBy: WithdrawalAsker,
  askedByName: z.string().trim().max(64).default(''),
  reason: z.string().trim().max(1000),
});
export type WithdrawConsentInput = z.infer<typeof WithdrawConsentInput>;

export const ConsentWithdrawalView = WithdrawConsentInput.omit({ scopes: true }).extend({
  scope: ConsentScope,
  at: Instant,
  by: PersonView,
});
export type ConsentWithdrawalView = z.infer<typeof ConsentWithdrawalView>;

/** A consent that was given. It never changes; withdrawals stand beside it. */
export const ConsentView = ConsentTerms.extend({
  consentId: Id,
  givenAt: Instant,
  recordedBy: PersonView,
  withdrawals: z.array(ConsentWithdrawalView),
});
export type ConsentView = z.infer<typeof ConsentView>;
