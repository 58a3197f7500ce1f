import type { AssessedPerson, Credit, CreditCorrection } from './credit.ts';

export interface CreditStore {
  insertAssessed(people: readonly AssessedPerson[]): Promise<void>;
  listAssessed(demonstrationId: string): Promise<AssessedPerson[]>;
  listAssessedOf(accountId: string): Promise<AssessedPerson[]>;
  /** Called once for each demonstration, before anybody has a credit of it. */
  insert(credits: readonly Credit[]): Promise<void>;
  /** In the place of what the person has, if anything. */
  put(credit: Credit): Promise<void>;
  list(demonstrationId: string): Promise<Credit[]>;
  /** Of whichever demonstrations, the latest first. */
  listOf(accountId: string): Promise<Credit[]>;
  insertCorrection(correction: CreditCorrection): Promise<void>;
  listCorrections(demonstrationId: string): Promise<CreditCorrection[]>;
  listCorrectionsOf(accountId: string): Promise<CreditCorrection[]>;
}
