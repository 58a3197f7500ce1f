import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { Failure } from '../contract/index.ts';
import { searchDiagnoses } from '../diagnoses/search.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { DROP_CACHE } from '../http/session.ts';
import { listNotices, readNotices } from '../notices/use-cases.ts';
import {
  acceptConsultation,
  answerInWriting,
  askSupplement,
  cancelConsultation,
  declineConsultation,
  handOverConsultation,
} from './answer-use-cases.ts';
import { createConsultation, saveConsultation, submitConsultation } from './draft-use-cases.ts';
import { inviteColleague, listColleagues, type RingInvited } from './invite-use-cases.ts';
import { listConsultations, readConsultation, revealPatient } from './read-use-cases.ts';
import { type RemovalParts, removeParticipant } from './remove-use-case.ts';
import { listViewers } from './viewers-use-case.ts';
import { readWorkList, readWorkListCounts, readWorkListDesk } from './work-list.ts';

export type ConsultationRouteParts = RemovalParts & { ringInvited: RingInvited };

type ConsultationRoutes =
  | 'diagnoses:search'
  | 'consultations:list'
  | 'work-list:read'
  | 'work-list:count'
  | 'work-list:desk'
  | 'notices:list'
  | 'notices:read'
  | 'consultation:create'
  | 'consultation:read'
  | 'consultation:save'
  | 'consultation:submit'
  | 'consultation:cancel'
  | 'consultation:accept'
  | 'consultation:decline'
  | 'consultation:ask-supplement'
  | 'consultation:answer-in-writing'
  | 'consultation:hand-over'
  | 'colleagues:list'
  | 'consultation:viewers'
  | 'consultation:invite'
  | 'consultation:remove-participant'
  | 'patient:reveal';

export function consultationRoutes(parts: ConsultationRouteParts): Pick<RouteHandlers, ConsultationRoutes> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'diagnoses:search': async ({ query }) => searchDiagnoses(query.q),
    'consultations:list': (call) => listConsultations(parts, asked(call), call.query.state),
    'work-list:read': (call) => readWorkList(parts, asked(call), call.query),
    'work-list:count': (call) => readWorkListCounts(parts, asked(call), call.query),
    'work-list:desk': (call) => readWorkListDesk(parts, asked(call)),
    'notices:list': (call) => listNotices(parts, asked(call)),
    'notices:read': (call) => readNotices(parts, asked(call), call.body.consultationId),
    'consultation:create': (call) => createConsultation(parts, asked(call)),
    'consultation:read': (call) =>
      readConsultation(parts, asked(call), call.params.consultationId).catch((thrown: unknown) => {
        // Access may have ended while the browser still keeps the case's pictures: the page of the case asks this at once.
        if (thrown instanceof Failure && thrown.code === 'not-found') call.response.set(...DROP_CACHE);
        throw thrown;
      }),
    'consultation:save': (call) => saveConsultation(parts, asked(call), call.params.consultationId, call.body),
    'consultation:submit': (call) =>
      submitConsultation(parts, asked(call), call.params.consultationId, call.body.version),
    'consultation:cancel': (call) => cancelConsultation(parts, asked(call), call.params.consultationId, call.body),
    'consultation:accept': (call) => acceptConsultation(parts, asked(call), call.params.consultationId, call.body),
    'consultation:decline': (call) => declineConsultation(parts, asked(call), call.params.consultationId, call.body),
    'consultation:ask-supplement': (call) => askSupplement(parts, asked(call), call.params.consultationId, call.body),
    'consultation:answer-in-writing': (call) =>
      answerInWriting(parts, asked(call), call.params.consultationId, call.body),
    'consultation:hand-over': (call) => handOverConsultation(parts, asked(call), call.params.consultationId, call.body),
    'colleagues:list': (call) => listColleagues(parts, asked(call), call.params.consultationId),
    'consultation:viewers': (call) => listViewers(parts, asked(call), call.params.consultationId),
    'consultation:invite': (call) =>
      inviteColleague(parts, asked(call), call.params.consultationId, call.body.accountId),
    'consultation:remove-participant': (call) => removeParticipant(parts, asked(call), call.params, call.body.reason),
    'patient:reveal': (call) => revealPatient(parts, asked(call), call.params.consultationId),
  };
}
