import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { ConsultationSummary, ConsultationView } from '../../server/contract/consultation.ts';
import { call } from './http.ts';

export const consultationsQuery = queryOptions({
  queryKey: ['consultations'],
  queryFn: ({ signal }) => call('consultations:list', { signal }),
});

export const consultationQuery = (consultationId: string) =>
  queryOptions({
    queryKey: ['consultation', consultationId],
    queryFn: ({ signal }) => call('consultation:read', { params: { consultationId }, signal }),
  });

/** Puts a line of the work list where it belongs and has the open case fetched anew. */
export function applySummary(client: QueryClient, summary: ConsultationSummary): void {
  client.setQueryData(consultationsQuery.queryKey, (list) => {
    if (!list) return undefined;
    const known = list.some((line) => line.consultationId === summary.consultationId);
    return known
      ? list.map((line) => (line.consultationId === summary.consultationId ? summary : line))
      : [summary, ...list];
  });
  // Nothing left to do may mean that the case is closed, or that one's part in it has ended: the server's list knows.
  if (summary.actions.length === 0) void client.invalidateQueries({ queryKey: consultationsQuery.queryKey });
  void client.invalidateQueries({ queryKey: consultationQuery(summary.consultationId).queryKey });
}

/** Keeps what an act on a case answered; the work list follows by its own notice, and by this where the line is down. */
export function applyConsultation(client: QueryClient, view: ConsultationView): void {
  client.setQueryData(consultationQuery(view.consultationId).queryKey, view);
  void client.invalidateQueries({ queryKey: consultationsQuery.queryKey });
}
