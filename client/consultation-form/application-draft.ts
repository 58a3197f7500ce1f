import type { QueryClient } from '@tanstack/react-query';
import type { ConsultationDraft, ConsultationView } from '../../server/contract/consultation.ts';
import { consultationQuery } from '../api/consultations.ts';
import { call } from '../api/http.ts';
import { Autosave } from '../drafts/autosave.ts';
import { localCopy } from '../drafts/local-copy.ts';
import { createOpenDrafts } from '../drafts/open-drafts.ts';
import type { TextSafe } from '../drafts/text-safe.ts';
import { wait } from '../uploads/wait.ts';
import { draftOf, parseDraft } from './draft.ts';

export const applications = createOpenDrafts<ConsultationDraft>();

/** The application's text as it is typed, saved to `consultation:save`. */
export async function createApplicationDraft(
  client: QueryClient,
  safe: TextSafe,
  view: ConsultationView,
): Promise<Autosave<ConsultationDraft>> {
  const { consultationId, caseNumber } = view;
  const params = { consultationId };
  const local = localCopy(safe, { kind: 'application', consultationId, caseNumber }, parseDraft);
  const keep = (saved: ConsultationView) => {
    client.setQueryData(consultationQuery(view.consultationId).queryKey, saved);
    return draftOf(saved);
  };
  return new Autosave<ConsultationDraft>({
    initial: draftOf(view),
    save: async (value, version) => keep(await call('consultation:save', { params, body: { ...value, version } })),
    read: async () => keep(await call('consultation:read', { params })),
    local,
    left: await local.takeOver(),
    wait,
  });
}
