import type { CheckAnswer, PresenceCheck } from './check.ts';

export interface PresenceCheckStore {
  /** @returns false where the half hour has one already, by whichever server. */
  insertNew(check: PresenceCheck): Promise<boolean>;
  find(checkId: string): Promise<PresenceCheck | undefined>;
  list(demonstrationId: string): Promise<PresenceCheck[]>;
  /** @returns false where it was asked already, by whichever server. */
  noteAsked(checkId: string, at: Date): Promise<boolean>;
  /** @returns false where the person has answered it before. */
  answer(answer: CheckAnswer): Promise<boolean>;
  listAnswers(demonstrationId: string): Promise<CheckAnswer[]>;
}
