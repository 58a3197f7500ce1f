import { useEffect, useState, useSyncExternalStore } from 'react';
import { reportFault } from '../api/failures.ts';
import { call } from '../api/http.ts';
import type { Sending } from '../call/sending.ts';
import { connectSignalling } from '../call/signalling.ts';
import { windowSession } from '../call/window-session.ts';
import { systemClock } from '../review/clock.ts';
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
      fetchTicket: () => call('demonstration:ticket', { params: { demonstrationId } }),
      sending,
      sessionId: windowSession(demonstrationId),
      connect: connectSignalling,
      clock: systemClock,
      onFailure: reportFault,
    });
    setMade(client);
    const nudge = () => client.nudge();
    const nudgeIfVisible = () => {
      if (document.visibilityState === 'visible') nudge();
    };
    // A closed tab says so; the sfu need not keep its place for half a minute.
    const goodbye = () => client.leave();
    window.addEventListener('online', nudge);
    document.addEventListener('visibilitychange', nudgeIfVisible);
    window.addEventListener('pagehide', goodbye);
    return () => {
      window.removeEventListener('online', nudge);
      document.removeEventListener('visibilitychange', nudgeIfVisible);
      window.removeEventListener('pagehide', goodbye);
      client.close();
      setMade(undefined);
    };
  }, [demonstrationId, sending]);
  return made;
}

export function useHallState(client: HallClient): HallState {
  return useSyncExternalStore(client.onState, () => client.state);
}
