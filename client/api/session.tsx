import { queryOptions } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Permission, SessionView } from '../../server/contract/account.ts';
import { Failure } from '../../server/contract/failure.ts';
import { call } from './http.ts';
import { showsSomebody } from './lost-session.ts';
import { isWorthAnotherTry } from './query-client.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => call('session:read', { signal }),
  // Refused while another window changes the session, it is there a moment later.
  retry: (count, error) =>
    error instanceof Failure && error.code === 'unauthenticated'
      ? count === 0 && showsSomebody()
      : isWorthAnotherTry(count, error),
  staleTime: Number.POSITIVE_INFINITY,
});

/** What is told before anybody is known. */
export const signInOptionsQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: ({ signal }) => call('sign-in:options', { signal }),
});

export const secondFactorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: ({ signal }) => call('second-factor:read', { signal }),
});

export const SIGNED_IN_HINT = 'huizhen:was-signed-in';

/** Whether somebody was signed in when this browser was last here: a guess, so that a page's code and data are asked for at once. */
export const wasSignedIn = (): boolean => localStorage.getItem(SIGNED_IN_HINT) !== null;

export function rememberSignedIn(is: boolean): void {
  if (is) localStorage.setItem(SIGNED_IN_HINT, '1');
  else localStorage.removeItem(SIGNED_IN_HINT);
}

export const SessionContext = createContext<SessionView | null>(null);

/** Who is signed in. Only the signed-in pages may ask. */
export function useSession(): SessionView {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession outside of the signed-in pages');
  return session;
}

export function usePermission(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}

/** Whether any section of the administration is the person's. */
export function useAdministers(): boolean {
  const { permissions } = useSession();
  return (['facility:manage', 'policy:read', 'machine:list'] as const).some((one) => permissions.includes(one));
}
