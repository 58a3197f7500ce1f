import type { Failure } from '../../server/contract/failure.ts';

/**
 * What a failed try means for its file.
 * - `again`: the two sides disagree about the offset or the upload is unknown; announcing it anew settles that at once.
 * - `resend`: bytes were spoilt on the way; a few more tries are worth it.
 * - `wait`: the line or the server; tried again for ever, ever more rarely.
 * - `session`: nobody is signed in; all waits until somebody is.
 * - `refuse`: the file or the case; trying again does not help.
 */
export type Fate = 'again' | 'resend' | 'wait' | 'session' | 'refuse';

export function fateOf(failure: Failure): Fate {
  switch (failure.reason) {
    case 'offset-mismatch':
      return 'again';
    case 'hash-mismatch':
      return 'resend';
    case 'storage-full':
    case 'database-unreachable':
      return 'wait';
  }
  switch (failure.code) {
    case 'unavailable':
    case 'rate-limited':
    case 'internal':
      return 'wait';
    case 'unauthenticated':
    case 'version-mismatch':
      return 'session';
    default:
      return 'refuse';
  }
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Milliseconds before try number `tries` (from 1): doubling, with up to half of it left to chance, so that the county's
 * computers do not all come back in the same second.
 */
export function waitBeforeMs(tries: number, random: () => number, retryAfterS = 0): number {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
  return Math.max(retryAfterS * 1_000, longest / 2 + (random() * longest) / 2);
}
