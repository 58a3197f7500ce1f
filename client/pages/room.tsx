import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { consultationQuery } from '../api/consultations.ts';
import { toFailure } from '../api/failures.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { AntdProvider } from '../ui/antd-provider.tsx';
import { useDocumentTitle } from '../ui/page.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { NoCase } from './no-case.tsx';
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

  if (error && !view) return <NoCase failure={toFailure(error)} onRetry={() => void refetch()} />;
  if (!view) return <PageSkeleton />;
  return (
    <AntdProvider tone="dark">
      <Visit key={visit} view={view} onAgain={() => setVisit(visit + 1)} />
    </AntdProvider>
  );
}
