import { useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../api/http.ts';
import { createDeviceMemory } from './device-memory.ts';
import { keepVisit, windowParts } from './keep-visit.ts';
import { LocalMedia, type LocalMediaState } from './local-media.ts';
import { watchPermissions } from './permission-watch.ts';
import { RoomClient } from './room-client.ts';
import type { RoomState } from './room-state.ts';

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
      ...windowParts(consultationId),
      fetchTicket: () => call('call:ticket', { params: { consultationId } }),
      media,
    });
    setMade({ media, client });
    media.start().catch(reportError);
    const endVisit = keepVisit(client);
    return () => {
      endVisit();
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
