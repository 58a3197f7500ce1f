import { queryOptions } from '@tanstack/react-query';
import { OpinionDraft, type OpinionDraftView } from '../../server/contract/report.ts';
import { call } from '../api/http.ts';
import { Autosave, type Saved } from '../drafts/autosave.ts';
import { localCopy } from '../drafts/local-copy.ts';
import { createOpenDrafts } from '../drafts/open-drafts.ts';
import { wait } from '../uploads/wait.ts';

/** Shared by every part of the window: the panel in the room and the key images that the viewer sends. */
export const opinions = createOpenDrafts<OpinionDraft>();

export const opinionQuery = (consultationId: string) =>
  queryOptions({
    queryKey: ['opinion', consultationId],
    queryFn: ({ signal }) => call('opinion:read', { params: { consultationId }, signal }),
    // Another window may have written since; what this one has open is merged with it.
    staleTime: 0,
  });

export function savedOpinion({ version, savedAt, ...value }: OpinionDraftView): Saved<OpinionDraft> {
  return { value, version, savedAt };
}

export function createOpinionDraft(
  accountId: string,
  consultationId: string,
  view: OpinionDraftView,
): Autosave<OpinionDraft> {
  const params = { consultationId };
  return new Autosave<OpinionDraft>({
    initial: savedOpinion(view),
    save: async (value, version) => savedOpinion(await call('opinion:save', { params, body: { ...value, version } })),
    read: async () => savedOpinion(await call('opinion:read', { params })),
    local: localCopy(accountId, 'opinion', consultationId, (stored) => OpinionDraft.safeParse(stored).data),
    wait,
  });
}
