import { z } from 'zod';
import {
  AgreementCreateInput,
  AgreementDetail,
  AgreementEndInput,
  AgreementPage,
  AgreementQuery,
  AgreementSaveInput,
  AgreementSignInput,
} from './agreement.ts';
import { AllianceCreateInput, AllianceDetail, AllianceLine, AllianceSaveInput } from './alliance.ts';
import {
  FacilityCreateInput,
  FacilityDetail,
  FacilityLine,
  FacilityMergeInput,
  FacilityMoveInput,
  FacilitySaveInput,
  FacilityView,
} from './facility.ts';
import { HistoryEntry, HistoryQuery } from './history.ts';
import { Empty, Id, ReasonInput, VersionInput } from './primitives.ts';
import { route } from './route.ts';

const facility = z.object({ facilityId: Id });
const agreement = z.object({ agreementId: Id });
const alliance = z.object({ allianceId: Id });

/** The routes of facilities and what they agree. Nothing of them is clinical. The signed copy's bytes: see PROTOCOL.md. */
export const administrationRoutes = {
  /** All that the caller administers, in no order: `parentId` makes the tree. */
  'facilities:list': route('GET', '/api/facilities', { reply: z.array(FacilityLine) }),
  /** Open facilities of whomever, by a part of their name: whom one makes an agreement or an alliance with. At most 50. */
  'facilities:search': route('GET', '/api/facility-names', {
    query: z.object({ q: z.string().trim().max(64) }),
    reply: z.array(FacilityView),
  }),
  'facility:create': route('POST', '/api/facilities', {
    body: FacilityCreateInput,
    reply: FacilityDetail,
    status: 201,
  }),
  'facility:read': route('GET', '/api/facilities/:facilityId', { params: facility, reply: FacilityDetail }),
  'facility:save': route('PUT', '/api/facilities/:facilityId', {
    params: facility,
    body: FacilitySaveInput,
    reply: FacilityDetail,
  }),
  'facility:move': route('POST', '/api/facilities/:facilityId/parent', {
    params: facility,
    body: FacilityMoveInput,
    reply: FacilityDetail,
  }),
  'facility:close': route('POST', '/api/facilities/:facilityId/closure', {
    params: facility,
    body: ReasonInput,
    reply: FacilityDetail,
  }),
  'facility:reopen': route('POST', '/api/facilities/:facilityId/reopening', {
    params: facility,
    body: VersionInput,
    reply: FacilityDetail,
  }),
  'facility:merge': route('POST', '/api/facilities/:facilityId/merger', {
    params: facility,
    body: FacilityMergeInput,
    reply: FacilityDetail,
  }),
  'facility:history': route('GET', '/api/facilities/:facilityId/history', {
    params: facility,
    query: HistoryQuery,
    reply: z.array(HistoryEntry),
  }),

  'agreements:list': route('GET', '/api/agreements', { query: AgreementQuery, reply: AgreementPage }),
  'agreement:create': route('POST', '/api/agreements', {
    body: AgreementCreateInput,
    reply: AgreementDetail,
    status: 201,
  }),
  'agreement:read': route('GET', '/api/agreements/:agreementId', { params: agreement, reply: AgreementDetail }),
  'agreement:save': route('PUT', '/api/agreements/:agreementId', {
    params: agreement,
    body: AgreementSaveInput,
    reply: AgreementDetail,
  }),
  'agreement:sign': route('POST', '/api/agreements/:agreementId/signature', {
    params: agreement,
    body: AgreementSignInput,
    reply: AgreementDetail,
  }),
  'agreement:end': route('POST', '/api/agreements/:agreementId/end', {
    params: agreement,
    body: AgreementEndInput,
    reply: AgreementDetail,
  }),
  /** A draft that begins where this one ends. Asked again: the same draft. */
  'agreement:renew': route('POST', '/api/agreements/:agreementId/renewal', {
    params: agreement,
    reply: AgreementDetail,
    status: 201,
  }),
  /** A draft alone: what was signed stays. */
  'agreement:discard': route('DELETE', '/api/agreements/:agreementId', { params: agreement, reply: Empty }),
  'agreement:history': route('GET', '/api/agreements/:agreementId/history', {
    params: agreement,
    query: HistoryQuery,
    reply: z.array(HistoryEntry),
  }),

  'alliances:list': route('GET', '/api/alliances', { reply: z.array(AllianceLine) }),
  'alliance:create': route('POST', '/api/alliances', {
    body: AllianceCreateInput,
    reply: AllianceDetail,
    status: 201,
  }),
  'alliance:read': route('GET', '/api/alliances/:allianceId', { params: alliance, reply: AllianceDetail }),
  'alliance:save': route('PUT', '/api/alliances/:allianceId', {
    params: alliance,
    body: AllianceSaveInput,
    reply: AllianceDetail,
  }),
  'alliance:history': route('GET', '/api/alliances/:allianceId/history', {
    params: alliance,
    query: HistoryQuery,
    reply: z.array(HistoryEntry),
  }),
} as const;
