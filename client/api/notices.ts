import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { call } from './http.ts';

/** The person's own history of what happened to their cases. */
export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: ({ signal }) => call('notices:list', { signal }),
});

/** Marks as read, of one case or all. Where it fails they stay unread, and the next look tries again. */
export async function markNoticesRead(client: QueryClient, consultationId?: string): Promise<void> {
  await call('notices:read', { body: consultationId === undefined ? {} : { consultationId } });
  await client.invalidateQueries({ queryKey: noticesQuery.queryKey });
}
