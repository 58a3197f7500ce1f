import { queryOptions } from '@tanstack/react-query';
import { call } from './http.ts';

/** @param version of the report; undefined: the valid one. */
export const reportQuery = (consultationId: string, version?: number) =>
  queryOptions({
    queryKey: ['report', consultationId, version ?? 'valid'],
    queryFn: ({ signal }) =>
      call('report:read', { params: { consultationId }, query: version === undefined ? {} : { version }, signal }),
  });
