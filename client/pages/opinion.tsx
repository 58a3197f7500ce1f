import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { leadsNowhere } from '../../server/contract/failure-fate.ts';
import { consultationQuery } from '../api/consultations.ts';
import { toFailure } from '../api/failures.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { OpinionCase } from '../opinion/opinion-case.tsx';
import { OpinionPanel } from '../opinion/opinion-panel.tsx';
import { CasePatient } from '../patient/patient-banner.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Page } from '../ui/page.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import './opinion.css';

/** Writing the opinion at a desk, with the application beside it; in the room the same panel stands beside the images. */
export function OpinionPage() {
  const { consultationId = '' } = useParams();
  const t = useTexts();
  const navigate = useNavigate();
  const consultation = useQuery(consultationQuery(consultationId));
  const isGone = consultation.error !== null && leadsNowhere(toFailure(consultation.error));
  const view = isGone ? undefined : consultation.data;
  if (consultation.isPending) return <PageSkeleton />;
  return (
    <Page
      title={t('opinion:title')}
      intro={
        view && (
          <>
            <Link to={`/consultations/${consultationId}`} className="numbers opinion-case-link">
              {view.caseNumber}
            </Link>{' '}
            · {t('opinion:intro')}
          </>
        )
      }
      actions={
        view?.actions.includes('review') && (
          <Link className="button" to={`/consultations/${consultationId}/images`}>
            {t('opinion:toImages')}
          </Link>
        )
      }
    >
      {view ? (
        <>
          <CasePatient identity={view} materials={view.materials} />
          <div className="opinion-columns">
            <div className="panel">
              <OpinionPanel
                consultationId={consultationId}
                consultation={view}
                onSigned={() => void navigate(`/consultations/${consultationId}/report`, { replace: true })}
              />
            </div>
            <OpinionCase view={view} />
          </div>
        </>
      ) : (
        <FailureNotice failure={toFailure(consultation.error)} onRetry={() => void consultation.refetch()} />
      )}
    </Page>
  );
}
