import { queryOptions } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { Permission, SessionView } from '../../server/contract/account.ts';
import { call } from './http.ts';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => call('session:read', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

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
