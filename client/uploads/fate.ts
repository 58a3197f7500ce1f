import type { Failure } from '../../server/contract/failure.ts';
import { fateOf } from '../../server/contract/failure-fate.ts';

/**
 * What a failed try means for its file.
 * - `again`: the two sides disagree about the offset or the upload is unknown; announcing it anew settles that at once.
 * - `resend`: bytes were spoilt on the way; a few more tries are worth it.
 * - `wait`: the line or the server; tried again for ever, ever more rarely.
 * - `session`: nobody is signed in; all waits until somebody is.
 * - `refuse`: the file or the case; trying again does not help.
 */
export type UploadFate = 'again' | 'resend' | 'wait' | 'session' | 'refuse';

/** Two reasons mean more to a file than their code says; all else follows the fate of the failure. */
export function uploadFateOf(failure: Failure): UploadFate {
  if (failure.reason === 'offset-mismatch') return 'again';
  if (failure.reason === 'hash-mismatch') return 'resend';
  switch (fateOf(failure)) {
    case 'retry':
      return 'wait';
    case 'sign-in':
    case 'reload':
      return 'session';
    default:
      return 'refuse';
  }
}
