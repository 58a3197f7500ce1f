import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/http.ts';

/** What holds, and what is proposed. */
export const policiesQuery = queryOptions({
  queryKey: ['policies'],
  queryFn: ({ signal }) => call('policies:read', { signal }),
});
