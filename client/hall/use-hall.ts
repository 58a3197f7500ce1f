import { useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../api/http.ts';
import { keepVisit, windowParts } from '../call/keep-visit.ts';
import type { Sending } from '../call/sending.ts';
import { HallClient } from './hall-client.ts';
import type { HallState } from './hall-state.ts';
import { SILENT } from './silent.ts';

/**
 * One visit to the hall of a demonstration, from the first look to leaving; `enter()` goes in. Undefined within the first frame.
 * @param sending the same over all renders: another one is another visit
 */
export function useHall(demonstrationId: string, sending: Sending = SILENT): HallClient | undefined {
  const [made, setMade] = useState<HallClient>();
  useEffect(() => {
    const client = new HallClient({
      ...windowParts(demonstrationId),
      fetchTicket: (unreached) =>
        call('demonstration:ticket', {
          params: { demonstrationId },
          body: unreached === undefined ? {} : { unreached },
        }),
      sending,
    });
    setMade(client);
    const endVisit = keepVisit(client);
    return () => {
      endVisit();
      setMade(undefined);
    };
  }, [demonstrationId, sending]);
  return made;
}

export function useHallState(client: HallClient): HallState {
  return useSyncExternalStore(client.onState, () => client.state);
}
