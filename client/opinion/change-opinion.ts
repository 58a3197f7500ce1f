import type { OpinionDraft } from '../../server/contract/report.ts';
import { consultationQuery } from '../api/consultations.ts';
import { queryClient } from '../api/query-client.ts';
import { sessionQuery } from '../api/session.tsx';
import { openTextSafe } from '../drafts/text-safe.ts';
import { createOpinionDraft, opinionQuery, opinions } from './opinion-draft.ts';

/** Changes the opinion of a case, whether it is open in this window or not; the draft saves itself as always. */
export async function changeOpinion(
  consultationId: string,
  change: (opinion: OpinionDraft) => OpinionDraft,
): Promise<void> {
  const { person, draftKey } = await queryClient.ensureQueryData(sessionQuery);
  const consultation = await queryClient.ensureQueryData(consultationQuery(consultationId));
  const view = await queryClient.fetchQuery(opinionQuery(consultationId));
  const safe = openTextSafe(person.accountId, draftKey);
  const draft = await opinions.acquire(consultationId, () => createOpinionDraft(safe, consultation, view));
  draft.change(change(draft.snapshot.value));
  opinions.release(consultationId);
}
