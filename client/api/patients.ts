import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
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
