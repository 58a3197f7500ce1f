import type { Failure, FailureCode, FailureReason } from './failure.ts';

/**
 * What a client does about a failure:
 * - `retry`: it passes by itself; ask again with backoff.
 * - `sign-in`: nobody is signed in; what is pending waits until somebody is.
 * - `reload`: the page is older than the server; only loading it anew helps.
 * - `tell`: say it to the person, who can change something and try again.
 * - `give-up`: no longer this person's to do, whatever they change.
 */
export type FailureFate = 'retry' | 'sign-in' | 'reload' | 'tell' | 'give-up';

/** The fourth table of a code, beside its HTTP status, log level and whether the connection ends. */
export const FAILURE_FATE: Record<FailureCode, FailureFate> = {
  'invalid-message': 'tell',
  unauthenticated: 'sign-in',
  forbidden: 'give-up',
  'not-found': 'give-up',
  conflict: 'tell',
  'too-large': 'tell',
  'rate-limited': 'retry',
  'version-mismatch': 'reload',
  unavailable: 'retry',
  internal: 'retry',
};

/** A fault of the server's own, unlike an outage, may stay: reading is given up and told after so many tries. */
export const MAX_INTERNAL_TRIES = 6;

/** Only the person can do something about these, whatever their code. */
const FOR_THE_PERSON: readonly FailureReason[] = [
  'wrong-password',
  'account-locked',
  'second-factor-needed',
  'second-factor-locked',
  'sign-in-expired',
  'code-wrong',
  'code-used',
  'recovery-code-wrong',
  'security-key-wrong',
  'security-key-counter',
  'passkey-unknown',
  'passkey-not-alone',
];

/** A wrong password or code, or a locked account, is for the person; every other failure follows its code. */
export function fateOf({ code, reason }: Pick<Failure, 'code' | 'reason'>): FailureFate {
  if (reason !== undefined && FOR_THE_PERSON.includes(reason)) return 'tell';
  return FAILURE_FATE[code];
}

/** Whether what a person has typed or drawn stays in its queue: it passes, or waits for somebody to sign in. */
export function isKeptFor(failure: Pick<Failure, 'code' | 'reason'>): boolean {
  const fate = fateOf(failure);
  return fate === 'retry' || fate === 'sign-in' || fate === 'reload';
}

/** Whether reading is worth another try after `failedTries` that failed. */
export function isWorthReadingAgain(failure: Pick<Failure, 'code' | 'reason'>, failedTries: number): boolean {
  return fateOf(failure) === 'retry' && (failure.code !== 'internal' || failedTries < MAX_INTERNAL_TRIES);
}

/** The line alone: a server that was reached and could not do it says why. */
export function isLineDown({ code, reason }: Pick<Failure, 'code' | 'reason'>): boolean {
  return code === 'unavailable' && reason === undefined;
}

/** Somebody else's act came first: the page shows how it is now, nothing is left to correct in what was typed. */
export function isOvertaken({ code }: Pick<Failure, 'code'>): boolean {
  return code === 'conflict' || code === 'not-found';
}

/** The address leads to nothing of this person's; one that is no identifier at all is answered as invalid. */
export function leadsNowhere({ code }: Pick<Failure, 'code'>): boolean {
  return code === 'not-found' || code === 'invalid-message';
}
