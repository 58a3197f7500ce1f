import { CaptureSlot, type CaptureState } from '../call/capture-slot.ts';
import { chooseDevice, groupDevices, type ListedDevice } from '../call/device-choice.ts';
import { openSound } from './sound-request.ts';
import type { SoundKind, TheatreMemory, VoiceMode } from './theatre-memory.ts';

export interface TheatreSoundState {
  capture: CaptureState;
  listed: readonly ListedDevice[];
  kind: SoundKind;
  mode: VoiceMode;
  /** By `KeyboardEvent.code`. */
  key: string;
  /** The label of the microphone that was chosen earlier and is not there now. */
  missing: string | undefined;
}

export interface TheatreSoundParts {
  /** Undefined where the page is not served securely. */
  devices: MediaDevices | undefined;
  memory: TheatreMemory;
}

/** The theatre's one sound: a microphone or a line, open all the time or while a key is held down. */
export class TheatreSound {
  readonly #parts: TheatreSoundParts;
  readonly #slot: CaptureSlot;
  readonly #listeners = new Set<() => void>();
  readonly #onDeviceChange = () => void this.#follow();
  #listed: ListedDevice[] = [];
  #isClosed = false;
  #isCut = false;
  #state: TheatreSoundState;

  constructor(parts: TheatreSoundParts) {
    this.#parts = parts;
    this.#slot = new CaptureSlot({
      on: parts.memory.kept.voiceMode === 'open',
      // Back within a syllable, also by foot.
      releaseWhenOff: false,
      open: () => this.#open(),
      onChange: () => this.#changed(),
    });
    this.#state = this.#snapshot();
    parts.devices?.addEventListener('devicechange', this.#onDeviceChange);
  }

  get state(): TheatreSoundState {
    return this.#state;
  }

  readonly onState = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  async start(): Promise<void> {
    await this.#list();
    if (this.#isClosed) return;
    this.#begin();
  }

  /** `deviceId` empty: the system's own choice. */
  choose(deviceId: string): void {
    const device = this.#listed.find((one) => one.deviceId === deviceId);
    this.#keepSound({ device: device ?? { deviceId: '', label: '' } });
  }

  setKind(kind: SoundKind): void {
    this.#keepSound({ kind });
  }

  setMode(voiceMode: VoiceMode): void {
    this.#parts.memory.keep({ voiceMode });
    this.#slot.setOn(voiceMode === 'open');
    this.#changed();
  }

  setKey(voiceKey: string): void {
    this.#parts.memory.keep({ voiceKey });
    this.#changed();
  }

  /** The voice is sent, or not: by the button, or while the key is held down. */
  setSpeaking(speaks: boolean): void {
    this.#slot.setOn(speaks);
  }

  /** Cut sound is silent from this moment on, whatever becomes of the line, and whoever pushes the key. */
  setCut(isCut: boolean): void {
    this.#isCut = isCut;
    this.#changed();
  }

  retry(): void {
    this.#begin();
  }

  close(): void {
    this.#isClosed = true;
    this.#parts.devices?.removeEventListener('devicechange', this.#onDeviceChange);
    this.#slot.close();
    this.#listeners.clear();
  }

  async #open(): Promise<MediaStreamTrack> {
    const { devices } = this.#parts;
    if (!devices) throw new DOMException('not a secure page', 'SecurityError');
    return await openSound(devices, this.#kind, this.#choice().device?.deviceId);
  }

  /** Opened in any case: whoever pushes a key speaks at once, and the level is seen before. */
  #begin(): void {
    const slot = this.#slot;
    if (slot.state.on) slot.reopen();
    else
      this.#open().then(
        (track) => (this.#isClosed ? track.stop() : slot.adopt(track)),
        (thrown: unknown) => slot.fail(thrown),
      );
  }

  get #kind(): SoundKind {
    return this.#parts.memory.kept.sound?.kind ?? 'speech';
  }

  #choice() {
    const device = this.#parts.memory.kept.sound?.device;
    return chooseDevice(this.#listed, device?.deviceId ? device : undefined);
  }

  #keepSound(change: { device?: ListedDevice; kind?: SoundKind }): void {
    const { sound } = this.#parts.memory.kept;
    const device = sound?.device ?? { deviceId: '', label: '' };
    this.#parts.memory.keep({ sound: { device, kind: this.#kind, ...change } });
    this.#begin();
    this.#changed();
  }

  async #follow(): Promise<void> {
    await this.#list();
    if (this.#isClosed) return;
    const { on, track } = this.#slot.state;
    if (on) this.#slot.heal();
    else if (!track) this.#begin();
  }

  async #list(): Promise<void> {
    try {
      this.#listed = groupDevices((await this.#parts.devices?.enumerateDevices()) ?? []).audioinput;
    } catch {
      // The page may not ask (a permissions policy): the system's own choice is still opened.
    }
    this.#changed();
  }

  #snapshot(): TheatreSoundState {
    const { voiceMode: mode, voiceKey: key } = this.#parts.memory.kept;
    const { missing } = this.#choice();
    return { capture: this.#slot.state, listed: this.#listed, kind: this.#kind, mode, key, missing };
  }

  #changed(): void {
    if (this.#isClosed) return;
    const { track, on } = this.#slot.state;
    if (track) track.enabled = on && !this.#isCut;
    this.#state = this.#snapshot();
    for (const listener of this.#listeners) listener();
  }
}
