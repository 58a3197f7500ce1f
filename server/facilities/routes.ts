import type { Asked } from '../access/asked.ts';
import type { Caller } from '../access/caller.ts';
import { type FindActors, listHistory } from '../audit/history.ts';
import type { administrationRoutes } from '../contract/index.ts';
import type { RouteHandlers } from '../http/bind.ts';
import { listAgreements } from './agreement-list.ts';
import {
  type AgreementParts,
  createAgreement,
  discardAgreement,
  endAgreement,
  getAgreement,
  readAgreement,
  saveAgreement,
  signAgreement,
} from './agreement-use-cases.ts';
import { createAlliance, getAlliance, listAlliances, readAlliance, saveAlliance } from './alliance-use-cases.ts';
import {
  closeFacility,
  createFacility,
  listFacilities,
  moveFacility,
  readFacility,
  reopenFacility,
  saveFacility,
  searchFacilities,
} from './facility-use-cases.ts';
import { type MergerParts, mergeFacility } from './merge-use-case.ts';
import { listPartners } from './partners.ts';
import { renewAgreement } from './renew-use-case.ts';
import { getAdministered } from './scope.ts';

export interface FacilityRouteParts extends AgreementParts, MergerParts {
  work: AgreementParts['work'] & MergerParts['work'];
  clock: () => Date;
  findActors: FindActors;
}

type Administration = keyof typeof administrationRoutes;

export function facilityRoutes(parts: FacilityRouteParts): Pick<RouteHandlers, Administration | 'partners:list'> {
  const asked = ({ caller, requestId }: { caller: Caller; requestId: string }): Asked => ({
    caller,
    requestId,
    at: parts.clock(),
  });
  return {
    'partners:list': (call) => listPartners(parts, asked(call)),

    'facilities:list': (call) => listFacilities(parts, asked(call)),
    'facilities:search': (call) => searchFacilities(parts, asked(call), call.query.q),
    'facility:create': (call) => createFacility(parts, asked(call), call.body),
    'facility:read': (call) => readFacility(parts, asked(call), call.params.facilityId),
    'facility:save': (call) => saveFacility(parts, asked(call), call.params.facilityId, call.body),
    'facility:move': (call) => moveFacility(parts, asked(call), call.params.facilityId, call.body),
    'facility:close': (call) => closeFacility(parts, asked(call), call.params.facilityId, call.body),
    'facility:reopen': (call) => reopenFacility(parts, asked(call), call.params.facilityId, call.body),
    'facility:merge': (call) => mergeFacility(parts, asked(call), call.params.facilityId, call.body),
    async 'facility:history'({ caller, params, query }) {
      await getAdministered(parts.work.read, caller, params.facilityId);
      return listHistory(parts, { subjectKind: 'facility', subjectId: params.facilityId }, query);
    },

    'agreements:list': (call) => listAgreements(parts, asked(call), call.query),
    'agreement:create': (call) => createAgreement(parts, asked(call), call.body),
    'agreement:read': (call) => readAgreement(parts, asked(call), call.params.agreementId),
    'agreement:save': (call) => saveAgreement(parts, asked(call), call.params.agreementId, call.body),
    'agreement:sign': (call) => signAgreement(parts, asked(call), call.params.agreementId, call.body),
    'agreement:end': (call) => endAgreement(parts, asked(call), call.params.agreementId, call.body),
    'agreement:renew': (call) => renewAgreement(parts, asked(call), call.params.agreementId),
    'agreement:discard': (call) => discardAgreement(parts, asked(call), call.params.agreementId),
    async 'agreement:history'({ caller, params, query }) {
      await getAgreement(parts.work.read, caller, params.agreementId);
      return listHistory(parts, { subjectKind: 'agreement', subjectId: params.agreementId }, query);
    },

    'alliances:list': (call) => listAlliances(parts, asked(call)),
    'alliance:create': (call) => createAlliance(parts, asked(call), call.body),
    'alliance:read': (call) => readAlliance(parts, asked(call), call.params.allianceId),
    'alliance:save': (call) => saveAlliance(parts, asked(call), call.params.allianceId, call.body),
    async 'alliance:history'({ caller, params, query }) {
      await getAlliance(parts.work.read, caller, params.allianceId);
      return listHistory(parts, { subjectKind: 'alliance', subjectId: params.allianceId }, query);
    },
  };
}
