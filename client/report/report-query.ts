import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/http.ts';

export const reportQuery = (consultationId: string) =>
  queryOptions({
    queryKey: ['report', consultationId],
    queryFn: ({ signal }) => call('report:read', { params: { consultationId }, signal }),
  });
