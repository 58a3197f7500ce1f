import { SessionView } from '../../server/contract/account.ts';
import { routes } from '../../server/contract/routes.ts';
import { CONTRACT_VERSION } from '../../server/contract/version.ts';
import { interrupt } from './interruptions.ts';

/*
 * A request may be refused for a session that another window has left for a new one meanwhile: then the browser is still signed in, and
 * nothing has to be asked of the person. So before anybody is sent to sign in, it is looked whose session there is now.
 */

/** A refusal may come before the answer that brings the new session's cookie. */
const LOOKS_AFTER_MS = [0, 500];
const ANSWERS_WITHIN_MS = 8_000;

/** The appointment whose data this window shows; undefined: nobody's. */
let shown: string | undefined;
let isLooking = false;

export function noteShown(appointmentId: string | undefined): void {
  shown = appointmentId;
}

/** Whether a refusal may be about a session that was left for another one. */
export const showsSomebody = (): boolean => shown !== undefined;

/** A request was refused since nobody is signed in. Goes on, begins anew or ends, as it is by now; asked by many at once it looks once. */
export function sessionRefused(): void {
  if (isLooking) return;
  isLooking = true;
  void look().finally(() => {
    isLooking = false;
  });
}

async function look(): Promise<void> {
  const before = shown;
  const now = before === undefined ? undefined : await findSession();
  // Meanwhile this window has begun anew, or ended.
  if (shown !== before) return;
  if (now === undefined) {
    shown = undefined;
    interrupt({ kind: 'session-ended', reason: 'expired' });
  } else if (now !== before) interrupt({ kind: 'appointment-left' });
}

/** @returns the appointment in which the browser is signed in now; undefined also where nobody can tell. */
async function findSession(): Promise<string | undefined> {
  for (const afterMs of LOOKS_AFTER_MS) {
    if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
    const response = await readSession();
    if (response?.ok) return SessionView.safeParse(await response.json().catch(() => undefined)).data?.appointmentId;
    if (response?.status !== 401) return undefined;
  }
  return undefined;
}

async function readSession(): Promise<Response | undefined> {
  const until = new AbortController();
  const timer = setTimeout(() => until.abort(), ANSWERS_WITHIN_MS);
  try {
    return await fetch(routes['session:read'].path, {
      credentials: 'same-origin',
      headers: { accept: 'application/json', 'x-contract-version': String(CONTRACT_VERSION) },
      signal: until.signal,
    });
  } catch {
    // Without a line nobody can tell: a patient's data do not stay on the screen for that.
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
