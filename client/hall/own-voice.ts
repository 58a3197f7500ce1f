import { useEffect, useState, useSyncExternalStore } from 'react';
import { createDeviceMemory } from '../call/device-memory.ts';
import { LocalMedia, type LocalMediaState } from '../call/local-media.ts';
import { watchPermissions } from '../call/permission-watch.ts';
import { type Sending, sendingOf } from '../call/sending.ts';

/** Camera and microphone of somebody who may speak in a hall. Nothing is opened before the person says so. */
export class OwnVoice {
  #media: LocalMedia | undefined;
  #inner: Sending | undefined;
  #stop: (() => void) | undefined;
  readonly #listeners = new Set<() => void>();
  readonly sending: Sending;

  constructor() {
    const tracks = () => this.#inner?.tracks ?? [];
    this.sending = {
      get tracks() {
        return tracks();
      },
      onState: this.onState,
    };
  }

  /** Null while nothing is open. */
  get state(): LocalMediaState | null {
    return this.#media?.state ?? null;
  }

  get media(): LocalMedia | undefined {
    return this.#media;
  }

  readonly onState = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens the microphone; the camera is another press. */
  open(): void {
    if (this.#media) return;
    const kept = createDeviceMemory(localStorage);
    // The devices are those of the calls; what was on there says nothing here.
    const memory = {
      chosen: kept.chosen,
      choose: kept.choose,
      microphoneOn: true,
      cameraOn: false,
      rememberOn: () => {},
    };
    const media = new LocalMedia({ devices: navigator.mediaDevices, memory, watchPermissions });
    this.#media = media;
    this.#inner = sendingOf(media);
    this.#stop = media.onState(this.#changed);
    media.start().catch(reportError);
    this.#changed();
  }

  close(): void {
    this.#stop?.();
    this.#media?.close();
    this.#media = this.#inner = this.#stop = undefined;
    this.#changed();
  }

  readonly #changed = (): void => {
    for (const listener of this.#listeners) listener();
  };
}

export function useOwnVoice(): OwnVoice {
  const [voice] = useState(() => new OwnVoice());
  useEffect(() => () => voice.close(), [voice]);
  return voice;
}

export function useOwnVoiceState(voice: OwnVoice): LocalMediaState | null {
  return useSyncExternalStore(voice.onState, () => voice.state);
}
