import { z } from 'zod';
import type { DeviceKind, ListedDevice } from './device-choice.ts';

const Device = z.object({ deviceId: z.string(), label: z.string() });
const Memory = z.object({
  audioinput: Device.optional(),
  videoinput: Device.optional(),
  audiooutput: Device.optional(),
  microphoneOn: z.boolean().default(true),
  cameraOn: z.boolean().default(true),
});
type Memory = z.infer<typeof Memory>;

const STORED_UNDER = 'huizhen.devices';

/** What the person chose at this computer the last time. */
export interface DeviceMemory {
  chosen(kind: DeviceKind): ListedDevice | undefined;
  choose(kind: DeviceKind, device: ListedDevice | undefined): void;
  readonly microphoneOn: boolean;
  readonly cameraOn: boolean;
  rememberOn(state: { microphoneOn: boolean } | { cameraOn: boolean }): void;
}

/** Keeps the choices in the browser; where it may not store anything, they last as long as the page. */
export function createDeviceMemory(storage: Pick<Storage, 'getItem' | 'setItem'>): DeviceMemory {
  let memory = read(storage);
  const keep = (change: Partial<Memory>) => {
    memory = { ...memory, ...change };
    try {
      storage.setItem(STORED_UNDER, JSON.stringify(memory));
    } catch {
      // Full or forbidden storage must not stand in the way of a call; the choice holds for this page.
    }
  };
  return {
    chosen: (kind) => memory[kind],
    choose: (kind, device) => keep({ [kind]: device }),
    get microphoneOn() {
      return memory.microphoneOn;
    },
    get cameraOn() {
      return memory.cameraOn;
    },
    rememberOn: (state) => keep(state),
  };
}

function read(storage: Pick<Storage, 'getItem'>): Memory {
  try {
    return Memory.parse(JSON.parse(storage.getItem(STORED_UNDER) ?? '{}'));
  } catch {
    return Memory.parse({});
  }
}
