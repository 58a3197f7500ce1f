import type { ConsentScope, ConsentTerms, WithdrawConsentInput } from '../contract/index.ts';

/** One scope of a consent was taken back. */
export interface StoredWithdrawal extends Omit<WithdrawConsentInput, 'scopes'> {
  consentId: string;
  scope: ConsentScope;
  at: string;
  byAccountId: string;
}

/** A consent that was given. It is never changed; what is taken back of it stands beside it. */
export interface StoredConsent extends ConsentTerms {
  consentId: string;
  consultationId: string;
  givenAt: string;
  recordedBy: string;
}

export interface Consent extends StoredConsent {
  withdrawals: StoredWithdrawal[];
}

/** A drawn signature or a photograph of signed paper; its bytes lie sealed in a store of their own. */
export interface ConsentEvidence {
  consultationId: string;
  sha256: string;
  mediaType: 'image/png' | 'image/jpeg';
  sizeBytes: number;
  addedBy: string;
  addedAt: string;
}

export interface ConsentStore {
  insert(consent: StoredConsent): Promise<void>;
  /** With what was withdrawn of each, the oldest first. */
  list(consultationId: string): Promise<Consent[]>;
  withdraw(withdrawals: StoredWithdrawal[]): Promise<void>;
  /** The same bytes again stay as they were first sent. */
  insertEvidence(evidence: ConsentEvidence): Promise<void>;
  /** Each once, in their order, those after `after`. */
  listEvidenceHashes(after: string, limit: number): Promise<string[]>;
  /** Whether anything but evidence names a stored file. */
  isNamedElsewhere(sha256: string): Promise<boolean>;
  findEvidence(consultationId: string, sha256: string): Promise<ConsentEvidence | undefined>;
}
