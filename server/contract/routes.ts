import { z } from 'zod';
import {
  ChangePasswordInput,
  OwnSessionView,
  PersonView,
  SessionView,
  SignInEventView,
  SignInInput,
  SignInOptions,
  TokenView,
} from './account.ts';
import { administrationRoutes } from './administration-routes.ts';
import { AccessEntryView, AuditEntryView, AuditFilter, AuditVerification } from './audit.ts';
import { CallTicket, CallView, MediaReadiness } from './call.ts';
import {
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
import { FoundInput, OneTimeLinkDetail, OneTimeSecret, SetPasswordInput } from './one-time-link.ts';
import { SlideView } from './pathology.ts';
import { PatientView } from './patient.ts';
import { patientRoutes } from './patient-routes.ts';
import {
  DisableInput,
  ManagedPersonView,
  NewPersonInput,
  PeopleChoices,
  PeoplePage,
  PeopleQuery,
  PersonEditInput,
  PersonWithLink,
} from './people.ts';
import { PictureId } from './picture.ts';
import { Empty, Id, ReasonInput, VersionInput } from './primitives.ts';
import { AcknowledgeInput, AmendInput, OpinionDraftInput, OpinionDraftView, ReportView, SignInput } from './report.ts';
import { MAX_OPINION_BYTES, route } from './route.ts';
import { UploadInput, UploadView } from './study.ts';
import { WorkListCounts, WorkListDesk, WorkListFilter, WorkListPage, WorkListQuery } from './work-list.ts';

const consultation = z.object({ consultationId: Id });
const person = z.object({ accountId: Id });
const page = {
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
};

/** Every JSON route under one name. Binary routes (upload bytes, key images, DICOMweb) are described in PROTOCOL.md. */
export const routes = {
  'sign-in:options': route('GET', '/api/sign-in', { reply: SignInOptions, access: 'anyone' }),
  'session:open': route('POST', '/api/session', {
    body: SignInInput,
    reply: SessionView,
    status: 201,
    access: 'anyone',
  }),
  'session:read': route('GET', '/api/session', { reply: SessionView }),
  'session:close': route('DELETE', '/api/session', { reply: Empty }),
  'session:close-all': route('DELETE', '/api/sessions', { reply: Empty }),
  'token:mint': route('POST', '/api/tokens', { body: SignInInput, reply: TokenView, status: 201, access: 'anyone' }),

  /** What a one-time link is for, without using it up. The secret is never part of an address that a server is asked for. */
  'one-time-link:read': route('POST', '/api/one-time-link', {
    body: z.object({ secret: OneTimeSecret }),
    reply: OneTimeLinkDetail,
    access: 'anyone',
  }),
  /** The first facility and the first administrator. */
  'network:found': route('POST', '/api/one-time-link/network', {
    body: FoundInput,
    reply: z.object({ login: z.string() }),
    status: 201,
    access: 'anyone',
  }),
  'password:set': route('POST', '/api/one-time-link/password', {
    body: SetPasswordInput,
    reply: z.object({ login: z.string() }),
    access: 'anyone',
  }),

  'password:change': route('PUT', '/api/account/password', { body: ChangePasswordInput, reply: Empty }),
  'own-sessions:list': route('GET', '/api/account/sessions', { reply: z.array(OwnSessionView) }),
  'own-sessions:end-one': route('DELETE', '/api/account/sessions/:sessionId', {
    params: z.object({ sessionId: Id }),
    reply: Empty,
  }),
  /** All but the one that asks. */
  'own-sessions:end-others': route('DELETE', '/api/account/sessions', { reply: Empty }),
  /** The latest, newest first. */
  'sign-ins:list': route('GET', '/api/account/sign-ins', { reply: z.array(SignInEventView) }),

  'people:list': route('GET', '/api/people', { query: PeopleQuery, reply: PeoplePage }),
  'people:choices': route('GET', '/api/people/choices', { reply: PeopleChoices }),
  'person:invite': route('POST', '/api/people', { body: NewPersonInput, reply: PersonWithLink, status: 201 }),
  'person:read': route('GET', '/api/people/:accountId', { params: person, reply: ManagedPersonView }),
  'person:edit': route('PUT', '/api/people/:accountId', {
    params: person,
    body: PersonEditInput,
    reply: ManagedPersonView,
  }),
  /** To choose a password: the first, or another where it was forgotten. Links made before it are good no more. */
  'person:make-link': route('POST', '/api/people/:accountId/link', {
    params: person,
    reply: PersonWithLink,
    status: 201,
  }),
  'person:disable': route('POST', '/api/people/:accountId/disabling', {
    params: person,
    body: DisableInput,
    reply: ManagedPersonView,
  }),
  'person:reactivate': route('POST', '/api/people/:accountId/reactivation', {
    params: person,
    reply: ManagedPersonView,
  }),
  /** No account of the demo network can ever be used again. */
  'demonstration:end': route('POST', '/api/demonstration/end', { reply: Empty }),

  'partners:list': route('GET', '/api/partners', { reply: z.array(PartnerView) }),
  'diagnoses:search': route('GET', '/api/diagnoses', {
    query: z.object({ q: z.string().max(64) }),
    reply: z.array(DiagnosisTerm),
  }),

  ...administrationRoutes,
  ...patientRoutes,

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
  'consultation:answer-in-writing': route('POST', '/api/consultations/:consultationId/written-form', {
    params: consultation,
    body: ReasonInput,
    reply: ConsultationView,
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

  'audit:list': route('GET', '/api/audit/entries', {
    query: z.object({ ...page, ...AuditFilter.shape }),
    reply: z.array(AuditEntryView),
  }),
  'audit:accesses': route('GET', '/api/audit/accesses', {
    query: z.object({ ...page, ...AuditFilter.shape }),
    reply: z.array(AccessEntryView),
  }),
  /** Says that the filtered trail is going to be taken out of the system; the entries are then read page by page. */
  'audit:export': route('POST', '/api/audit/exports', {
    body: AuditFilter.extend({ trail: z.enum(['acts', 'accesses']) }),
    reply: Empty,
    status: 201,
  }),
  'audit:verify': route('POST', '/api/audit/verification', { reply: AuditVerification }),
} as const;

export type Routes = typeof routes;
export type RouteName = keyof Routes;
export type RouteParams<N extends RouteName> = z.infer<Routes[N]['params']>;
export type RouteQuery<N extends RouteName> = z.infer<Routes[N]['query']>;
export type RouteQueryInput<N extends RouteName> = z.input<Routes[N]['query']>;
export type RouteBody<N extends RouteName> = z.infer<Routes[N]['body']>;
export type RouteReply<N extends RouteName> = z.infer<Routes[N]['reply']>;
