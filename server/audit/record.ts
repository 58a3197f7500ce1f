import type { Caller } from '../access/caller.ts';
import type { AuditStore } from './store.ts';

export interface Act {
  /** `noun:verb`. */
  action: string;
  subjectKind: string;
  subjectId: string;
  consultationId?: string;
  /** Identifiers and states; of what is administered also names, fields and the reason given. Of a patient no name, no note, no free text. */
  detail?: Record<string, unknown>;
}

export interface ActContext {
  /** Null: nobody with an account, but the server itself or its operator. */
  caller: (Pick<Caller, 'accountId' | 'facilityId'> & Partial<Pick<Caller, 'role'>>) | null;
  requestId: string;
  at: Date;
}

/** Writes one act into the chain, in the transaction that does it: an act without its trace cannot be committed. */
export async function recordAct(audit: AuditStore, context: ActContext, act: Act): Promise<void> {
  await audit.append({
    at: context.at.toISOString(),
    actorId: context.caller?.accountId ?? null,
    facilityId: context.caller?.facilityId ?? null,
    action: act.action,
    subjectKind: act.subjectKind,
    subjectId: act.subjectId,
    consultationId: act.consultationId ?? null,
    detail: act.detail ?? {},
    requestId: context.requestId,
    actorRole: context.caller?.role ?? null,
  });
}
