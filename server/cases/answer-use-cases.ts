import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { type ConsultationAction, type ConsultationView, Failure } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import { announce } from './announce.ts';
import { getCaseFor } from './case-access.ts';
import { closeAccess } from './closing.ts';
import {
  accepted,
  answeredInWriting,
  type Consultation,
  cancelled,
  declined,
  handedOver,
  requireVersion,
  supplementAsked,
} from './consultation.ts';
import { admitOnSubmit, endGrants, grant } from './give-grants.ts';
import { findArrow, isWhereItLeads, stateRulesOf, stepOf } from './kinds/case-kinds.ts';
import type { Step } from './kinds/kind.ts';
import type { ConsultationParts } from './parts.ts';
import { readConsultation } from './read-use-cases.ts';
import { saveNext } from './save.ts';
import { toConsultationView } from './view.ts';

interface Versioned {
  version: number;
}
interface Reasoned extends Versioned {
  reason: string;
}

type AnswerAction = Extract<
  ConsultationAction,
  'cancel' | 'accept' | 'decline' | 'ask-supplement' | 'answer-in-writing' | 'hand-over'
>;

/** One step of the case by somebody's decision: check, change, grants and trace in one transaction, then tell. */
async function answer(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
  { action, version, change }: { action: AnswerAction; version: number; change(stored: Consultation): Consultation },
): Promise<ConsultationView> {
  const { caller, at } = asked;
  const { consultation, step, told, formerAccountIds } = await parts.work.write(async (stores) => {
    const { consultation: stored } = await getCaseFor(stores, caller, consultationId, action, { at, lock: true });
    requireVersion(stored, version);
    const step = stepOf(stored, action);
    const next = change(stored);
    await saveNext(stores, next);
    const former = await regrant(stores, asked, next, step);
    if (stateRulesOf(next).isClosed) await closeAccess(stores, consultationId, at, parts);
    await recordAct(stores.audit, asked, {
      action: step.recorded,
      subjectKind: 'consultation',
      subjectId: consultationId,
      consultationId,
      detail: { from: stored.state, to: next.state },
    });
    return { consultation: next, step, told: findArrow(stored, action)?.told, formerAccountIds: former };
  });
  await announce(parts, {
    consultationId,
    formerAccountIds,
    ...(told && { happened: { kind: told, by: caller.accountId } }),
    ...(step.arrives && { arrives: { except: caller.accountId } }),
  });
  return toConsultationView(parts, parts.work.read, consultation, caller, at);
}

/** Gives and ends grants as the step says. @returns the accounts that lost their last one. */
async function regrant(
  stores: Pick<Stores, 'accounts' | 'consents' | 'consultations'>,
  { caller, at }: Asked,
  consultation: Consultation,
  { gives, ends, admits }: Step,
): Promise<string[]> {
  const { consultationId } = consultation;
  if (gives) await stores.consultations.insertGrants([grant(consultationId, caller, gives, at)]);
  // Who is let in before keeps a grant, and is not told that the case is gone.
  if (admits) await admitOnSubmit(stores, consultation, at);
  if (!ends) return [];
  return endGrants(stores, consultation, ends, at, { keep: ends.keepsActor && caller.accountId });
}

function requireReason(reason: string): void {
  if (reason === '')
    throw new Failure('invalid-message', 'a reason is needed', { reason: 'reason-missing', fields: ['reason'] });
}

/** Takes the case; the rest of the duty pool sees it no more. Asked again by whoever has it already, it says so once more. */
export async function acceptConsultation(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
  { version }: Versioned,
): Promise<ConsultationView> {
  const { caller, at } = asked;
  const stored = await parts.work.read.consultations.find(consultationId);
  if (stored && stored.specialistId === caller.accountId && isWhereItLeads(stored, 'accept'))
    return readConsultation(parts, asked, consultationId);
  return answer(parts, asked, consultationId, {
    action: 'accept',
    version,
    change: (consultation) => accepted(consultation, caller.accountId, at),
  });
}

/** For the whole invited side, with the reason. */
export async function declineConsultation(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
  { version, reason }: Reasoned,
): Promise<ConsultationView> {
  requireReason(reason);
  return answer(parts, asked, consultationId, {
    action: 'decline',
    version,
    change: (consultation) => declined(consultation, reason, asked.at),
  });
}

/** Sends it back for what is missing; the requester edits and submits again. */
export async function askSupplement(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
  { version, reason }: Reasoned,
): Promise<ConsultationView> {
  requireReason(reason);
  return answer(parts, asked, consultationId, {
    action: 'ask-supplement',
    version,
    change: (consultation) => supplementAsked(consultation, reason, asked.at),
  });
}

/**
 * No meeting in a call is needed any more. The requester, who asked for one, may give it up; the specialist says why none can be.
 * Either is told by the case itself, and the report names form and reason.
 */
export async function answerInWriting(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
  { version, reason }: Reasoned,
): Promise<ConsultationView> {
  requireReason(reason);
  const { caller, at } = asked;
  return answer(parts, asked, consultationId, {
    action: 'answer-in-writing',
    version,
    change: (consultation) => answeredInWriting(consultation, reason, caller.accountId, at),
  });
}

/** Back to the duty pool with all that was written: the specialist gives it up, or the coordinator for them. */
export async function handOverConsultation(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
  { version, reason }: Reasoned,
): Promise<ConsultationView> {
  requireReason(reason);
  const { caller, at } = asked;
  return answer(parts, asked, consultationId, {
    action: 'hand-over',
    version,
    change: (consultation) => {
      const { specialistId } = consultation;
      if (specialistId === null) throw new Error('nobody has the case');
      const by = { byAccountId: caller.accountId, reason, at: at.toISOString() };
      return handedOver(consultation, { fromAccountId: specialistId, ...by }, at);
    },
  });
}

/** Takes the application back; the invited side's physicians see it no more. */
export async function cancelConsultation(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
  { version, reason }: Reasoned,
): Promise<ConsultationView> {
  requireReason(reason);
  return answer(parts, asked, consultationId, {
    action: 'cancel',
    version,
    change: (consultation) => cancelled(consultation, reason, asked.at),
  });
}
