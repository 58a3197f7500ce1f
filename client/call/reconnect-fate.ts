import type { Failure } from '../../server/contract/failure.ts';
import { fateOf } from '../../server/contract/failure-fate.ts';

/** What a failed attempt to get into the room means. `doubt-ticket`: of several sfus another one may be meant by now, where the server can be asked. */
export type RoomFate = 'try-again' | 'fresh-ticket' | 'doubt-ticket' | 'ended' | 'refused';

/** @param wasInside a call that was going on and is refused now is over; one that never began to this person is refused. */
export function roomFateOf(failure: Failure, wasInside: boolean): RoomFate {
  switch (failure.reason) {
    // The token ran out, or the sfu was started with another secret.
    case 'token-expired':
    case 'token-invalid':
    // A token from before the end of a call that was started again since; a second refusal comes from the server.
    case 'room-closed':
      return 'fresh-ticket';
    case 'sfu-unreachable':
      return 'doubt-ticket';
    case 'state-not-allowed':
      return wasInside ? 'ended' : 'refused';
  }
  const fate = fateOf(failure);
  // A message that the sfu of another version does not understand may be taken by the next node.
  return fate === 'retry' || fate === 'tell' ? 'try-again' : 'refused';
}
