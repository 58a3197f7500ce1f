import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../api/http.ts';

/** What holds, and what is proposed. */
export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => call('policies:read', { signal }),
});

/** What became of earlier proposals; read anew with the former. */
export const settledProposalsQuery = infiniteQueryOptions({
  queryKey: [...policiesQuery.queryKey, 'settled'],
  queryFn: ({ pageParam: page, signal }) => call('proposals:list', { query: { page }, signal }),
  initialPageParam: 1,
  getNextPageParam: (last, pages) => {
    const shown = pages.reduce((sum, { proposals }) => sum + proposals.length, 0);
    return last.proposals.length > 0 && shown < last.total ? pages.length + 1 : undefined;
  },
});
