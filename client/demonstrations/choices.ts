import { queryOptions } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { DemonstrationChoicesQuery } from '../../server/contract/demonstration-choices.ts';
import { call } from '../api/http.ts';

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
