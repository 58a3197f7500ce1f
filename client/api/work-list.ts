import { infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import type { WorkListFilter, WorkListName, WorkListSort } from '../../server/contract/work-list.ts';
import { call } from './http.ts';

const ROOT = 'work-list';

/** What stands above the list: counts of all cases, calls to join, hospitals. */
export const workListDeskQuery = queryOptions({
  queryKey: [ROOT, 'desk'],
  queryFn: ({ signal }) => call('work-list:desk', { signal }),
});

/** How many cases each list holds under the filter. */
export const workListCountsQuery = (filter: WorkListFilter) =>
  queryOptions({
    queryKey: [ROOT, 'counts', filter],
    queryFn: ({ signal }) => call('work-list:count', { query: filter, signal }),
    placeholderData: keepPreviousData,
  });

export const workListPagesQuery = (list: WorkListName, filter: WorkListFilter, sort: WorkListSort) =>
  infiniteQueryOptions({
    queryKey: [ROOT, 'pages', list, filter, sort],
    queryFn: ({ pageParam, signal }) =>
      call('work-list:read', { query: { ...filter, list, sort, ...(pageParam && { after: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

/** Whatever of the work list is shown is read anew: which page a case belongs to, only the server knows. */
export function refreshWorkList(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ queryKey: [ROOT] });
}
