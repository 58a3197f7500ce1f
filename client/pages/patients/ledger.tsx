import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { AccessEntryView } from '../../../server/contract/audit.ts';
import { toFailure } from '../../api/failures.ts';
import { patientAccessesQuery, patientConsentsQuery, patientQuery } from '../../api/patients.ts';
import { ConsentLine } from '../../consents/consents-list.tsx';
import { useFormats } from '../../i18n/formats.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useWords } from '../audit/words.ts';
import '../../ui/row-table.css';
import './patients.css';
import './ledger.css';

/** Who looked at one patient's data, for the patient, on the screen and on paper. */
export function LedgerPage() {
  const t = useTexts();
  const formats = useFormats();
  const { patientId = '' } = useParams();
  const patient = useQuery(patientQuery(patientId));
  const pages = useInfiniteQuery(patientAccessesQuery(patientId));
  const print = usePrintAll(pages);
  const rows = pages.data?.pages.flat() ?? [];
  const failure = pages.error ?? patient.error;
  return (
    <Page
      title={t('patients:ledger.title')}
      intro={t('patients:ledger.intro')}
      actions={
        <>
          <button
            type="button"
            className="button button-primary"
            disabled={rows.length === 0 || print.isReading}
            onClick={print.start}
          >
            {print.isReading ? t('patients:ledger.printing') : t('patients:ledger.print')}
          </button>
          <Link className="button" to={`/patients/${patientId}`}>
            {t('patients:ledger.back')}
          </Link>
        </>
      }
    >
      {failure && <FailureNotice failure={toFailure(failure)} onRetry={() => void pages.refetch()} />}
      {pages.isPending && (
        <div className="panel">
          <Skeleton lines={8} lineHeightPx={36} />
        </div>
      )}
      {rows.length > 0 && (
        <section className="ledger" aria-label={t('patients:ledger.title')}>
          <header className="ledger-print-head">
            <h2>{t('patients:ledger.title')}</h2>
            <p>
              {[patient.data?.label, patient.data?.facilityName].filter(Boolean).join(' · ')}
              {' · '}
              {t('patients:ledger.printedAt', { at: formats.exact(new Date().toISOString()) })}
            </p>
          </header>
          <LedgerTable rows={rows} />
          <p className="ledger-end">
            {pages.hasNextPage ? (
              <button
                type="button"
                className="button"
                disabled={pages.isFetchingNextPage}
                onClick={() => void pages.fetchNextPage()}
              >
                {t('patients:ledger.more')}
              </button>
            ) : (
              t('patients:ledger.all', { count: rows.length })
            )}
          </p>
          <LedgerConsents patientId={patientId} />
        </section>
      )}
    </Page>
  );
}

function LedgerConsents({ patientId }: { patientId: string }) {
  const t = useTexts();
  const consents = useQuery(patientConsentsQuery(patientId));
  if (consents.error)
    return <FailureNotice failure={toFailure(consents.error)} onRetry={() => void consents.refetch()} />;
  if (!consents.data) return <Skeleton lines={3} />;
  return (
    <section className="panel ledger-consents" aria-labelledby="ledger-consents">
      <h2 id="ledger-consents">{t('patients:ledger.consents')}</h2>
      {consents.data.length === 0 && <p>{t('patients:ledger.noConsents')}</p>}
      <ul className="consent-list">
        {consents.data.map(({ caseNumber, consent }) => (
          <ConsentLine key={consent.consentId} consent={consent} caseNumber={caseNumber} />
        ))}
      </ul>
    </section>
  );
}

function LedgerTable({ rows }: { rows: AccessEntryView[] }) {
  const t = useTexts();
  const formats = useFormats();
  const words = useWords();
  return (
    <div className="row-table-frame">
      <table className="row-table">
        <thead>
          <tr>
            <th scope="col">{t('patients:ledger.at', { zone: formats.zone })}</th>
            <th scope="col">{t('patients:ledger.who')}</th>
            <th scope="col">{t('patients:ledger.facility')}</th>
            <th scope="col">{t('patients:ledger.what')}</th>
            <th scope="col">{t('patients:ledger.basis')}</th>
            <th scope="col">{t('patients:ledger.case')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((entry) => (
            <tr key={entry.accessId}>
              <td className="numbers ledger-time">{formats.second(entry.at)}</td>
              <td>{words.actor(entry)}</td>
              <td>{entry.facilityName}</td>
              <td>{words.subject(entry.subjectKind)}</td>
              <td>{t(`audit:basis.${entry.basis}`)}</td>
              <td className="numbers">{entry.caseNumber}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isError: boolean;
  fetchNextPage(): unknown;
}

/** Paper has no button for more: all of it is read before it is printed. */
function usePrintAll(pages: Pages): { isReading: boolean; start: () => void } {
  const [isReading, setReading] = useState(false);
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = pages;
  useEffect(() => {
    if (!isReading || isFetchingNextPage) return;
    if (isError) setReading(false);
    else if (hasNextPage) void fetchNextPage();
    else {
      setReading(false);
      window.print();
    }
  }, [isReading, hasNextPage, isFetchingNextPage, isError, fetchNextPage]);
  return { isReading, start: () => setReading(true) };
}
