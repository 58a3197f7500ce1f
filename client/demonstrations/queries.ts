import { infiniteQueryOptions, type QueryClient, queryOptions, useQueryClient } from '@tanstack/react-query';
import type { DemonstrationDesk, DemonstrationView, DemonstrationWhen } from '../../server/contract/demonstration.ts';
import { call } from '../api/http.ts';
import { useConnected, useNotice } from '../api/link-context.tsx';

export const demonstrationsQuery = (desk: DemonstrationDesk, when: DemonstrationWhen) =>
  infiniteQueryOptions({
    queryKey: ['demonstrations', desk, when],
    queryFn: ({ pageParam: page, signal }) => call('demonstrations:list', { query: { desk, when, page }, signal }),
    initialPageParam: 1,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((sum, { lines }) => sum + lines.length, 0);
      return last.lines.length > 0 && shown < last.total ? pages.length + 1 : undefined;
    },
  });

export const demonstrationQuery = (demonstrationId: string) =>
  queryOptions({
    queryKey: ['demonstration', demonstrationId],
    queryFn: ({ signal }) => call('demonstration:read', { params: { demonstrationId }, signal }),
  });

export const attendanceQuery = (demonstrationId: string) =>
  queryOptions({
    queryKey: ['demonstration-attendance', demonstrationId],
    queryFn: ({ signal }) => call('demonstration:attendance', { params: { demonstrationId }, signal }),
  });

export const ownCreditsQuery = queryOptions({
  queryKey: ['own-credits'],
  queryFn: ({ signal }) => call('own-credits:list', { signal }),
});

/** What the server answered is what the pages show; the lists are asked for anew. */
export function keepDemonstration(client: QueryClient, view: DemonstrationView): void {
  client.setQueryData(demonstrationQuery(view.demonstrationId).queryKey, view);
  void client.invalidateQueries({ queryKey: ['demonstrations'] });
  void client.invalidateQueries({ queryKey: attendanceQuery(view.demonstrationId).queryKey });
}

/** Lists and the open demonstration follow what the server tells. */
export function useLiveDemonstrations(): void {
  const client = useQueryClient();
  const refresh = (demonstrationId?: string) => {
    const which = demonstrationId === undefined ? [] : [demonstrationId];
    void client.invalidateQueries({ queryKey: ['demonstrations'] });
    void client.invalidateQueries({ queryKey: ['demonstration', ...which] });
    void client.invalidateQueries({ queryKey: ['demonstration-attendance', ...which] });
  };
  useNotice('demonstration:changed', ({ demonstrationId }) => refresh(demonstrationId));
  useConnected(() => refresh());
}
