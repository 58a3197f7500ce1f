import { type DeviceFault, toDeviceFault } from './device-faults.ts';

/** `off`: the person wants it so; `failed`: they want it on, and `fault` says why it is not. */
export interface CaptureState {
  on: boolean;
  phase: 'off' | 'starting' | 'live' | 'failed';
  fault: DeviceFault | null;
  /** A microphone that is off keeps its track, disabled, so that it is back within a syllable; a camera that is off is released, light and all. */
  track: MediaStreamTrack | null;
  /** The device in use, which may not be the one chosen. */
  deviceId: string | null;
  /** The system, a headset or another program keeps the device: it gives silence or a standing picture, which must not pass for the real thing. */
  held: boolean;
}

export interface CaptureSlotParts {
  on: boolean;
  releaseWhenOff: boolean;
  open(): Promise<MediaStreamTrack>;
  onChange(): void;
}

/** Of a track whose source is held back: Media Capture and Streams, section 4.3.1. */
const HOLDING = ['mute', 'unmute'] as const;

/** Keeps one camera or microphone as the person wants it, over unplugging, refusal and change of mind in the middle of opening. */
export class CaptureSlot {
  readonly #parts: CaptureSlotParts;
  #state: CaptureState;
  /** Whatever was begun under an older number is stale. */
  #generation = 0;
  /** What was plugged in while the device was being opened may have come too late for it. */
  #changedMeanwhile = false;

  constructor(parts: CaptureSlotParts) {
    this.#parts = parts;
    this.#state = { on: parts.on, phase: 'off', fault: null, track: null, deviceId: null, held: false };
  }

  get state(): CaptureState {
    return this.#state;
  }

  setOn(on: boolean): void {
    const { track, phase } = this.#state;
    if (on === this.#state.on && (on ? phase !== 'failed' : true)) return;
    this.#state = { ...this.#state, on };
    if (on && !track) this.#begin();
    else if (!on && (this.#parts.releaseWhenOff || !track)) {
      this.#generation += 1;
      this.#release();
      this.#set({ track: null, deviceId: null, held: false, phase: 'off', fault: null });
    } else {
      if (track) track.enabled = on;
      this.#set({ phase: on ? 'live' : 'off', fault: null });
    }
  }

  /** Opens the device that is now wanted and changes over to it without a gap. */
  reopen(): void {
    if (this.#state.on || this.#state.track) this.#begin();
  }

  /** Something was plugged in or out: tries again what failed, or is about to fail, for the lack of it. */
  heal(): void {
    const { phase, fault } = this.#state;
    if (phase === 'starting') this.#changedMeanwhile = true;
    else if (phase === 'failed' && fault !== 'denied') this.#begin();
  }

  /** Takes over a track that was opened elsewhere. */
  adopt(track: MediaStreamTrack): void {
    this.#generation += 1;
    if (!this.#state.on && this.#parts.releaseWhenOff) track.stop();
    else this.#take(track);
  }

  /** Somebody else is opening the device for this slot right now. */
  await(): void {
    this.#generation += 1;
    this.#set({ phase: 'starting' });
  }

  fail(thrown: unknown): void {
    const { on, track } = this.#state;
    const fault = toDeviceFault(thrown);
    const retry = this.#changedMeanwhile && on && !track && fault !== 'denied';
    // A change to another device that failed leaves the one in use running.
    this.#set(track ? { fault } : { fault, phase: on ? 'failed' : 'off' });
    if (retry) this.#begin();
  }

  close(): void {
    this.#generation += 1;
    this.#release();
    this.#state = { ...this.#state, track: null, deviceId: null, held: false, phase: 'off' };
  }

  #begin(): void {
    this.#generation += 1;
    this.#changedMeanwhile = false;
    const mine = this.#generation;
    if (!this.#state.track) this.#set({ phase: 'starting' });
    this.#parts.open().then(
      (track) => (mine === this.#generation ? this.#take(track) : track.stop()),
      (thrown: unknown) => {
        if (mine === this.#generation) this.fail(thrown);
      },
    );
  }

  #take(track: MediaStreamTrack): void {
    const { on } = this.#state;
    this.#release();
    track.enabled = on;
    track.addEventListener('ended', this.#lost);
    for (const name of HOLDING) track.addEventListener(name, this.#hold);
    this.#set({
      track,
      held: track.muted,
      deviceId: track.getSettings().deviceId ?? null,
      fault: null,
      phase: on ? 'live' : 'off',
    });
    // Pulled out between its opening and now.
    if (track.readyState === 'ended') this.#lost();
  }

  readonly #hold = (): void => {
    this.#set({ held: this.#state.track?.muted ?? false });
  };

  readonly #lost = (): void => {
    const { on } = this.#state;
    this.#release();
    this.#set({ track: null, deviceId: null, held: false, phase: on ? 'starting' : 'off' });
    if (this.#state.on) this.#begin();
  };

  #release(): void {
    const { track } = this.#state;
    track?.removeEventListener('ended', this.#lost);
    for (const name of HOLDING) track?.removeEventListener(name, this.#hold);
    track?.stop();
  }

  #set(change: Partial<CaptureState>): void {
    this.#state = { ...this.#state, ...change };
    this.#parts.onChange();
  }
}
