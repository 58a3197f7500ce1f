import type { Asked } from '../access/asked.ts';
import { recordAct } from '../audit/record.ts';
import { type ConsultationAction, type ConsultationView, Failure, type NoticeKind } from '../contract/index.ts';
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
  requireVersion,
  supplementAsked,
} from './consultation.ts';
import { endGrants, grant } from './give-grants.ts';
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

interface Answer {
  action: Extract<ConsultationAction, 'cancel' | 'accept' | 'decline' | 'ask-supplement' | 'answer-in-writing'>;
  change(consultation: Consultation): Consultation;
  /** Gives and ends grants with it. @returns the accounts that lost their last one. */
  regrant(stores: Stores): Promise<string[]>;
  arrives: boolean;
}

const NOTICE_OF: Record<Answer['action'], NoticeKind> = {
  accept: 'accepted',
  decline: 'declined',
  'ask-supplement': 'supplement-asked',
  'answer-in-writing': 'answered-in-writing',
  cancel: 'cancelled',
};

/** One step of the case by somebody's decision: check, change, grants and trace in one transaction, then tell. */
async function answer(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
  version: number,
  { action, change, regrant, arrives }: Answer,
): Promise<ConsultationView> {
  const { caller, at } = asked;
  const { consultation, formerAccountIds } = await parts.work.write(async (stores) => {
    const { consultation: stored } = await getCaseFor(stores, caller, consultationId, action, { at, lock: true });
    requireVersion(stored, version);
    const next = change(stored);
    await saveNext(stores, next);
    const former = await regrant(stores);
    if (next.state === 'declined' || next.state === 'cancelled') await closeAccess(stores, consultationId, at, parts);
    await recordAct(stores.audit, asked, {
      action: `consultation:${action}`,
      subjectKind: 'consultation',
      subjectId: consultationId,
      consultationId,
      detail: { from: stored.state, to: next.state },
    });
    return { consultation: next, formerAccountIds: former };
  });
  await announce(parts, {
    consultationId,
    formerAccountIds,
    happened: { kind: NOTICE_OF[action], by: caller.accountId },
    ...(arrives ? { arrives: { except: caller.accountId } } : {}),
  });
  return toConsultationView(parts, parts.work.read, consultation, caller, at);
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
  if (stored?.state === 'accepted' && stored.specialistId === caller.accountId)
    return readConsultation(parts, asked, consultationId);
  return answer(parts, asked, consultationId, version, {
    action: 'accept',
    change: (consultation) => accepted(consultation, caller.accountId, at),
    async regrant(stores) {
      await stores.consultations.insertGrants([grant(consultationId, caller, 'assignment', at)]);
      return endGrants(stores, consultationId, ['duty-pool'], at);
    },
    arrives: false,
  });
}

/** For the whole invited side, with the reason; whoever declined keeps the case in view and answers for it. */
export async function declineConsultation(
  parts: ConsultationParts,
  asked: Asked,
  consultationId: string,
  { version, reason }: Reasoned,
): Promise<ConsultationView> {
  requireReason(reason);
  const { caller, at } = asked;
  return answer(parts, asked, consultationId, version, {
    action: 'decline',
    change: (consultation) => declined(consultation, reason, at),
    regrant: (stores) => endGrants(stores, consultationId, ['duty-pool'], at, caller.accountId),
    arrives: false,
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
  return answer(parts, asked, consultationId, version, {
    action: 'ask-supplement',
    change: (consultation) => supplementAsked(consultation, reason, asked.at),
    regrant: async () => [],
    arrives: true,
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
  return answer(parts, asked, consultationId, version, {
    action: 'answer-in-writing',
    change: (consultation) => answeredInWriting(consultation, reason, caller.accountId, at),
    regrant: async () => [],
    arrives: false,
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
  const { at } = asked;
  return answer(parts, asked, consultationId, version, {
    action: 'cancel',
    change: (consultation) => cancelled(consultation, reason, at),
    regrant: (stores) => endGrants(stores, consultationId, ['duty-pool', 'assignment', 'invitation'], at),
    arrives: false,
  });
}
