import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { consultationQuery } from '../../api/consultations.ts';
import { toFailure } from '../../api/failures.ts';
import { CaseChat } from '../../chat/case-chat.tsx';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { PageSkeleton } from '../../ui/skeleton.tsx';
import { NoCase } from '../no-case.tsx';
import { CaseActions } from './case-actions.tsx';
import { CaseBanners } from './case-banners.tsx';
import { CaseHeading } from './case-heading.tsx';
import { ClinicalPanel } from './clinical-panel.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { ConsentsPanel } from './consents-panel.tsx';
import { MaterialsPanel } from './materials-panel.tsx';
import { PatientPanel } from './patient-panel.tsx';
import { PeoplePanel } from './people-panel.tsx';
import { ProgressPanel } from './progress-panel.tsx';
import { useActs } from './use-acts.ts';
import './case.css';

export function CasePage() {
  const { consultationId = '' } = useParams();
  return <OneCase key={consultationId} consultationId={consultationId} />;
}

function OneCase({ consultationId }: { consultationId: string }) {
  const t = useTexts();
  const consultation = useQuery(consultationQuery(consultationId));
  const acts = useActs(consultationId);
  const view = consultation.data;

  if (consultation.error && (!view || toFailure(consultation.error).code === 'not-found')) {
    return (
      <NoCase failure={toFailure(consultation.error)} onRetry={() => void consultation.refetch()}>
        {acts.conflict && <ConflictNotice conflict={acts.conflict} view={undefined} onClose={acts.dismiss} />}
      </NoCase>
    );
  }
  if (!view) return <PageSkeleton />;

  return (
    <Page
      title={t('case:heading', { caseNumber: view.caseNumber })}
      heading={<CaseHeading view={view} />}
      actions={<CaseActions view={view} acts={acts} />}
    >
      {acts.conflict && <ConflictNotice conflict={acts.conflict} view={view} onClose={acts.dismiss} />}
      {acts.failure && <FailureNotice failure={acts.failure} />}
      <CaseBanners view={view} />
      <div className="case-columns">
        <div className="case-main">
          <ClinicalPanel view={view} />
          <MaterialsPanel view={view} />
          <CaseChat view={view} />
        </div>
        <div className="case-side">
          <PatientPanel view={view} />
          <PeoplePanel view={view} acts={acts} />
          <ConsentsPanel view={view} acts={acts} />
          <ProgressPanel view={view} />
        </div>
      </div>
    </Page>
  );
}
