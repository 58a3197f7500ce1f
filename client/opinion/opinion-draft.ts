import { queryOptions } from '@tanstack/react-query';
import { OpinionDraft, type OpinionDraftView } from '../../server/contract/report.ts';
import { call } from '../api/http.ts';
import { Autosave } from '../drafts/autosave.ts';
import { localCopy } from '../drafts/local-copy.ts';
import { createOpenDrafts } from '../drafts/open-drafts.ts';
import type { Saved } from '../drafts/save-state.ts';
import type { TextSafe } from '../drafts/text-safe.ts';
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

export async function createOpinionDraft(
  safe: TextSafe,
  { consultationId, caseNumber }: { consultationId: string; caseNumber: string },
  view: OpinionDraftView,
): Promise<Autosave<OpinionDraft>> {
  const params = { consultationId };
  const parse = (stored: unknown) => OpinionDraft.safeParse(stored).data;
  const local = localCopy(safe, { kind: 'opinion', consultationId, caseNumber }, parse);
  return new Autosave<OpinionDraft>({
    initial: savedOpinion(view),
    save: async (value, version) => savedOpinion(await call('opinion:save', { params, body: { ...value, version } })),
    read: async () => savedOpinion(await call('opinion:read', { params })),
    local,
    left: await local.takeOver(),
    wait,
  });
}
