import { z } from 'zod';
import { PersonView } from './account.ts';
import { CallTicket, CallView, MediaReadiness } from './call.ts';
import { ConsentTerms, WithdrawConsentInput } from './consent.ts';
import {
  CaseViewerView,
  ConsultationDraftInput,
  ConsultationState,
  ConsultationSummary,
  ConsultationView,
  InviteInput,
  RemovalInput,
} from './consultation.ts';
import { DiagnosisTerm } from './diagnosis.ts';
import { PartnerView } from './facility.ts';
import { NoticeHistory } from './notice.ts';
import { SlideView } from './pathology.ts';
import { PatientView } from './patient.ts';
import { PictureId } from './picture.ts';
import { Empty, Id, ReasonInput, VersionInput } from './primitives.ts';
import { AcknowledgeInput, AmendInput, OpinionDraftInput, OpinionDraftView, ReportView, SignInput } from './report.ts';
import { MAX_OPINION_BYTES, route } from './route.ts';
import { UploadInput, UploadView } from './study.ts';
import { WorkListCounts, WorkListDesk, WorkListFilter, WorkListPage, WorkListQuery } from './work-list.ts';

const consultation = z.object({ consultationId: Id });

/** Cases from draft to acknowledgement: people, consents, materials, call and report, work lists and what is told of them. */
export const caseRoutes = {
  'partners:list': route('GET', '/api/partners', { reply: z.array(PartnerView) }),
  'diagnoses:search': route('GET', '/api/diagnoses', {
    query: z.object({ q: z.string().max(64) }),
    reply: z.array(DiagnosisTerm),
  }),
  'consultations:list': route('GET', '/api/consultations', {
    query: z.object({ state: ConsultationState.optional() }),
    reply: z.array(ConsultationSummary),
  }),
  'work-list:read': route('GET', '/api/work-list', { query: WorkListQuery, reply: WorkListPage }),
  'work-list:count': route('GET', '/api/work-list/counts', { query: WorkListFilter, reply: WorkListCounts }),
  'work-list:desk': route('GET', '/api/work-list/desk', { reply: WorkListDesk }),
  'notices:list': route('GET', '/api/notices', { reply: NoticeHistory }),
  /** Marks as read what there was until now. Without a case: all. */
  'notices:read': route('POST', '/api/notices/read', {
    body: z.object({ consultationId: Id.optional() }),
    reply: Empty,
  }),
  'consultation:create': route('POST', '/api/consultations', { reply: ConsultationView, status: 201 }),
  'consultation:read': route('GET', '/api/consultations/:consultationId', {
    params: consultation,
    reply: ConsultationView,
  }),
  'consultation:save': route('PUT', '/api/consultations/:consultationId', {
    params: consultation,
    body: ConsultationDraftInput,
    reply: ConsultationView,
  }),
  'consultation:submit': route('POST', '/api/consultations/:consultationId/submission', {
    params: consultation,
    body: VersionInput,
    reply: ConsultationView,
  }),
  'consultation:cancel': route('POST', '/api/consultations/:consultationId/cancellation', {
    params: consultation,
    body: ReasonInput,
    reply: ConsultationView,
  }),
  'consultation:accept': route('POST', '/api/consultations/:consultationId/acceptance', {
    params: consultation,
    body: VersionInput,
    reply: ConsultationView,
  }),
  'consultation:decline': route('POST', '/api/consultations/:consultationId/refusal', {
    params: consultation,
    body: ReasonInput,
    reply: ConsultationView,
  }),
  'consultation:ask-supplement': route('POST', '/api/consultations/:consultationId/supplement', {
    params: consultation,
    body: ReasonInput,
    reply: ConsultationView,
  }),
  /** Back to the duty pool, with a reason. */
  'consultation:hand-over': route('POST', '/api/consultations/:consultationId/hand-over', {
    params: consultation,
    body: ReasonInput,
    reply: ConsultationView,
  }),
  'consultation:answer-in-writing': route('POST', '/api/consultations/:consultationId/written-form', {
    params: consultation,
    body: ReasonInput,
    reply: ConsultationView,
  }),
  /** A consent beside the one that came with the application. Its evidence was sent before. */
  'consent:give': route('POST', '/api/consultations/:consultationId/consents', {
    params: consultation,
    body: ConsentTerms,
    reply: ConsultationView,
    status: 201,
  }),
  /** Without the version of the case: nobody's change stands in the way of a patient who takes consent back. */
  'consent:withdraw': route('POST', '/api/consultations/:consultationId/consents/withdrawal', {
    params: consultation,
    body: WithdrawConsentInput,
    reply: ConsultationView,
  }),
  /** Everybody who may see the case now, with the ground. */
  'consultation:viewers': route('GET', '/api/consultations/:consultationId/viewers', {
    params: consultation,
    reply: z.array(CaseViewerView),
  }),
  /** Colleagues at either side whom the caller may invite. */
  'colleagues:list': route('GET', '/api/consultations/:consultationId/colleagues', {
    params: consultation,
    reply: z.array(PersonView),
  }),
  'consultation:invite': route('POST', '/api/consultations/:consultationId/participants', {
    params: consultation,
    body: InviteInput,
    reply: ConsultationView,
  }),
  'consultation:remove-participant': route(
    'POST',
    '/api/consultations/:consultationId/participants/:accountId/removal',
    { params: consultation.extend({ accountId: Id }), body: RemovalInput, reply: ConsultationView },
  ),
  /** The patient's ID number and phone unmasked; leaves its own row in the access log. */
  'patient:reveal': route('POST', '/api/consultations/:consultationId/patient', {
    params: consultation,
    reply: PatientView,
  }),
  'material:remove': route('DELETE', '/api/consultations/:consultationId/materials/:materialId', {
    params: z.object({ consultationId: Id, materialId: Id }),
    reply: ConsultationView,
  }),
  'upload:announce': route('POST', '/api/consultations/:consultationId/uploads', {
    params: consultation,
    body: UploadInput,
    reply: UploadView,
  }),
  /** How a slide is built; what it shows comes tile by tile. */
  'slide:read': route('GET', '/api/consultations/:consultationId/slides/:slideId', {
    params: consultation.extend({ slideId: PictureId }),
    reply: SlideView,
  }),
  /** Whether calls can be held now; nothing of any case. */
  'media:read': route('GET', '/api/media', { reply: MediaReadiness }),
  'call:start': route('POST', '/api/consultations/:consultationId/call', {
    params: consultation,
    reply: CallView,
    status: 201,
  }),
  'call:end': route('DELETE', '/api/consultations/:consultationId/call', { params: consultation, reply: CallView }),
  'call:ticket': route('POST', '/api/consultations/:consultationId/call/ticket', {
    params: consultation,
    reply: CallTicket,
    status: 201,
  }),
  'opinion:read': route('GET', '/api/consultations/:consultationId/opinion', {
    params: consultation,
    reply: OpinionDraftView,
  }),
  'opinion:save': route('PUT', '/api/consultations/:consultationId/opinion', {
    params: consultation,
    body: OpinionDraftInput,
    maxBodyBytes: MAX_OPINION_BYTES,
    reply: OpinionDraftView,
  }),
  'report:sign': route('POST', '/api/consultations/:consultationId/report', {
    params: consultation,
    body: SignInput,
    reply: ReportView,
    status: 201,
  }),
  /** The valid report, or another version of it. */
  'report:read': route('GET', '/api/consultations/:consultationId/report', {
    params: consultation,
    query: z.object({ version: z.coerce.number().int().positive().optional() }),
    reply: ReportView,
  }),
  /** Begins an amendment: the opinion is open again, filled with what the valid report says. */
  'report:amend': route('POST', '/api/consultations/:consultationId/report/amendment', {
    params: consultation,
    body: AmendInput,
    reply: OpinionDraftView,
    status: 201,
  }),
  'report:withdraw-amendment': route('DELETE', '/api/consultations/:consultationId/report/amendment', {
    params: consultation,
    reply: Empty,
  }),
  'report:acknowledge': route('POST', '/api/consultations/:consultationId/report/acknowledgement', {
    params: consultation,
    body: AcknowledgeInput,
    reply: ReportView,
  }),
} as const;
