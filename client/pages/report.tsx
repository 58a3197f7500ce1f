import { useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { Link, useParams } from 'react-router';
import { Sex } from '../../server/contract/patient.ts';
import type { ReportView } from '../../server/contract/report.ts';
import { consultationQuery } from '../api/consultations.ts';
import { toFailure } from '../api/failures.ts';
import { useConnected, useNotice } from '../api/link-context.tsx';
import { useTexts } from '../i18n/use-texts.ts';
import { AdoptionForm } from '../report/adoption-form.tsx';
import { ageAt } from '../report/age-at.ts';
import { usePageMargins } from '../report/page-margins.ts';
import { printReport } from '../report/print-report.ts';
import { reportQuery } from '../report/report-query.ts';
import { ReportSheet } from '../report/report-sheet.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Page } from '../ui/page.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';

/** The issued report, to read, to print on A4 and, for the requester, to answer. Appears by itself once it is signed. */
export function ReportPage() {
  const { consultationId = '' } = useParams();
  const t = useTexts();
  const report = useQuery(reportQuery(consultationId));
  const consultation = useQuery(consultationQuery(consultationId));
  const mayAnswer = consultation.data?.actions.includes('acknowledge') ?? false;
  const sheet = useRef<HTMLDivElement>(null);
  useNotice('consultation:changed', (summary) => {
    if (summary.consultationId === consultationId) void report.refetch();
  });
  useConnected(() => void report.refetch());

  const back = (
    <Link className="button" to={`/consultations/${consultationId}`}>
      {t('report:toCase')}
    </Link>
  );
  if (!report.data) {
    if (report.isPending) return <PageSkeleton />;
    const failure = toFailure(report.error);
    return (
      <Page title={t('report:title')} actions={back}>
        {failure.code === 'not-found' && consultation.data ? (
          <EmptyState title={t('report:notYet.title')} text={t('report:notYet.text')} />
        ) : (
          <FailureNotice failure={failure} onRetry={() => void report.refetch()} />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={t('report:title')}
      actions={
        <>
          {back}
          <button
            type="button"
            className="button button-primary"
            onClick={() => sheet.current && void printReport(sheet.current)}
          >
            {t('report:print')}
          </button>
        </>
      }
    >
      <PageMarginTexts report={report.data} />
      <div ref={sheet}>
        <ReportSheet report={report.data} materials={consultation.data?.materials ?? []} />
      </div>
      {mayAnswer && <AdoptionForm report={report.data} />}
    </Page>
  );
}

function PageMarginTexts({ report }: { report: ReportView }) {
  const t = useTexts();
  const { author, caseNumber, patient, signedAt } = report.content;
  const sex = Sex.safeParse(patient.sex).data;
  const age = ageAt(patient.birthDate, signedAt);
  const [before = '', between = '', after = ''] = t('report:page', { page: '|', pages: '|' }).split('|');
  usePageMargins({
    topLeft: `${author.facilityName} ${t('report:sheetTitle')}`,
    topRight: [
      patient.name,
      sex && t(`terms:sex.${sex}`),
      age !== undefined && t('terms:age', { years: age }),
      caseNumber,
    ]
      .filter(Boolean)
      .join(' '),
    pageNumber: [before, between, after],
  });
  return null;
}
