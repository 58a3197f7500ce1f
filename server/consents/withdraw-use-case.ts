import type { Asked } from '../access/asked.ts';
import { getPerson } from '../accounts/person.ts';
import { recordAct } from '../audit/record.ts';
import type { Call } from '../call/call.ts';
import { listActors, listFormerActors } from '../cases/actors.ts';
import { announce } from '../cases/announce.ts';
import { getCaseFor } from '../cases/case-access.ts';
import { closeAccess } from '../cases/closing.ts';
import { type Consultation, consentWithdrawn } from '../cases/consultation.ts';
import { endGrants } from '../cases/give-grants.ts';
import { stateRulesOf, stepOf } from '../cases/kinds/case-kinds.ts';
import type { ConsultationParts } from '../cases/parts.ts';
import { saveNext } from '../cases/save.ts';
import { listParticipantIds, toConsultationView } from '../cases/view.ts';
import { type ConsultationView, Failure, type WithdrawConsentInput } from '../contract/index.ts';
import { consentedScopes } from '../patients/consented-scopes.ts';
import type { Stores } from '../store/stores.ts';
import { withdrawalsOf } from './withdrawals.ts';

/** The call that ended with the consent: its room is closed, and these people are told so too. */
export type EndedCall = { call: Call; formerAccountIds: readonly string[] };

export interface WithdrawParts extends ConsultationParts {
  /** Called after the commit. */
  closeCall(ended: EndedCall): Promise<void>;
  /** In the transaction: what teaches by this case ends, and what was recorded of it is seen by nobody. @returns what is called after the commit. */
  endTeaching(
    stores: Stores,
    asked: Asked,
    withdrawn: { consultationId: string; scopes: WithdrawConsentInput['scopes'] },
  ): Promise<() => Promise<void>>;
}

/** What became of the case with the consent to the consultation. */
interface Cut {
  consultation: Consultation;
  formerAccountIds: string[];
  call: Call | undefined;
}

/**
 * The patient takes consent back. Without the one to the consultation the invited side sees nothing more: with the commit every request
 * of theirs is `not-found`, their windows leave the review, and the call ends for everybody.
 * @throws Failure invalid-message / reason-missing; conflict / state-not-allowed where a scope is not consented to.
 */
export async function withdrawConsent(
  parts: WithdrawParts,
  asked: Asked,
  consultationId: string,
  input: WithdrawConsentInput,
): Promise<ConsultationView> {
  if (input.reason === '')
    throw new Failure('invalid-message', 'a reason is needed', { reason: 'reason-missing', fields: ['reason'] });
  const { caller, at } = asked;
  const { consultation, cut, tellTeaching } = await parts.work.write(async (stores) => {
    const { consultation: stored } = await getCaseFor(stores, caller, consultationId, 'withdraw-consent', {
      at,
      lock: true,
    });
    const consents = await stores.consents.list(consultationId);
    const given = consentedScopes(consents);
    if (input.scopes.some((scope) => !given.includes(scope)))
      throw new Failure('conflict', 'there is no such consent', { reason: 'state-not-allowed' });
    await stores.consents.withdraw(withdrawalsOf(consents, input, { byAccountId: caller.accountId, at }));
    const { scopes } = input;
    const tellTeaching = scopes.some((scope) => scope === 'teach' || scope === 'record')
      ? await parts.endTeaching(stores, asked, { consultationId, scopes })
      : undefined;
    const cut = input.scopes.includes('consult') ? await cutAccess(parts, stores, asked, stored, input) : undefined;
    await recordAct(stores.audit, asked, {
      action: stepOf(stored, 'withdraw-consent').recorded,
      subjectKind: 'consultation',
      subjectId: consultationId,
      consultationId,
      detail: {
        scopes: input.scopes,
        askedBy: input.askedBy,
        from: stored.state,
        to: (cut?.consultation ?? stored).state,
        endedAccountIds: cut?.formerAccountIds ?? [],
      },
    });
    return { consultation: cut?.consultation ?? stored, cut, tellTeaching };
  });
  const formerAccountIds = cut?.formerAccountIds ?? [];
  await tellTeaching?.();
  if (cut?.call) await parts.closeCall({ call: cut.call, formerAccountIds });
  await tell(parts, asked, consultation, { ...input, formerAccountIds, hasCut: cut !== undefined });
  return toConsultationView(parts, parts.work.read, consultation, caller, at);
}

/** Ends every grant of the invited side, the call, and what still waited for them. */
async function cutAccess(
  parts: WithdrawParts,
  stores: Stores,
  asked: Asked,
  stored: Consultation,
  { reason }: WithdrawConsentInput,
): Promise<Cut> {
  const { caller, at } = asked;
  const { consultationId } = stored;
  const next = consentWithdrawn(stored, reason, at);
  await saveNext(stores, next);
  const { ends } = stepOf(stored, 'withdraw-consent');
  const formerAccountIds = ends
    ? await endGrants(stores, stored, ends, at, { endedBy: caller.accountId, endReason: reason })
    : [];
  if (stateRulesOf(next).isClosed) await closeAccess(stores, consultationId, at, parts);
  const call = await stores.calls.findActive(consultationId);
  if (call) {
    await stores.calls.end(call.callId, at.toISOString());
    await recordAct(stores.audit, asked, {
      action: 'call:end',
      subjectKind: 'call',
      subjectId: call.callId,
      consultationId,
      detail: { because: 'consent-withdrawn' },
    });
  }
  return { consultation: next, formerAccountIds, call: call && { ...call, endedAt: at.toISOString() } };
}

async function tell(
  parts: WithdrawParts,
  { caller, at }: Asked,
  consultation: Consultation,
  {
    scopes,
    formerAccountIds,
    hasCut,
  }: Pick<WithdrawConsentInput, 'scopes'> & { formerAccountIds: string[]; hasCut: boolean },
): Promise<void> {
  const { consultationId, caseNumber } = consultation;
  const { read } = parts.work;
  const grants = await read.consultations.listGrants(consultationId);
  const by = await getPerson(read, caller);
  const notice = { consultationId, caseNumber, scopes, by };
  const participants = listParticipantIds(grants, at).filter((accountId) => accountId !== caller.accountId);
  const staying = (await listActors(read, grants, at)).filter(({ accountId }) => participants.includes(accountId));
  const former = await listFormerActors(read, grants, { accountIds: formerAccountIds, at });
  parts.notify.toAppointments(staying, 'consent:withdrawn', { ...notice, isOut: false });
  parts.notify.toAppointments(former, 'consent:withdrawn', { ...notice, isOut: true });
  await announce(parts, {
    consultationId,
    formerAccountIds,
    ...(hasCut && { happened: { kind: 'consent-withdrawn', by: caller.accountId, toFormer: true } }),
  });
}
