import { randomId } from '../api/random-id.ts';
import { groupDevices, type ListedDevice } from '../call/device-choice.ts';
import type { OpenPhoneLink } from '../phone-camera/phone-links.ts';
import { type CameraChoice, findCamera } from './camera-choice.ts';
import { type CameraSource, openCamera, openScreen } from './picture-request.ts';
import { type InputChange, type InputPlan, type InputState, TheatreInput } from './theatre-input.ts';
import { type KeptInput, type KeptPhone, MOST_KEPT, type TheatreMemory } from './theatre-memory.ts';
import { type PhoneStanding, TheatrePhones } from './theatre-phones.ts';

/** As many as a theatre can send beside its voice and a screen; the sfu takes eight tracks of one window (SF19). */
export const MOST_INPUTS = 6;

export interface TheatreInputsState {
  inputs: readonly InputState[];
  /** Of those inputs that are telephones. */
  phones: ReadonlyMap<string, PhoneStanding>;
  /** Cameras and capture cards that are plugged in and belong to no input yet. */
  free: readonly ListedDevice[];
}

export interface TheatreInputsParts {
  /** Undefined where the page is not served securely. */
  devices: MediaDevices | undefined;
  memory: TheatreMemory;
  watchPermissions(changed: () => void): () => void;
  openPhoneLink: OpenPhoneLink;
}

/** All the cameras, capture cards and screens of the theatre's computer, in the order in which they were added. */
export class TheatreInputs {
  readonly #parts: TheatreInputsParts;
  readonly #listeners = new Set<() => void>();
  readonly #inputs = new Map<string, TheatreInput>();
  readonly #cameras = new Map<string, ListedDevice>();
  readonly #phones: TheatrePhones;
  readonly #unwatch: () => void;
  readonly #onDeviceChange = () => void this.#follow();
  /** There is one at a time: shared anew it has the same place on air. */
  readonly #screenId = randomId();
  #listed: ListedDevice[] = [];
  #isClosed = false;
  #isCut = false;
  #state: TheatreInputsState = { inputs: [], phones: new Map(), free: [] };

