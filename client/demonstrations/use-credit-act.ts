import { useQueryClient } from '@tanstack/react-query';
import type { DemonstrationView } from '../../server/contract/demonstration.ts';
import type { Failure } from '../../server/contract/failure.ts';
import { toFailure } from '../api/failures.ts';
import { attendanceQuery, keepDemonstration } from './queries.ts';

/** An act on the list of who was there. @returns the failure; what the server has meanwhile is shown then. */
export function useCreditAct(
  demonstrationId: string,
): (work: () => Promise<DemonstrationView>) => Promise<Failure | undefined> {
  const client = useQueryClient();
  return async (work) => {
    try {
      keepDemonstration(client, await work());
      return undefined;
    } catch (thrown) {
      void client.invalidateQueries({ queryKey: attendanceQuery(demonstrationId).queryKey });
      return toFailure(thrown);
    }
  };
}
