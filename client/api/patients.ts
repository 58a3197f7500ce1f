import { infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { PatientPageView } from '../../server/contract/patient-register.ts';
import { call } from './http.ts';

const ROOT = 'patients';

/** What was typed stands in no address. */
export const patientSearchQuery = (search: string) =>
  queryOptions({
    queryKey: [ROOT, 'search', search],
    queryFn: ({ signal }) => call('patients:search', { body: { search }, signal }),
    enabled: search !== '',
    placeholderData: keepPreviousData,
  });

export const patientQuery = (patientId: string) =>
  queryOptions({
    queryKey: [ROOT, 'one', patientId],
    queryFn: ({ signal }) => call('patient:read', { params: { patientId }, signal }),
  });

/** What was searched last, for whoever comes back from a patient: kept as long as the answers are. */
export const lastSearchKey = [ROOT, 'last-search'];

const ACCESSES_AT_ONCE = 200;

export const patientAccessesQuery = (patientId: string) =>
  infiniteQueryOptions({
    queryKey: [ROOT, 'accesses', patientId],
    queryFn: ({ pageParam, signal }) =>
      call('patient:accesses', {
        params: { patientId },
        query: { limit: ACCESSES_AT_ONCE, ...(pageParam !== null && { before: pageParam }) },
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => (page.length < ACCESSES_AT_ONCE ? undefined : page.at(-1)?.position),
  });

export const patientConsentsQuery = (patientId: string) =>
  queryOptions({
    queryKey: [ROOT, 'consents', patientId],
    queryFn: ({ signal }) => call('patient:consents', { params: { patientId }, signal }),
  });

export const patientDuplicatesQuery = (patientId: string) =>
  queryOptions({
    queryKey: [ROOT, 'duplicates', patientId],
    queryFn: ({ signal }) => call('patient:duplicates', { params: { patientId }, signal }),
  });

/** Keeps what a change of a patient answered; searches and duplicates are asked for anew. */
export async function keepPatient(client: QueryClient, view: PatientPageView): Promise<void> {
  client.setQueryData(patientQuery(view.patientId).queryKey, view);
  await client.invalidateQueries({ queryKey: [ROOT, 'duplicates'] });
  await client.invalidateQueries({ queryKey: [ROOT, 'search'] });
}
