import type { ConsultationState } from '../contract/index.ts';
import type { Consultation } from './consultation.ts';
import type { Grant } from './grant.ts';

export interface ConsultationStore {
  insert(consultation: Consultation): Promise<void>;
  find(consultationId: string): Promise<Consultation | undefined>;
  /** As `find`, and nobody else writes the case until the transaction ends. */
  findForUpdate(consultationId: string): Promise<Consultation | undefined>;
  findMany(consultationIds: string[]): Promise<Consultation[]>;
  /** Cases that the account has an active grant on, the latest changed first. */
  listByAccount(
    accountId: string,
    options: { at: Date; state?: ConsultationState | undefined; limit: number },
  ): Promise<Consultation[]>;
  /** Writes the case where it is still at `version`. @returns whether it was. */
  replace(consultation: Consultation, version: number): Promise<boolean>;
  /** The next number of a series, from 1; never given twice, whoever asks at the same time. */
  nextCaseSequence(series: string): Promise<number>;

  insertGrants(grants: Grant[]): Promise<void>;
  /** All grants of a case, ended ones too. */
  listGrants(consultationId: string): Promise<Grant[]>;
  /** The account's grants on the cases, ended ones too. */
  listGrantsOfAccount(accountId: string, consultationIds: string[]): Promise<Grant[]>;
  /**
   * Sets the end of grants that have not ended `at` then, at once or ahead; `endedAt` null takes an end that lies ahead away.
   * One that has ended stays as it is.
   */
  endGrants(
    grantIds: string[],
    end: { at: string; endedAt: string | null; endedBy?: string; endReason?: string },
  ): Promise<void>;
}
