import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { toFailure } from './api/failures.ts';
import { queryClient } from './api/query-client.ts';
import { rememberSignedIn, sessionQuery, wasSignedIn } from './api/session.tsx';
import { startI18n } from './i18n/i18n.ts';
import { createRouter, fetchAhead } from './pages/router.tsx';
import { isOpenToAnyone, signInAddress } from './pages/sign-in/sign-in-address.ts';
import { OutdatedGate } from './ui/outdated-gate.tsx';
import 'virtual:tokens.css';
import './ui/base.css';
import './ui/controls.css';

/** Once the page has what it needs itself. */
const SIGN_IN_CODE_MS = 10_000;

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

/** Whoever is not signed in gets the light sign-in page at once, and none of the code of the page they asked for. */
async function leadToSignIn(): Promise<void> {
  const { pathname } = window.location;
  if (isOpenToAnyone(pathname)) return;
  // Asked first: a browser sends six requests at a time, and the code of a page is many.
  const session = queryClient.fetchQuery(sessionQuery);
  if (wasSignedIn()) fetchAhead(pathname);
  try {
    await session;
    rememberSignedIn(true);
  } catch (thrown) {
    // With any other failure the page itself says what is wrong and offers to try again.
    if (toFailure(thrown).code !== 'unauthenticated') return;
    rememberSignedIn(false);
    window.history.replaceState(null, '', signInAddress({ from: pathname }));
  }
}

await Promise.all([startI18n(), leadToSignIn()]);
const router = createRouter();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <OutdatedGate>
        <RouterProvider router={router} />
      </OutdatedGate>
    </QueryClientProvider>
  </StrictMode>,
);

// A session also ends while the line is down, when the code of the page for signing in cannot be had any more.
setTimeout(() => fetchAhead('/sign-in'), SIGN_IN_CODE_MS);
