import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { AgreementDetail, AgreementQuery } from '../../server/contract/agreement.ts';
import type { AllianceDetail } from '../../server/contract/alliance.ts';
import type { FacilityDetail } from '../../server/contract/facility.ts';
import { call } from '../api/http.ts';

export const facilitiesQuery = queryOptions({
  queryKey: ['facilities'],
  queryFn: ({ signal }) => call('facilities:list', { signal }),
});

export const facilityQuery = (facilityId: string) =>
  queryOptions({
    queryKey: ['facility', facilityId],
    queryFn: ({ signal }) => call('facility:read', { params: { facilityId }, signal }),
  });

export const agreementsQuery = ({ descending, ...rest }: Partial<AgreementQuery>) =>
  queryOptions({
    queryKey: ['agreements', rest, descending],
    queryFn: ({ signal }) =>
      call('agreements:list', {
        query: { ...rest, ...(descending !== undefined && { descending: String(descending) }) },
        signal,
      }),
    placeholderData: (before) => before,
  });

export const agreementQuery = (agreementId: string) =>
  queryOptions({
    queryKey: ['agreement', agreementId],
    queryFn: ({ signal }) => call('agreement:read', { params: { agreementId }, signal }),
  });

export const alliancesQuery = queryOptions({
  queryKey: ['alliances'],
  queryFn: ({ signal }) => call('alliances:list', { signal }),
});

export const allianceQuery = (allianceId: string) =>
  queryOptions({
    queryKey: ['alliance', allianceId],
    queryFn: ({ signal }) => call('alliance:read', { params: { allianceId }, signal }),
  });

/** What the server answered is what the pages show; lists and the record are asked for anew. */
export function keepFacility(client: QueryClient, detail: FacilityDetail): void {
  client.setQueryData(facilityQuery(detail.facilityId).queryKey, detail);
  void client.invalidateQueries({ queryKey: ['facilities'] });
  void client.invalidateQueries({ queryKey: ['history', detail.facilityId] });
}

export function keepAgreement(client: QueryClient, detail: AgreementDetail): void {
  client.setQueryData(agreementQuery(detail.agreementId).queryKey, detail);
  void client.invalidateQueries({ queryKey: ['agreements'] });
  void client.invalidateQueries({ queryKey: ['history', detail.agreementId] });
}

export function keepAlliance(client: QueryClient, detail: AllianceDetail): void {
  client.setQueryData(allianceQuery(detail.allianceId).queryKey, detail);
  void client.invalidateQueries({ queryKey: ['alliances'] });
  void client.invalidateQueries({ queryKey: ['history', detail.allianceId] });
}
