import { useEffect, useState, useSyncExternalStore } from 'react';
import { reportFault } from '../api/failures.ts';
import { call } from '../api/http.ts';
import { systemClock } from '../review/clock.ts';
import { createDeviceMemory } from './device-memory.ts';
import { LocalMedia, type LocalMediaState } from './local-media.ts';
import { watchPermissions } from './permission-watch.ts';
import { RoomClient } from './room-client.ts';
import type { RoomState } from './room-state.ts';
import { connectSignalling } from './signalling.ts';
import { windowSession } from './window-session.ts';

export interface Call {
  media: LocalMedia;
  client: RoomClient;
}

/** One visit to a room: devices and the way in, from the preview to leaving. Undefined within the first frame. */
export function useCall(consultationId: string): Call | undefined {
  const [made, setMade] = useState<Call>();
  useEffect(() => {
    const media = new LocalMedia({
      devices: navigator.mediaDevices,
      memory: createDeviceMemory(localStorage),
      watchPermissions,
    });
    const client = new RoomClient({
      fetchTicket: () => call('call:ticket', { params: { consultationId } }),
      media,
      sessionId: windowSession(consultationId),
      connect: connectSignalling,
      clock: systemClock,
      onFailure: reportFault,
    });
    setMade({ media, client });
    media.start().catch(reportError);

    const nudge = () => client.nudge();
    const nudgeIfVisible = () => {
      if (document.visibilityState === 'visible') nudge();
    };
    // A closed tab says so; the others need not wait for half a minute to learn it.
    const goodbye = () => client.leave();
    window.addEventListener('online', nudge);
    document.addEventListener('visibilitychange', nudgeIfVisible);
    window.addEventListener('pagehide', goodbye);
    return () => {
      window.removeEventListener('online', nudge);
      document.removeEventListener('visibilitychange', nudgeIfVisible);
      window.removeEventListener('pagehide', goodbye);
      client.close();
      media.close();
    };
  }, [consultationId]);
  return made;
}

export function useMediaState(media: LocalMedia): LocalMediaState {
  return useSyncExternalStore(media.onState, () => media.state);
}

export function useRoomState(client: RoomClient): RoomState {
  return useSyncExternalStore(client.onState, () => client.state);
}
