import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { OneTimeLinkDetail } from '../../server/contract/one-time-link.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { readLinkSecret } from './one-time-code.ts';

/** The one-time link of this page's address, also where it is put into the open page, or of what is typed. */
export function useLink() {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState<string>();
  const secret = readLinkSecret(hash) ?? typed;
  const link = useQuery<OneTimeLinkDetail>({
    queryKey: ['one-time-link', secret],
    queryFn: ({ signal }) => call('one-time-link:read', { body: { secret: secret ?? '' }, signal }),
    enabled: secret !== undefined,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return {
    secret,
    detail: link.data,
    failure: link.error ? toFailure(link.error) : undefined,
    isChecking: link.isLoading,
    retry: () => void link.refetch(),
    type: (code: string) => setTyped(code),
    /** Back to an empty field: what was there was no link. */
    forget() {
      setTyped(undefined);
      void navigate(pathname, { replace: true });
    },
  };
}
