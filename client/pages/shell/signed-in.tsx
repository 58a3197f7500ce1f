import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Navigate, Outlet, useLocation, useNavigate } from 'react-router';
import { toFailure } from '../../api/failures.ts';
import { onInterruption } from '../../api/interruptions.ts';
import { LinkProvider } from '../../api/link-context.tsx';
import { SessionContext, sessionQuery } from '../../api/session.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { PageSkeleton } from '../../ui/skeleton.tsx';
import type { SignInState } from '../sign-in/sign-in-state.ts';
import { LiveWorkList } from './live-work-list.tsx';
import { Ring } from './ring.tsx';

/** What every signed-in page stands in: the session, the link, the work list kept fresh, and the ringing of a call. */
export function SignedIn() {
  const session = useQuery(sessionQuery);
  const location = useLocation();
  useLeaveWhenSessionEnds(session.isSuccess);

  if (session.data)
    return (
      <SessionContext value={session.data}>
        <LinkProvider>
          <LiveWorkList />
          <Outlet />
          <Ring />
        </LinkProvider>
      </SessionContext>
    );
  if (session.isPending) return <PageSkeleton />;
  const failure = toFailure(session.error);
  if (failure.code === 'unauthenticated')
    return <Navigate to="/sign-in" replace state={{ from: location.pathname } satisfies SignInState} />;
  return (
    <div className="page">
      <FailureNotice failure={failure} onRetry={() => void session.refetch()} />
    </div>
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
        const state: SignInState = { from: latest.current.pathname, ended: interruption.reason };
        // The next person at this computer must find nothing of this one's.
        void Promise.resolve(navigate('/sign-in', { replace: true, state })).then(() => client.clear());
      }),
    [client, navigate],
  );
}
