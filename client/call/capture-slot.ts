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

export interface CaptureSlot {
  readonly state: CaptureState;
  setOn(on: boolean): void;
  /** Opens the device that is now wanted and changes over to it without a gap. */
  reopen(): void;
  /** Something was plugged in or out: tries again what failed, or is about to fail, for the lack of it. */
  heal(): void;
  /** Takes over a track that was opened elsewhere. */
  adopt(track: MediaStreamTrack): void;
  /** Somebody else is opening the device for this slot right now. */
  await(): void;
  fail(thrown: unknown): void;
  close(): void;
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
export function createCaptureSlot({ on, releaseWhenOff, open, onChange }: CaptureSlotParts): CaptureSlot {
  let state: CaptureState = { on, phase: 'off', fault: null, track: null, deviceId: null, held: false };
  /** Whatever was begun under an older number is stale. */
  let generation = 0;
  /** What was plugged in while the device was being opened may have come too late for it. */
  let changedMeanwhile = false;

  const set = (change: Partial<CaptureState>) => {
    state = { ...state, ...change };
    onChange();
  };
  const release = () => {
    state.track?.removeEventListener('ended', lost);
    for (const name of HOLDING) state.track?.removeEventListener(name, hold);
    state.track?.stop();
  };
  function hold(): void {
    set({ held: state.track?.muted ?? false });
  }
  function lost(): void {
    release();
    set({ track: null, deviceId: null, held: false, phase: state.on ? 'starting' : 'off' });
    if (state.on) begin();
  }
  const take = (track: MediaStreamTrack) => {
    release();
    track.enabled = state.on;
    track.addEventListener('ended', lost);
    for (const name of HOLDING) track.addEventListener(name, hold);
    set({
      track,
      held: track.muted,
      deviceId: track.getSettings().deviceId ?? null,
      fault: null,
      phase: state.on ? 'live' : 'off',
    });
    // Pulled out between its opening and now.
    if (track.readyState === 'ended') lost();
  };
  const failed = (thrown: unknown) => {
    const fault = toDeviceFault(thrown);
    const retry = changedMeanwhile && state.on && !state.track && fault !== 'denied';
    // A change to another device that failed leaves the one in use running.
    set(state.track ? { fault } : { fault, phase: state.on ? 'failed' : 'off' });
    if (retry) begin();
  };
  function begin(): void {
    generation += 1;
    changedMeanwhile = false;
    const mine = generation;
    if (!state.track) set({ phase: 'starting' });
    open().then(
      (track) => (mine === generation ? take(track) : track.stop()),
      (thrown: unknown) => {
        if (mine === generation) failed(thrown);
      },
    );
  }

  return {
    get state() {
      return state;
    },
    setOn(next) {
      if (next === state.on && (next ? state.phase !== 'failed' : true)) return;
      state = { ...state, on: next };
      if (next && !state.track) begin();
      else if (!next && (releaseWhenOff || !state.track)) {
        generation += 1;
        release();
        set({ track: null, deviceId: null, held: false, phase: 'off', fault: null });
      } else {
        if (state.track) state.track.enabled = next;
        set({ phase: next ? 'live' : 'off', fault: null });
      }
    },
    reopen() {
      if (state.on || state.track) begin();
    },
    heal() {
      if (state.phase === 'starting') changedMeanwhile = true;
      else if (state.phase === 'failed' && state.fault !== 'denied') begin();
    },
    adopt(track) {
      generation += 1;
      if (!state.on && releaseWhenOff) track.stop();
      else take(track);
    },
    await() {
      generation += 1;
      set({ phase: 'starting' });
    },
    fail: failed,
    close() {
      generation += 1;
      release();
      state = { ...state, track: null, deviceId: null, held: false, phase: 'off' };
    },
  };
}
