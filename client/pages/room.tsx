import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { leadsNowhere } from '../../server/contract/failure-fate.ts';
import { consultationQuery } from '../api/consultations.ts';
import { toFailure } from '../api/failures.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { AntdProvider } from '../ui/antd-provider.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { FullPageNotice } from '../ui/full-page-notice.tsx';
import { useDocumentTitle } from '../ui/page.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { Visit } from './room/visit.tsx';

export function RoomPage() {
  const { consultationId = '' } = useParams();
  return <Room key={consultationId} consultationId={consultationId} />;
}

/** From the preview through the consultation to its end; each visit starts at the preview. */
function Room({ consultationId }: { consultationId: string }) {
  const t = useTexts();
  const [visit, setVisit] = useState(1);
  const { data: view, error, refetch } = useQuery(consultationQuery(consultationId));
  useDocumentTitle(t('room:title'));

  if (error && !view) {
    const failure = toFailure(error);
    if (leadsNowhere(failure))
      return (
        <FullPageNotice title={t('case:gone.title')} text={t('case:gone.text')}>
          <Link className="button button-primary" to="/">
            {t('backToWorkList')}
          </Link>
        </FullPageNotice>
      );
    return (
      <div className="page">
        <FailureNotice failure={failure} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!view) return <PageSkeleton />;
  return (
    <AntdProvider tone="dark">
      <Visit key={visit} view={view} onAgain={() => setVisit(visit + 1)} />
    </AntdProvider>
  );
}
