import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { DemonstrationKeyImages } from '../../../server/contract/replay-timeline.ts';
import { toFailure } from '../../api/failures.ts';
import { call } from '../../api/http.ts';
import { useLiveDemonstrations } from '../../demonstrations/queries.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { KeyImageDesk } from '../../replay/key-image-desk.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import '../../facilities/records.css';

/** What was kept of a demonstration: its stills, and the pictures on which somebody drew. */
export function KeyImagesPage() {
  const t = useTexts();
  const { demonstrationId = '' } = useParams();
  useLiveDemonstrations();
  const {
    data: view,
    error,
    refetch,
  } = useQuery({
    queryKey: ['demonstration', demonstrationId, 'key-images'],
    queryFn: ({ signal }) => call('demonstration:key-images', { params: { demonstrationId }, signal }),
  });
  return (
    <Page
      title={t('replay:keyImages.title')}
      heading={
        <>
          <p className="record-back">
            <Link to={`/demonstrations/${demonstrationId}`}>← {t('replay:toDemonstration')}</Link>
          </p>
          <h1>{t('replay:keyImages.title')}</h1>
        </>
      }
      intro={view?.title}
    >
      {error && <FailureNotice failure={toFailure(error)} onRetry={() => void refetch()} />}
      {!error && !view && (
        <div className="panel">
          <Skeleton lines={8} lineHeightPx={32} />
        </div>
      )}
      {!error && view && <KeyImageDesk key={contentOf(view)} demonstrationId={demonstrationId} view={view} />}
    </Page>
  );
}

/** Another list is another desk: what was taken off leaves nothing. */
const contentOf = ({ pictures, marks }: DemonstrationKeyImages): string =>
  [...pictures.map(({ materialId }) => materialId), ...marks.map(({ annotationId }) => annotationId)].join();
