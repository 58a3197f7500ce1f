import { useEffect, useRef, useState } from 'react';
import type { ConsultationSummary } from '../../../server/contract/consultation.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { useRowWalk } from '../../ui/use-row-walk.ts';
import { CaseRow } from './case-row.tsx';

/** Arrows walk through the lines from anywhere on the page; each line's link takes the focus, so Enter opens it. */
export function CaseTable({ cases, waiting }: { cases: ConsultationSummary[]; waiting: boolean }) {
  const t = useTexts();
  const body = useRef<HTMLTableSectionElement>(null);
  const now = useNow();

  useRowWalk(body, 'a.case-link');

  return (
    <>
      <div className="row-table-frame">
        <table className="row-table case-table">
          <thead>
            <tr>
              <th scope="col">{t('workList:columns.urgency')}</th>
              <th scope="col">{t('workList:columns.caseNumber')}</th>
              <th scope="col">{t('workList:columns.patient')}</th>
              <th scope="col">{t('workList:columns.diagnosis')}</th>
              <th scope="col">{t('workList:columns.specialty')}</th>
              <th scope="col">{t('workList:columns.requester')}</th>
              <th scope="col">{t('workList:columns.specialist')}</th>
              <th scope="col">{t('workList:columns.state')}</th>
              <th scope="col">{waiting ? t('workList:columns.waited') : t('workList:columns.changed')}</th>
            </tr>
          </thead>
          <tbody ref={body}>
            {cases.map((line) => (
              <CaseRow key={line.consultationId} line={line} waiting={waiting} now={now} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="row-table-hint">{t('workList:keyboardHint')}</p>
    </>
  );
}

const TELL_TIME_EVERY_MS = 20_000;

/** Milliseconds since the epoch, fresh enough for times counted in minutes. */
function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TELL_TIME_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
