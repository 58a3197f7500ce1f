import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { DemonstrationAction, DemonstrationView } from '../../server/contract/demonstration.ts';
import { toFailure } from '../api/failures.ts';
import { EnrolButton } from '../demonstrations/enrol-button.tsx';
import { demonstrationQuery, useLiveDemonstrations } from '../demonstrations/queries.ts';
import { usePeriod } from '../demonstrations/use-period.ts';
import { failureText } from '../i18n/failure-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { AntdProvider } from '../ui/antd-provider.tsx';
import { FullPageNotice } from '../ui/full-page-notice.tsx';
import { useDocumentTitle } from '../ui/page.tsx';
import { PageSkeleton } from '../ui/skeleton.tsx';
import { NotYours } from './not-yours.tsx';
import type { CanPlayLate } from './use-lateness.ts';
import { HallVisit, type InHall } from './visit.tsx';

/** A page inside the hall of the demonstration in its address: before it may be entered it says when that will be, and goes in by itself then. */
export function HallGate({
  title,
  needs = 'join-hall',
  canPlayLate = null,
  children,
}: {
  title: 'demonstrationHall:title.watch' | 'demonstrationHall:title.desk';
  /** What the page is for: whoever may not do it is told what they may do instead. */
  needs?: DemonstrationAction;
  canPlayLate?: CanPlayLate | null;
  children: (inside: InHall) => ReactNode;
}) {
  const t = useTexts();
  const { demonstrationId = '' } = useParams();
  const { data: view, error, refetch } = useQuery(demonstrationQuery(demonstrationId));
  useLiveDemonstrations();
  useDocumentTitle(view ? `${view.title} · ${t(title)}` : t(title));
  if (error && !view)
    return (
      <FullPageNotice title={t('demonstrationHall:gate.failed')} text={failureText(toFailure(error))}>
        <button type="button" className="button button-primary" onClick={() => void refetch()}>
          {t('retry')}
        </button>
        <Link className="button" to="/demonstrations">
          {t('demonstrations:back')}
        </Link>
      </FullPageNotice>
    );
  if (!view) return <PageSkeleton />;
  return (
    <AntdProvider tone="dark">
      {!view.actions.includes('join-hall') ? (
        <Closed view={view} />
      ) : view.actions.includes(needs) ? (
        <HallVisit key={demonstrationId} view={view} canPlayLate={canPlayLate}>
          {children}
        </HallVisit>
      ) : (
        <NotYours view={view} page="desk" />
      )}
    </AntdProvider>
  );
}

/** It has not begun, or is over, or the person has still to enrol. */
function Closed({ view }: { view: DemonstrationView }) {
  const t = useTexts();
  const period = usePeriod();
  const { title, surgeon, state, isEnrolled, demonstrationId } = view;
  const text = t(`demonstrationHall:gate.${state === 'enrolling' && isEnrolled ? 'enrolled' : state}`);
  return (
    <main data-testid="hall-closed">
      <FullPageNotice title={title} text={`${surgeon.name} · ${period(view)} · ${text}`}>
        <EnrolButton line={view} />
        <Link className="button" to={`/demonstrations/${demonstrationId}`}>
          {t('demonstrationHall:end.toDemonstration')}
        </Link>
      </FullPageNotice>
    </main>
  );
}