  constructor(parts: TheatreInputsParts) {
    this.#parts = parts;
    this.#phones = new TheatrePhones(parts.openPhoneLink, () => this.#changed());
    parts.devices?.addEventListener('devicechange', this.#onDeviceChange);
    this.#unwatch = parts.watchPermissions(() => void this.#allowed());
    for (const { device, ...plan } of parts.memory.kept.inputs) this.#placeCamera(plan, plan.source, device);
  }

  get state(): TheatreInputsState {
    return this.#state;
  }

  readonly onState = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Lists what is plugged in and opens what was set up at this computer before. */
  async start(): Promise<void> {
    await this.#list();
    await this.#askForNames();
    if (this.#isClosed) return;
    for (const input of this.#inputs.values()) input.start();
  }

  /** It is not sent before somebody says so: its masks come first. @returns the new input's id */
  addCamera(device: ListedDevice, source: CameraSource, name: string): string {
    const inputId = randomId();
    this.#placeCamera({ inputId, source, name, zones: [], zonesRatio: null, isOn: false }, source, device).start();
    this.#keep();
    return inputId;
  }

  addScreen(name: string): string {
    const { devices } = this.#parts;
    const inputId = this.#screenId;
    let isChosen = false;
    const open = async () => {
      try {
        if (!devices || isChosen) throw new DOMException('the screen is not shared any more', 'NotFoundError');
        isChosen = true;
        return await openScreen(devices);
      } catch (thrown) {
        // Asking for a screen takes a press of the person: one that was not chosen, or has ended, goes.
        if (devices) this.remove(inputId);
        throw thrown;
      }
    };
    this.#place({ inputId, source: 'screen', name, zones: [], zonesRatio: null, isOn: false }, open).start();
    return inputId;
  }

  /** A telephone that was invited. It is masked here as any camera is, and its own picture goes nowhere else. */
  addPhone(cameraId: string, name: string): void {
    if (this.#inputs.has(cameraId)) return;
    const kept = this.#parts.memory.kept.phones.find(({ inputId }) => inputId === cameraId);
    const plan = kept ?? { inputId: cameraId, source: 'device' as const, name, zones: [], zonesRatio: null };
    const input = this.#place({ ...plan, isOn: false }, () => this.#phones.open(cameraId));
    this.#phones.add(cameraId, input);
    input.start();
    this.#keep();
  }

  change(inputId: string, change: InputChange): void {
    if (this.#isClosed) return;
    if (change.isOn) this.#phones.seen(inputId);
    this.#inputs.get(inputId)?.change(change);
    this.#keep();
  }

  remove(inputId: string): void {
    this.#inputs.get(inputId)?.close();
    this.#inputs.delete(inputId);
    this.#cameras.delete(inputId);
    this.#phones.remove(inputId);
    const { memory } = this.#parts;
    memory.keep({ phones: memory.kept.phones.filter((kept) => kept.inputId !== inputId) });
    this.#keep();
    this.#changed();
  }

  retry(inputId: string): void {
    this.#inputs.get(inputId)?.retry();
  }

  /** All pictures are black from this moment on, those that are added later as well. */
  setCut(isCut: boolean): void {
    this.#isCut = isCut;
    for (const input of this.#inputs.values()) input.setCut(isCut);
  }

  takeStill(inputId: string): Promise<Blob | null> {
    return this.#inputs.get(inputId)?.takeStill() ?? Promise.resolve(null);
  }

  takePoster(inputId: string): Promise<Blob | null> {
    return this.#inputs.get(inputId)?.takePoster() ?? Promise.resolve(null);
  }

  close(): void {
    this.#isClosed = true;
    this.#parts.devices?.removeEventListener('devicechange', this.#onDeviceChange);
    this.#unwatch();
    for (const input of this.#inputs.values()) input.close();
    this.#phones.close();
    this.#listeners.clear();
  }

  #placeCamera(plan: InputPlan, source: CameraSource, device: ListedDevice): TheatreInput {
    const { inputId } = plan;
    this.#cameras.set(inputId, device);
    return this.#place(plan, async () => {
      const { devices } = this.#parts;
      if (!devices) throw new DOMException('not a secure page', 'SecurityError');
      const there = this.#cameraOf(inputId);
      if (!there) throw new DOMException('the camera is not plugged in', 'NotFoundError');
      // Somebody looks at its masks before it is sent again.
      if (there.isByName) this.#inputs.get(inputId)?.change({ isOn: false });
      const track = await openCamera(devices, source, there.device.deviceId);
      this.#cameras.set(inputId, there.device);
      this.#keep();
      return track;
    });
  }

  #place(plan: InputPlan, open: () => Promise<MediaStreamTrack>): TheatreInput {
    const input = new TheatreInput({ plan, open, onChange: () => this.#changed(), onShape: () => this.#keep() });
    input.setCut(this.#isCut);
    this.#inputs.set(plan.inputId, input);
    this.#changed();
    return input;
  }

  #cameraOf(inputId: string): CameraChoice | undefined {
    const wanted = this.#cameras.get(inputId);
    const others = [...this.#cameras].filter(([id]) => id !== inputId).map(([, device]) => device);
    return wanted && findCamera(this.#listed, wanted, others);
  }

  async #list(): Promise<void> {
    try {
      this.#listed = groupDevices((await this.#parts.devices?.enumerateDevices()) ?? []).videoinput;
    } catch {
      // The page may not ask (a permissions policy): nothing can be added then.
    }
    this.#changed();
  }

  async #follow(): Promise<void> {
    await this.#list();
    if (this.#isClosed) return;
    for (const input of this.#inputs.values()) input.heal();
  }

  async #allowed(): Promise<void> {
    await this.#list();
    if (this.#isClosed) return;
    for (const input of this.#inputs.values()) input.retry();
  }

  /** Cameras are listed by name, and so can be told apart, once the person has allowed one. */
  async #askForNames(): Promise<void> {
    const { devices } = this.#parts;
    if (!devices || this.#listed.some(({ label }) => label !== '')) return;
    try {
      const stream = await devices.getUserMedia({ video: true });
      for (const track of stream.getTracks()) track.stop();
      await this.#list();
    } catch {
      // Refused, or there is none: what is plugged in or allowed later is heard of.
    }
  }

  #keep(): void {
    const inputs = [...this.#inputs.values()].flatMap(({ plan }): KeptInput[] => {
      const { source, zones } = plan;
      const device = this.#cameras.get(plan.inputId);
      return device && source !== 'screen' ? [{ ...plan, source, zones: [...zones], device }] : [];
    });
    const { memory } = this.#parts;
    const open = this.#phones.ids.flatMap((cameraId): KeptPhone[] => {
      const plan = this.#inputs.get(cameraId)?.plan;
      return plan && plan.source !== 'screen' ? [{ ...plan, source: plan.source, zones: [...plan.zones] }] : [];
    });
    // Those that are not back yet keep their masks: this page may just have been opened anew.
    const others = memory.kept.phones.filter(({ inputId }) => !this.#inputs.has(inputId));
    memory.keep({ inputs, phones: [...open, ...others].slice(0, MOST_KEPT) });
  }

  #changed(): void {
    if (this.#isClosed) return;
    const taken = new Set([...this.#cameras.keys()].map((inputId) => this.#cameraOf(inputId)?.device.deviceId));
    this.#state = {
      inputs: [...this.#inputs.values()].map(({ state }) => state),
      phones: this.#phones.standings,
      free: this.#listed.filter(({ deviceId, label }) => label !== '' && !taken.has(deviceId)),
    };
    for (const listener of this.#listeners) listener();
  }
}
