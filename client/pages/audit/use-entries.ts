import { useInfiniteQuery } from '@tanstack/react-query';
import type { Failure } from '../../../server/contract/failure.ts';
import { toFailure } from '../../api/failures.ts';

const PAGE_SIZE = 100;

export interface LoadedEntries<E> {
  rows: E[];
  loading: boolean;
  loadingMore: boolean;
  hasMore: boolean;
  failure: Failure | undefined;
  loadMore: () => void;
  retry: () => void;
}

/** Newest first, page by page. */
export function useEntries<E>({
  name,
  query,
  read,
  positionOf,
}: {
  name: string;
  query: Record<string, string>;
  read: (page: { before?: number; limit: number }, signal: AbortSignal) => Promise<E[]>;
  positionOf: (entry: E) => number;
}): LoadedEntries<E> {
  const pages = useInfiniteQuery({
    queryKey: ['audit', name, query],
    queryFn: ({ pageParam, signal }) =>
      read({ limit: PAGE_SIZE, ...(pageParam === undefined ? {} : { before: pageParam }) }, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page: E[]) => {
      const last = page.at(-1);
      return page.length < PAGE_SIZE || last === undefined ? undefined : positionOf(last);
    },
  });
  return {
    rows: pages.data?.pages.flat() ?? [],
    loading: pages.isPending,
    loadingMore: pages.isFetchingNextPage,
    hasMore: pages.hasNextPage,
    failure: pages.error ? toFailure(pages.error) : undefined,
    loadMore: () => void pages.fetchNextPage(),
    retry: () => void pages.refetch(),
  };
}
