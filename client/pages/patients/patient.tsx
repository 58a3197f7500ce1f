import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { leadsNowhere } from '../../../server/contract/failure-fate.ts';
import type { PatientPageView } from '../../../server/contract/patient-register.ts';
import { toFailure } from '../../api/failures.ts';
import { patientQuery } from '../../api/patients.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { FullPageNotice } from '../../ui/full-page-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { PageSkeleton } from '../../ui/skeleton.tsx';
import { CasesOfPatient } from './cases-of-patient.tsx';
import { DuplicatesPanel } from './duplicates-panel.tsx';
import { IdentityPanel } from './identity-panel.tsx';
import { MergesPanel } from './merges-panel.tsx';
import '../../patient/patient-facts.css';
import '../../ui/row-table.css';
import './patients.css';

export function PatientPage() {
  const { patientId = '' } = useParams();
  return <OnePatient key={patientId} patientId={patientId} />;
}

function OnePatient({ patientId }: { patientId: string }) {
  const t = useTexts();
  const patient = useQuery(patientQuery(patientId));
  const view = patient.data;
  const failure = patient.error && toFailure(patient.error);
  if (failure && (leadsNowhere(failure) || failure.code === 'not-found'))
    return (
      <FullPageNotice title={t('patients:page.gone.title')} text={t('patients:page.gone.text')}>
        <Link className="button button-primary" to="/patients">
          {t('patients:page.back')}
        </Link>
      </FullPageNotice>
    );
  if (failure && !view)
    return (
      <div className="page">
        <FailureNotice failure={failure} onRetry={() => void patient.refetch()} />
      </div>
    );
  if (!view) return <PageSkeleton />;
  return (
    <Page
      title={t('patients:page.title')}
      heading={<Heading view={view} />}
      actions={
        <Link className="button" to="/patients">
          {t('patients:page.back')}
        </Link>
      }
    >
      <div className="patient-columns">
        <div className="patient-main">
          {view.actions.includes('merge') && <DuplicatesPanel view={view} />}
          <CasesOfPatient cases={view.cases} />
          <MergesPanel view={view} />
        </div>
        <div className="patient-side">
          <IdentityPanel view={view} patientId={patientId} />
          {view.actions.includes('read-ledger') && <LedgerPanel patientId={patientId} />}
        </div>
      </div>
    </Page>
  );
}

function Heading({ view }: { view: PatientPageView }) {
  const t = useTexts();
  const facts = [
    view.sex && t(`terms:sex.${view.sex}`),
    view.ageYears !== null && t('terms:age', { years: view.ageYears }),
    view.facilityName,
  ].filter(Boolean);
  return (
    <>
      <h1>{view.label}</h1>
      <p className="page-intro">
        {facts.join(' · ')}
        {!view.isIdentified && <span className="tag patient-unidentified">{t('patients:noDocument')}</span>}
      </p>
    </>
  );
}

function LedgerPanel({ patientId }: { patientId: string }) {
  const t = useTexts();
  return (
    <section className="panel" aria-labelledby="ledger">
      <h2 id="ledger">{t('patients:page.ledger')}</h2>
      <p className="patient-quiet">{t('patients:page.ledgerHint')}</p>
      <p className="patient-reveal">
        <Link className="button" to={`/patients/${patientId}/accesses`}>
          {t('patients:page.openLedger')}
        </Link>
      </p>
    </section>
  );
}
