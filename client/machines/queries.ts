import { queryOptions } from '@tanstack/react-query';
import { call } from '../api/http.ts';

export const machinesQuery = queryOptions({
  queryKey: ['machines'],
  queryFn: ({ signal }) => call('machines:list', { signal }),
});
