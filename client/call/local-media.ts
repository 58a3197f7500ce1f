import { captureBoth, captureOne } from './capture.ts';
import { CaptureSlot, type CaptureState } from './capture-slot.ts';
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

export interface LocalMediaParts {
  /** Undefined where the page is not served securely. */
  devices: MediaDevices | undefined;
  memory: DeviceMemory;
  /** Calls back when the browser's permission for camera or microphone changes. */
  watchPermissions(changed: () => void): () => void;
}

const NO_DEVICES: ListedDevices = { audioinput: [], videoinput: [], audiooutput: [] };

const CAPTURED = ['audioinput', 'videoinput'] as const;
type CapturedKind = (typeof CAPTURED)[number];

/** This person's camera, microphone and loudspeaker. Everything else works without any of them. */
export class LocalMedia {
  readonly #parts: LocalMediaParts;
  readonly #slots: Record<CapturedKind, CaptureSlot>;
  readonly #listeners = new Set<() => void>();
  readonly #unwatch: () => void;
  readonly #onDeviceChange = () => void this.#follow();
  #listed = NO_DEVICES;
  /** The list is being read again for the names in it. */
  #naming = false;
  #closed = false;
  #state: LocalMediaState;

  constructor(parts: LocalMediaParts) {
    const { devices, memory, watchPermissions } = parts;
    this.#parts = parts;
    this.#slots = {
      audioinput: this.#createSlot('audioinput', memory.microphoneOn),
      videoinput: this.#createSlot('videoinput', memory.cameraOn),
    };
    this.#state = this.#snapshot();
    devices?.addEventListener('devicechange', this.#onDeviceChange);
    this.#unwatch = watchPermissions(() => this.retry());
  }

  get state(): LocalMediaState {
    return this.#state;
  }

  readonly onState = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Lists the devices and opens what the person had on the last time. */
  async start(): Promise<void> {
    const { devices } = this.#parts;
    if (!devices) return this.#changed();
    await this.#list();
    if (this.#closed) return;
    const slots = Object.values(this.#slots);
    if (slots.every(({ state }) => state.on)) await this.#openBoth(devices);
    else for (const slot of slots) if (slot.state.on) slot.reopen();
    await this.#follow();
  }

  setMicrophoneOn(on: boolean): void {
    this.#parts.memory.rememberOn({ microphoneOn: on });
    this.#slots.audioinput.setOn(on);
  }

  setCameraOn(on: boolean): void {
    this.#parts.memory.rememberOn({ cameraOn: on });
    this.#slots.videoinput.setOn(on);
  }

  /** `deviceId` empty: the system's own choice. */
  choose(kind: DeviceKind, deviceId: string): void {
    this.#parts.memory.choose(
      kind,
      this.#listed[kind].find((device) => device.deviceId === deviceId),
    );
    this.#changed();
    if (kind !== 'audiooutput') this.#slots[kind].reopen();
  }

  /** The person has changed something outside (a permission, a plug): tries what failed once more. */
  retry(): void {
    for (const slot of Object.values(this.#slots)) if (slot.state.on && slot.state.phase === 'failed') slot.reopen();
  }

  close(): void {
    this.#closed = true;
    this.#parts.devices?.removeEventListener('devicechange', this.#onDeviceChange);
    this.#unwatch();
    for (const slot of Object.values(this.#slots)) slot.close();
    this.#listeners.clear();
  }

  #createSlot(kind: CapturedKind, on: boolean): CaptureSlot {
    const { devices } = this.#parts;
    return new CaptureSlot({
      on,
      releaseWhenOff: kind === 'videoinput',
      open: async () => {
        if (!devices) throw new DOMException('not a secure page', 'InsecureError');
        return await captureOne(devices, { kind, deviceId: this.#wantedId(kind) });
      },
      onChange: () => this.#changed(),
    });
  }

  #choiceOf(kind: DeviceKind) {
    return chooseDevice(this.#listed[kind], this.#parts.memory.chosen(kind));
  }

  #wantedId(kind: DeviceKind): string | undefined {
    return this.#choiceOf(kind).device?.deviceId;
  }

  #snapshot(): LocalMediaState {
    const missing: LocalMediaState['missing'] = {};
    for (const kind of [...CAPTURED, 'audiooutput'] as const) {
      const label = this.#choiceOf(kind).missing;
      if (label !== undefined) missing[kind] = label;
    }
    return {
      microphone: this.#captureOf('audioinput'),
      camera: this.#captureOf('videoinput'),
      listed: this.#listed,
      speakerId: this.#wantedId('audiooutput') ?? '',
      missing,
    };
  }

  #captureOf(kind: CapturedKind): CaptureState {
    const { state } = this.#slots[kind];
    if (this.#parts.devices) return state;
    return { ...state, phase: state.on ? 'failed' : 'off', fault: state.on ? 'insecure' : null };
  }

  #changed(): void {
    if (this.#closed) return;
    // The first permission reveals the names.
    const opened = CAPTURED.find((kind) => this.#slots[kind].state.track !== null);
    if (opened && !this.#naming && !this.#listed[opened].some(({ label }) => label !== '')) {
      this.#naming = true;
      void this.#list().finally(() => {
        this.#naming = false;
      });
    }
    this.#state = this.#snapshot();
    for (const listener of this.#listeners) listener();
  }

  async #list(): Promise<void> {
    const { devices } = this.#parts;
    if (!devices) return;
    try {
      this.#listed = groupDevices(await devices.enumerateDevices());
    } catch {
      // The page may not ask (a permissions policy): what it can open without a list it still opens.
    }
    this.#changed();
  }

  /** Names appear with the first permission, and a device chosen earlier may turn out to be there. */
  async #follow(): Promise<void> {
    await this.#list();
    for (const kind of CAPTURED) {
      const slot = this.#slots[kind];
      const { track, deviceId } = slot.state;
      const wanted = this.#wantedId(kind);
      const isThere = this.#listed[kind].some((device) => device.deviceId === wanted);
      if (track && isThere && wanted !== deviceId) slot.reopen();
      else slot.heal();
    }
  }

  async #openBoth(from: MediaDevices): Promise<void> {
    const { audioinput: microphone, videoinput: camera } = this.#slots;
    microphone.await();
    camera.await();
    try {
      const opened = await captureBoth(from, this.#wantedId('audioinput'), this.#wantedId('videoinput'));
      if (this.#closed) for (const track of [opened.microphone, opened.camera]) track.stop();
      else {
        microphone.adopt(opened.microphone);
        camera.adopt(opened.camera);
      }
    } catch (thrown) {
      if (this.#closed) return;
      for (const slot of [microphone, camera]) {
        if (isDismissed(thrown)) slot.fail(thrown);
        else slot.reopen();
      }
    }
  }
}
