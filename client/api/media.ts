import { queryOptions } from '@tanstack/react-query';
import { call } from './http.ts';

/** Often enough that nobody who waits for it presses a reload instead. */
const ASK_AGAIN_MS = 3_000;

/** Whether calls can be held. Asked again by itself while the server is still preparing them, once after its first start. */
export const mediaQuery = queryOptions({
  queryKey: ['media'],
  queryFn: ({ signal }) => call('media:read', { signal }),
  staleTime: 0,
  refetchInterval: ({ state }) => (state.data?.state === 'preparing' ? ASK_AGAIN_MS : false),
  refetchIntervalInBackground: true,
});
