import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router';
import { dropEarlyAnswers } from '../../api/early-answers.ts';
import { toFailure } from '../../api/failures.ts';
import { onInterruption } from '../../api/interruptions.ts';
import { LinkProvider } from '../../api/link-context.tsx';
import { noteShown } from '../../api/lost-session.ts';
import { SessionContext, sessionQuery, signInOptionsQuery } from '../../api/session.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PageSkeleton } from '../../ui/skeleton.tsx';
import { signInAddress } from '../sign-in/sign-in-address.ts';
import { ConsentNotice } from './consent-notice.tsx';
import { EndWithoutLine } from './end-without-line.ts';
import { LiveWorkList } from './live-work-list.tsx';
import { PresenceQuestion } from './presence-question.tsx';
import { RemovalNotice } from './removal-notice.tsx';
import { Ring } from './ring.tsx';
import { RunOutNotice } from './run-out-notice.tsx';
import '../../ui/page.css';

const EndedAppointment = lazy(async () => ({ default: (await import('./ended-appointment.tsx')).EndedAppointment }));
const RequiredFactor = lazy(async () => ({ default: (await import('./required-factor.tsx')).RequiredFactor }));

/** What every signed-in page stands in: the session, the link, the work list kept fresh, and the ringing of a call. */
export function SignedIn() {
  const session = useQuery(sessionQuery);
  const location = useLocation();
  useLeaveWhenSessionEnds(session.isSuccess);
  useBeginAnewElsewhere();
  const shown = session.data?.appointmentId;
  useEffect(() => {
    // Kept while all is asked for anew: a refusal may still be about what was shown before.
    if (shown !== undefined) noteShown(shown);
  }, [shown]);

  if (session.data?.secondFactor.mustSetUp)
    return (
      <SessionContext value={session.data}>
        <Suspense fallback={<PageSkeleton />}>
          <RequiredFactor />
        </Suspense>
      </SessionContext>
    );
  if (session.data?.appointmentEnded)
    return (
      <SessionContext value={session.data}>
        <Suspense fallback={<PageSkeleton />}>
          <EndedAppointment />
        </Suspense>
      </SessionContext>
    );
  if (session.data)
    return (
      <SessionContext value={session.data}>
        <LinkProvider>
          <LiveWorkList />
          <EndWithoutLine />
          <Outlet />
          <Ring />
          <RemovalNotice />
          <ConsentNotice />
          <PresenceQuestion />
          <RunOutNotice />
        </LinkProvider>
      </SessionContext>
    );
  if (session.isPending) return <PageSkeleton />;
  const failure = toFailure(session.error);
  if (failure.code === 'unauthenticated') return <Navigate to={signInAddress({ from: location.pathname })} replace />;
  return (
    <div className="page">
      <FailureNotice failure={failure} onRetry={() => void session.refetch()} />
    </div>
  );
}

/** In another place, or in none, nothing of the former one stays on the page: all is asked for anew, from the work list on. */
function useBeginAnewElsewhere(): void {
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(
    () =>
      onInterruption(({ kind }) => {
        if (kind !== 'appointment-left') return;
        void Promise.resolve(navigate('/', { replace: true })).then(() => client.resetQueries());
      }),
    [client, navigate],
  );
}

function useLeaveWhenSessionEnds(signedIn: boolean): void {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const latest = useRef({ signedIn, pathname });
  latest.current = { signedIn, pathname };
  useEffect(
    () =>
      onInterruption((interruption) => {
        // Without a session before there is nothing to explain: the page asks for one by itself.
        if (interruption.kind !== 'session-ended' || !latest.current.signedIn) return;
        latest.current.signedIn = false;
        noteShown(undefined);
        const address = signInAddress({
          ended: interruption.reason,
          // Whoever signed out on purpose starts afresh, and so does the next person.
          ...(interruption.reason === 'expired' && { from: latest.current.pathname }),
        });
        // Asked anew: its answer has the browser drop the pictures that it keeps.
        dropEarlyAnswers();
        client.removeQueries({ queryKey: signInOptionsQuery.queryKey });
        // The next person at this computer must find nothing of this one's.
        void Promise.resolve(navigate(address, { replace: true })).then(() => client.clear());
      }),
    [client, navigate],
  );
}
