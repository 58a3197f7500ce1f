import { reportFault } from '../api/failures.ts';
import { systemClock } from '../review/clock.ts';
import type { RoomWay, RoomWayParts } from './room-way.ts';
import { connectSignalling } from './signalling.ts';
import { windowSession } from './window-session.ts';

/** What every way into a room takes from the window that it is of. @param subjectId of the consultation, or of the demonstration */
export function windowParts(
  subjectId: string,
): Pick<RoomWayParts<never>, 'sessionId' | 'connect' | 'clock' | 'onFailure'> {
  return {
    sessionId: windowSession(subjectId),
    connect: connectSignalling,
    clock: systemClock,
    onFailure: reportFault,
  };
}

/** Tells a way into a room what becomes of its window: seen again, back on the network, closed. @returns ends the visit */
export function keepVisit(way: Pick<RoomWay<never>, 'nudge' | 'leave' | 'close'>): () => void {
  const nudge = () => way.nudge();
  const nudgeIfVisible = () => {
    if (document.visibilityState === 'visible') nudge();
  };
  // A closed tab says so: the others need not wait for half a minute, nor the sfu keep its place.
  const goodbye = () => way.leave();
  window.addEventListener('online', nudge);
  document.addEventListener('visibilitychange', nudgeIfVisible);
  window.addEventListener('pagehide', goodbye);
  return () => {
    window.removeEventListener('online', nudge);
    document.removeEventListener('visibilitychange', nudgeIfVisible);
    window.removeEventListener('pagehide', goodbye);
    way.close();
  };
}
