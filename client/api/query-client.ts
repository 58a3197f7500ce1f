import { QueryClient } from '@tanstack/react-query';
import { Failure } from '../../server/contract/failure.ts';
import { fateOf } from '../../server/contract/failure-fate.ts';
import { createBackoff } from '../line/backoff.ts';

/** A page says soon that something is wrong, and offers to try again. */
const MAX_RETRIES = 3;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A hospital's own network counts as "offline" to the browser although the server can be reached.
      networkMode: 'always',
      retry: isWorthAnotherTry,
      retryDelay: (attempt, error) => retryDelayMs(attempt, error),
      staleTime: 15_000,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** @param count of tries that failed */
export function isWorthAnotherTry(count: number, error: unknown): boolean {
  return error instanceof Failure && fateOf(error) === 'retry' && count < MAX_RETRIES;
}

/** The query counts its tries itself; the wait is that of the one backoff. */
function retryDelayMs(attempt: number, error: unknown): number {
  const backoff = createBackoff({ longestMs: 3_000 });
  for (let passed = 0; passed < attempt; passed += 1) backoff.nextMs();
  return backoff.nextMs(error instanceof Failure ? error.retryAfterS : undefined);
}
