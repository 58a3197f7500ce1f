import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { DiagnosisTerm } from '../../server/contract/diagnosis.ts';
import { call } from '../api/http.ts';

const PAUSE_MS = 200;
const MAX_QUERY_LENGTH = 64;

export interface DiagnosisSearch {
  terms: readonly DiagnosisTerm[];
  state: 'idle' | 'searching' | 'found' | 'failed';
}

/** The code list's entries for what is being typed, a short pause after it. */
export function useDiagnosisSearch(typed: string): DiagnosisSearch {
  const [q, setQ] = useState('');
  const wanted = typed.trim().slice(0, MAX_QUERY_LENGTH);
  useEffect(() => {
    const timer = setTimeout(() => setQ(wanted), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [wanted]);
  const search = useQuery({
    queryKey: ['diagnoses', q],
    queryFn: ({ signal }) => call('diagnoses:search', { query: { q }, signal }),
    enabled: q !== '',
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
  if (wanted === '') return { terms: [], state: 'idle' };
  if (search.isError) return { terms: [], state: 'failed' };
  const isCurrent = q === wanted && search.isSuccess && !search.isPlaceholderData;
  return { terms: search.data ?? [], state: isCurrent ? 'found' : 'searching' };
}
