import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { leadsNowhere } from '../../server/contract/failure-fate.ts';
import { Sex } from '../../server/contract/patient.ts';
import type { ReportView } from '../../server/contract/report.ts';
import { consultationQuery } from '../api/consultations.ts';
import { toFailure } from '../api/failures.ts';
import { useConnected, useNotice } from '../api/link-context.tsx';
import { reportQuery } from '../api/report.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { AdoptionForm } from '../report/adoption-form.tsx';
import { reportAge } from '../report/age-at.ts';
import { AmendDialog } from '../report/amend-dialog.tsx';
import { usePageMargins } from '../report/page-margins.ts';
import { ReportSheet } from '../report/report-sheet.tsx';
import { VersionNotice } from '../report/version-notice.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Page } from '../ui/page.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';

/** The issued report, to read, to print on A4 and, for the requester, to answer. Appears by itself once it is signed. */
export function ReportPage() {
  const { consultationId = '' } = useParams();
  const t = useTexts();
  const [search] = useSearchParams();
  const report = useQuery(reportQuery(consultationId, readVersion(search.get('version'))));
  const [amending, setAmending] = useState(false);
  const consultation = useQuery(consultationQuery(consultationId));
  const actions = consultation.data?.actions ?? [];
  const isValid = report.data?.content.version === report.data?.versions.at(-1)?.version;
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
  const isGone = consultation.error !== null && leadsNowhere(toFailure(consultation.error));
  if (!report.data || isGone) {
    if (report.isPending) return <PageSkeleton />;
    const failure = toFailure(isGone ? consultation.error : report.error);
    return (
      <Page title={t('report:title')} actions={back}>
        {failure.code === 'not-found' && consultation.data && !isGone ? (
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
          {isValid && actions.includes('amend-report') && (
            <button type="button" className="button" data-testid="amend-report" onClick={() => setAmending(true)}>
              {t('report:amend.button')}
            </button>
          )}
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
      <VersionNotice report={report.data} consultation={consultation.data} />
      <div ref={sheet}>
        <ReportSheet report={report.data} materials={consultation.data?.materials ?? []} />
      </div>
      {isValid && actions.includes('acknowledge') && (
        <AdoptionForm key={report.data.content.reportId} report={report.data} />
      )}
      {amending && consultation.data && (
        <AmendDialog consultation={consultation.data} onClose={() => setAmending(false)} />
      )}
    </Page>
  );
}

/** undefined where the address names none, or nothing that is a version. */
function readVersion(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;
}

function PageMarginTexts({ report }: { report: ReportView }) {
  const t = useTexts();
  const { author, caseNumber, patient, version } = report.content;
  const sex = Sex.safeParse(patient.sex).data;
  const [before = '', between = '', after = ''] = t('report:page', { page: '|', pages: '|' }).split('|');
  usePageMargins({
    topLeft: `${author.facilityName} ${t('report:sheetTitle')}`,
    topRight: [
      patient.name,
      sex && t(`terms:sex.${sex}`),
      reportAge(t, report.content),
      caseNumber,
      version > 1 && t('report:versions.version', { version }),
    ]
      .filter(Boolean)
      .join(' '),
    pageNumber: [before, between, after],
  });
  return null;
}

/** Prints once every picture of the report has arrived: a browser would print empty frames. One that cannot is printed as its notice. */
async function printReport(sheet: HTMLElement): Promise<void> {
  const pictures = Array.from(sheet.querySelectorAll('img'));
  await Promise.allSettled([document.fonts.ready, ...pictures.map((picture) => picture.decode())]);
  window.print();
}
