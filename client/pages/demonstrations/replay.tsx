import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { Failure } from '../../../server/contract/failure.ts';
import type { ReplaySaveInput, ReplayView } from '../../../server/contract/recording.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { keepDemonstration } from '../../demonstrations/queries.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { ReplayDesk } from '../../replay/replay-desk.tsx';
import type { ReviewActs } from '../../replay/review-pane.tsx';
import { saveDraft } from '../../replay/save-draft.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import '../../facilities/records.css';

/** Asked for once a visit: each answer stands in the record as somebody's watching. */
const replayQuery = (demonstrationId: string) =>
  queryOptions({
    queryKey: ['replay', demonstrationId],
    queryFn: ({ signal }) => call('replay:read', { params: { demonstrationId }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  });

/** A recorded demonstration, seen again. */
export function ReplayPage() {
  const t = useTexts();
  const { demonstrationId = '' } = useParams();
  const { data: view, error, refetch } = useQuery(replayQuery(demonstrationId));
  const acts = useReviewActs(demonstrationId, view);
  return (
    <Page
      title={t('replay:title')}
      heading={
        <>
          <p className="record-back">
            <Link to={`/demonstrations/${demonstrationId}`}>← {t('replay:toDemonstration')}</Link>
          </p>
          <h1>{view?.title || t('replay:title')}</h1>
        </>
      }
      intro={view && (view.isPublished ? t('replay:published') : t('replay:inReview'))}
    >
      {error && !view && <FailureNotice failure={toFailure(error)} onRetry={() => void refetch()} />}
      {!error && !view && (
        <div className="panel">
          <Skeleton lines={8} lineHeightPx={32} />
        </div>
      )}
      {view && (
        <ReplayDesk
          key={`${demonstrationId} ${view.isPublished}`}
          demonstrationId={demonstrationId}
          view={view}
          acts={acts}
        />
      )}
    </Page>
  );
}

function useReviewActs(demonstrationId: string, view: ReplayView | undefined): ReviewActs {
  const client = useQueryClient();
  const params = { demonstrationId };
  const version = view?.version ?? 0;
  const { queryKey } = replayQuery(demonstrationId);
  const tried = async (work: () => Promise<void>): Promise<Failure | undefined> => {
    try {
      await work();
      return undefined;
    } catch (thrown) {
      return toFailure(thrown);
    }
  };
  return {
    save: (draft) =>
      tried(async () => {
        if (!view) return;
        const calls = {
          save: (body: ReplaySaveInput) => call('replay:save', { params, body }),
          read: () => call('replay:read', { params }),
        };
        const saved = await saveDraft(calls, view, draft);
        // Tracks as they are: the player goes on with those that it has.
        client.setQueryData(queryKey, (before) => ({ ...saved, tracks: before?.tracks ?? saved.tracks }));
      }),
    publish: () =>
      tried(async () => {
        keepDemonstration(client, await call('demonstration:publish-replay', { params, body: { version } }));
        await client.invalidateQueries({ queryKey });
      }),
  };
}
