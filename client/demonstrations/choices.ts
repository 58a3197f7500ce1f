import { queryOptions } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { DemonstrationChoicesQuery } from '../../server/contract/demonstration-choices.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';

/** Typing stops for this long before the server is asked. */
const PAUSE_MS = 250;

/** Whom a plan can name, by a part of their names. `among`: people of this role or facility alone. */
export const choicesQuery = (q: string, among: Pick<DemonstrationChoicesQuery, 'role' | 'facilityId'> = {}) =>
  queryOptions({
    queryKey: ['demonstration-choices', q, among],
    queryFn: ({ signal }) => call('demonstration-choices:search', { query: { q, ...among }, signal }),
    placeholderData: (before) => before,
  });

export function useLater(text: string): string {
  const [later, setLater] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setLater(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return later;
}

/** What a picker says where it has nothing to offer: not yet, not at all, or nobody of that name. */
export function useNoChoice({ error, isPending }: { error: Error | null; isPending: boolean }): string {
  const t = useTexts();
  if (error) return failureText(toFailure(error));
  return isPending ? t('loading') : t('demonstrations:pick.none');
}
