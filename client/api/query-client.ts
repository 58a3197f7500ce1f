import { QueryClient } from '@tanstack/react-query';
import { Failure } from '../../server/contract/failure.ts';

/** An outage is worth another try; every other failure stays as it is, however often one asks. */
const isOutage = (error: unknown) => error instanceof Failure && error.code === 'unavailable';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A hospital's own network counts as "offline" to the browser although the server can be reached.
      networkMode: 'always',
      retry: (count, error) => isOutage(error) && count < 3,
      retryDelay: (attempt) => Math.min(3_000, 500 * 2 ** attempt),
      staleTime: 15_000,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
