import type { Failure } from '../../server/contract/failure.ts';

/** What a failed attempt to get into the room means. */
export type Fate = 'try-again' | 'fresh-ticket' | 'ended' | 'refused';

/** @param wasInside a call that was going on and is refused now is over; one that never began to this person is refused. */
export function fateOf({ code, reason }: Failure, wasInside: boolean): Fate {
  switch (code) {
    case 'unauthenticated':
      // Of the sfu: the token ran out, or the sfu was started with another secret. Of the server: nobody is signed in.
      return reason === 'token-expired' || reason === 'token-invalid' ? 'fresh-ticket' : 'refused';
    case 'conflict':
      // A token from before the end of a call that was started again since; a second refusal comes from the server.
      if (reason === 'room-closed') return 'fresh-ticket';
      return reason === 'state-not-allowed' ? (wasInside ? 'ended' : 'refused') : 'try-again';
    case 'forbidden':
    case 'not-found':
    case 'version-mismatch':
      return 'refused';
    default:
      return 'try-again';
  }
}
