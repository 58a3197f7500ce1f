import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Navigate, useNavigate, useParams } from 'react-router';
import type { Failure } from '../../server/contract/failure.ts';
import { applyConsultation, consultationQuery } from '../api/consultations.ts';
import { toFailure } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { usePermission } from '../api/session.tsx';
import { ConsultationForm } from '../consultation-form/consultation-form.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Page } from '../ui/page.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { NoPermission } from './no-permission.tsx';

/** `/consultations/new` makes a draft and moves on to its own address; `/consultations/:consultationId/edit` is the form. */
export function ConsultationFormPage() {
  const { consultationId } = useParams();
  const mayCreate = usePermission('consultation:create');
  if (consultationId === undefined) return mayCreate ? <NewDraft /> : <NoPermission />;
  return <EditForm key={consultationId} consultationId={consultationId} />;
}

function NewDraft() {
  const t = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const begun = useRef(false);
  const [failure, setFailure] = useState<Failure>();

  async function create(): Promise<void> {
    setFailure(undefined);
    try {
      const view = await call('consultation:create');
      applyConsultation(client, view);
      await navigate(`/consultations/${view.consultationId}/edit`, { replace: true });
    } catch (thrown) {
      setFailure(toFailure(thrown));
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for a visit, however often React runs the effect
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void create();
  }, []);

  if (!failure) return <PageSkeleton />;
  return (
    <Page title={t('newCase:title')}>
      <FailureNotice failure={failure} onRetry={() => void create()} />
    </Page>
  );
}

function EditForm({ consultationId }: { consultationId: string }) {
  const t = useTexts();
  const consultation = useQuery(consultationQuery(consultationId));
  const view = consultation.data;
  if (view)
    return view.actions.includes('edit') ? (
      <ConsultationForm view={view} />
    ) : (
      <Navigate to={`/consultations/${consultationId}`} replace />
    );
  if (consultation.isPending) return <PageSkeleton />;
  return (
    <Page title={t('newCase:titleEdit')}>
      <FailureNotice failure={toFailure(consultation.error)} onRetry={() => void consultation.refetch()} />
    </Page>
  );
}
