import type { Call } from './call.ts';

export interface CallStore {
  /** @throws where the case has an active call already. */
  insertActive(call: Call): Promise<void>;
  findActive(consultationId: string): Promise<Call | undefined>;
  /** The active calls among the cases. */
  listActive(consultationIds: string[]): Promise<Call[]>;
  findMany(callIds: string[]): Promise<Call[]>;
  /** Every active call of the network. */
  listAllActive(): Promise<Call[]>;
  end(callId: string, endedAt: string): Promise<void>;
  /** This person's windows ring no more for this call. */
  stopRing(callId: string, accountId: string, at: string): Promise<void>;
  isRingStopped(callId: string, accountId: string): Promise<boolean>;
}
