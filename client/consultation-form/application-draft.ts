import type { QueryClient } from '@tanstack/react-query';
import type { ConsultationDraft, ConsultationView } from '../../server/contract/consultation.ts';
import { consultationQuery } from '../api/consultations.ts';
import { call } from '../api/http.ts';
import { Autosave } from '../drafts/autosave.ts';
import { localCopy } from '../drafts/local-copy.ts';
import { createOpenDrafts } from '../drafts/open-drafts.ts';
import { wait } from '../uploads/wait.ts';
import { draftOf, parseDraft } from './draft.ts';

export const applications = createOpenDrafts<ConsultationDraft>();

/** The application's text as it is typed, saved to `consultation:save`. */
export function createApplicationDraft(
  client: QueryClient,
  accountId: string,
  view: ConsultationView,
): Autosave<ConsultationDraft> {
  const params = { consultationId: view.consultationId };
  const keep = (saved: ConsultationView) => {
    client.setQueryData(consultationQuery(view.consultationId).queryKey, saved);
    return draftOf(saved);
  };
  return new Autosave<ConsultationDraft>({
    initial: draftOf(view),
    save: async (value, version) => keep(await call('consultation:save', { params, body: { ...value, version } })),
    read: async () => keep(await call('consultation:read', { params })),
    local: localCopy(accountId, 'application', view.consultationId, parseDraft),
    wait,
  });
}
