import type { Call } from './call.ts';

export interface CallStore {
  /** @returns whether it became the case's active call; false where another one is active already. */
  insertActive(call: Call): Promise<boolean>;
  findActive(consultationId: string): Promise<Call | undefined>;
  /** The active calls among the cases. */
  listActive(consultationIds: string[]): Promise<Call[]>;
  end(callId: string, endedAt: string): Promise<void>;
  /** This person's windows ring no more for this call. */
  stopRing(callId: string, accountId: string, at: string): Promise<void>;
  isRingStopped(callId: string, accountId: string): Promise<boolean>;
}
