import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { ConsultationView } from '../../server/contract/consultation.ts';
import { call } from './http.ts';
import { refreshWorkList } from './work-list.ts';

export const consultationQuery = (consultationId: string) =>
  queryOptions({
    queryKey: ['consultation', consultationId],
    queryFn: ({ signal }) => call('consultation:read', { params: { consultationId }, signal }),
  });

/** A case has changed: the open page and the work list follow. */
export function applyChange(client: QueryClient, consultationId: string): void {
  void refreshWorkList(client);
  void client.invalidateQueries({ queryKey: consultationQuery(consultationId).queryKey });
}

/** Keeps what an act on a case answered; the work list follows by its own notice, and by this where the line is down. */
export function applyConsultation(client: QueryClient, view: ConsultationView): void {
  client.setQueryData(consultationQuery(view.consultationId).queryKey, view);
  void refreshWorkList(client);
}
