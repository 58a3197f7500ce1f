import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { DemonstrationView } from '../../../server/contract/demonstration.ts';
import { toFailure } from '../../api/failures.ts';
import { useSession } from '../../api/session.tsx';
import { AttendanceTable } from '../../demonstrations/attendance-table.tsx';
import { EnrolButton } from '../../demonstrations/enrol-button.tsx';
import { HallLink } from '../../demonstrations/hall-link.tsx';
import { PlanPane } from '../../demonstrations/plan-pane.tsx';
import { demonstrationQuery, useLiveDemonstrations } from '../../demonstrations/queries.ts';
import { DemonstrationStateTag } from '../../demonstrations/state-tag.tsx';
import { isOfTheatre, TheatreLinks } from '../../demonstrations/theatre-links.tsx';
import { useEnrolmentNotes } from '../../demonstrations/use-enrolment-notes.ts';
import { usePeriod } from '../../demonstrations/use-period.ts';
import { specialtyKey } from '../../facilities/specialty-key.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import '../../demonstrations/demonstrations.css';
import '../../facilities/records.css';

export function DemonstrationPage() {
  const t = useTexts();
  const { accountId } = useSession().person;
  const { demonstrationId = '' } = useParams();
  const demonstration = useQuery(demonstrationQuery(demonstrationId));
  useLiveDemonstrations();
  const view = demonstration.data;
  return (
    <Page
      title={view?.title || t('demonstrations:title')}
      heading={
        <>
          <p className="record-back">
            <Link to="/demonstrations">← {t('demonstrations:back')}</Link>
          </p>
          <h1>{view ? view.title || t('demonstrations:untitled') : t('demonstrations:title')}</h1>
        </>
      }
      intro={view && <Facts view={view} />}
      actions={
        view && (
          <>
            <TheatreLinks view={view} />
            <HallLink line={view} isSecondary={isOfTheatre(view, accountId)} />
            {view.actions.some((one) => one === 'watch-replay' || one === 'review-replay') && (
              <Link className="button button-primary" to="replay">
                {t('replay:open')}
              </Link>
            )}
            {view.actions.some((one) => one === 'watch-replay' || one === 'read-key-images') && (
              <Link className="button" to="key-images">
                {t('replay:keyImages.title')}
              </Link>
            )}
            <EnrolButton line={view} />
          </>
        )
      }
    >
      {demonstration.isPending && (
        <div className="panel">
          <Skeleton lines={8} lineHeightPx={32} />
        </div>
      )}
      {demonstration.error && !view && (
        <FailureNotice failure={toFailure(demonstration.error)} onRetry={() => void demonstration.refetch()} />
      )}
      {view && <Loaded key={demonstrationId} view={view} />}
    </Page>
  );
}

function Facts({ view }: { view: DemonstrationView }) {
  const t = useTexts();
  const period = usePeriod();
  const enrolment = useEnrolmentNotes({ ...view, isEnrolled: view.isEnrolled && !view.own });
  const { procedure, specialty, surgeon, facility, state } = view;
  const notes = [
    procedure,
    specialty && t(`specialties:${specialtyKey(specialty)}`),
    `${surgeon.name} ${surgeon.title}`,
    facility.name,
    period(view),
    view.own && t(...ownResult(view.own)),
    ...enrolment,
    view.presentCount > 0 && t('demonstrations:present', { count: view.presentCount }),
  ];
  return (
    <>
      <DemonstrationStateTag state={state} /> {notes.filter(Boolean).join(' · ')}
    </>
  );
}

function ownResult({ qualifies, points }: NonNullable<DemonstrationView['own']>) {
  if (points !== null)
    return points > 0 ? (['credits:result.points', { points }] as const) : (['credits:result.taken', {}] as const);
  return [qualifies ? 'credits:result.enough' : 'credits:result.short', {}] as const;
}

function Loaded({ view }: { view: DemonstrationView }) {
  const t = useTexts();
  const { plan } = view;
  if (plan) return <PlanPane view={{ ...view, plan }} />;
  const listsPeople = view.actions.includes('read-attendance');
  // What is needed is told to whoever comes to watch, as long as they can still reach it.
  const mayWatch = view.actions.some((action) => action === 'enrol' || action === 'withdraw');
  const tellsRequired = mayWatch && !listsPeople;
  if (!view.description && !listsPeople && !tellsRequired) return null;
  return (
    <section className="panel">
      {view.description && <p className="demonstration-description">{view.description}</p>}
      {tellsRequired && (
        <p className="record-hint">{t('credits:result.required', { percent: view.requiredPercent })}</p>
      )}
      {listsPeople && <AttendanceTable view={view} />}
    </section>
  );
}
