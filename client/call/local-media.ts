import { captureBoth, captureOne } from './capture.ts';
import { type CaptureSlot, type CaptureState, createCaptureSlot } from './capture-slot.ts';
import { chooseDevice, type DeviceKind, groupDevices, type ListedDevices } from './device-choice.ts';
import { isDismissed } from './device-faults.ts';
import type { DeviceMemory } from './device-memory.ts';

export interface LocalMediaState {
  microphone: CaptureState;
  camera: CaptureState;
  listed: ListedDevices;
  /** Empty: the system's own loudspeaker. */
  speakerId: string;
  /** Labels of devices that were chosen earlier and are not there now. */
  missing: Partial<Record<DeviceKind, string>>;
}

/** This person's camera, microphone and loudspeaker. Everything else works without any of them. */
export interface LocalMedia {
  readonly state: LocalMediaState;
  onState(listener: () => void): () => void;
  /** Lists the devices and opens what the person had on the last time. */
  start(): Promise<void>;
  setMicrophoneOn(on: boolean): void;
  setCameraOn(on: boolean): void;
  /** `deviceId` empty: the system's own choice. */
  choose(kind: DeviceKind, deviceId: string): void;
  /** The person has changed something outside (a permission, a plug): tries what failed once more. */
  retry(): void;
  close(): void;
}

export interface LocalMediaParts {
  /** Undefined where the page is not served securely. */
  devices: MediaDevices | undefined;
  memory: DeviceMemory;
  /** Calls back when the browser's permission for camera or microphone changes. */
  watchPermissions(changed: () => void): () => void;
}

const NO_DEVICES: ListedDevices = { audioinput: [], videoinput: [], audiooutput: [] };

export function createLocalMedia({ devices, memory, watchPermissions }: LocalMediaParts): LocalMedia {
  const listeners = new Set<() => void>();
  let listed = NO_DEVICES;
  let closed = false;
  let naming = false;
  const choiceOf = (kind: DeviceKind) => chooseDevice(listed[kind], memory.chosen(kind));
  const wantedId = (kind: DeviceKind) => choiceOf(kind).device?.deviceId;

  const open = (kind: 'audioinput' | 'videoinput') => async () => {
    if (!devices) throw new DOMException('not a secure page', 'InsecureError');
    return await captureOne(devices, { kind, deviceId: wantedId(kind) });
  };
  const slotOf = (kind: 'audioinput' | 'videoinput', on: boolean): CaptureSlot =>
    createCaptureSlot({ on, releaseWhenOff: kind === 'videoinput', open: open(kind), onChange: () => changed() });
  const microphone = slotOf('audioinput', memory.microphoneOn);
  const camera = slotOf('videoinput', memory.cameraOn);
  const slots = { audioinput: microphone, videoinput: camera };

  let state = snapshot();
  function snapshot(): LocalMediaState {
    const missing: LocalMediaState['missing'] = {};
    for (const kind of ['audioinput', 'videoinput', 'audiooutput'] as const) {
      const label = choiceOf(kind).missing;
      if (label !== undefined) missing[kind] = label;
    }
    const insecure = (capture: CaptureState): CaptureState =>
      devices ? capture : { ...capture, phase: capture.on ? 'failed' : 'off', fault: capture.on ? 'insecure' : null };
    return {
      microphone: insecure(microphone.state),
      camera: insecure(camera.state),
      listed,
      speakerId: wantedId('audiooutput') ?? '',
      missing,
    };
  }
  function changed(): void {
    if (closed) return;
    // The first permission reveals the names.
    const opened = (['audioinput', 'videoinput'] as const).find((kind) => slots[kind].state.track !== null);
    if (opened && !naming && !listed[opened].some(({ label }) => label !== '')) {
      naming = true;
      void list().finally(() => {
        naming = false;
      });
    }
    state = snapshot();
    for (const listener of listeners) listener();
  }

  async function list(): Promise<void> {
    if (!devices) return;
    try {
      listed = groupDevices(await devices.enumerateDevices());
    } catch {
      // The page may not ask (a permissions policy): what it can open without a list it still opens.
    }
    changed();
  }
  /** Names appear with the first permission, and a device chosen earlier may turn out to be there. */
  async function follow(): Promise<void> {
    await list();
    for (const kind of ['audioinput', 'videoinput'] as const) {
      const slot = slots[kind];
      const { track, deviceId } = slot.state;
      const wanted = wantedId(kind);
      const isThere = listed[kind].some((device) => device.deviceId === wanted);
      if (track && isThere && wanted !== deviceId) slot.reopen();
      else slot.heal();
    }
  }
  function retry(): void {
    for (const slot of [microphone, camera]) if (slot.state.on && slot.state.phase === 'failed') slot.reopen();
  }

  async function openBoth(from: MediaDevices): Promise<void> {
    microphone.await();
    camera.await();
    try {
      const opened = await captureBoth(from, wantedId('audioinput'), wantedId('videoinput'));
      if (closed) for (const track of [opened.microphone, opened.camera]) track.stop();
      else {
        microphone.adopt(opened.microphone);
        camera.adopt(opened.camera);
      }
    } catch (thrown) {
      if (closed) return;
      for (const slot of [microphone, camera]) {
        if (isDismissed(thrown)) slot.fail(thrown);
        else slot.reopen();
      }
    }
  }

  const onDeviceChange = () => void follow();
  devices?.addEventListener('devicechange', onDeviceChange);
  const unwatch = watchPermissions(retry);

  return {
    get state() {
      return state;
    },
    onState(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start() {
      if (!devices) return changed();
      await list();
      if (closed) return;
      if (microphone.state.on && camera.state.on) await openBoth(devices);
      else for (const slot of [microphone, camera]) if (slot.state.on) slot.reopen();
      await follow();
    },
    setMicrophoneOn(on) {
      memory.rememberOn({ microphoneOn: on });
      microphone.setOn(on);
    },
    setCameraOn(on) {
      memory.rememberOn({ cameraOn: on });
      camera.setOn(on);
    },
    choose(kind, deviceId) {
      memory.choose(
        kind,
        listed[kind].find((device) => device.deviceId === deviceId),
      );
      changed();
      if (kind !== 'audiooutput') slots[kind].reopen();
    },
    retry,
    close() {
      closed = true;
      devices?.removeEventListener('devicechange', onDeviceChange);
      unwatch();
      microphone.close();
      camera.close();
      listeners.clear();
    },
  };
}
