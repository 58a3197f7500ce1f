import { CaptureSlot, type CaptureState } from '../call/capture-slot.ts';
import { encodeClosely } from '../call/close-up.ts';
import { type HardwareEncoder, inHardware } from '../call/hardware-encoder.ts';
import type { OutgoingTrack, Sending } from '../call/sending.ts';

/** Media Capture and Streams, section 4.3.9: `environment` looks away from its user, `user` at them. */
export const FACINGS = ['environment', 'user'] as const;
export type Facing = (typeof FACINGS)[number];

const SIZE = { width: { ideal: 1920 }, height: { ideal: 1080 }, frameRate: { ideal: 25, max: 30 } };

export interface PhoneSendingState {
  camera: CaptureState;
  facing: Facing;
  /** The person wants nothing sent; the camera stays open for them. */
  isStopped: boolean;
}

/** The telephone's one camera, and what of it is sent: nothing before somebody says so. */
export class PhoneSending implements Sending {
  readonly #devices: Pick<MediaDevices, 'getUserMedia'> | undefined;
  readonly #slot: CaptureSlot;
  readonly #encode: OutgoingTrack['encode'];
  readonly #listeners = new Set<() => void>();
  #facing: Facing = 'environment';
  #isStopped = false;
  #state: PhoneSendingState;

  constructor(devices: Pick<MediaDevices, 'getUserMedia'> | undefined, hardware: HardwareEncoder) {
    this.#devices = devices;
    this.#encode = inHardware(hardware, encodeClosely);
    this.#slot = new CaptureSlot({
      on: true,
      releaseWhenOff: true,
      open: () => this.#open(),
      onChange: () => this.#changed(),
    });
    this.#state = this.#snapshot();
  }

  get state(): PhoneSendingState {
    return this.#state;
  }

  get tracks(): OutgoingTrack[] {
    // What is sent afterwards is another track: the theatre looks at its masks anew.
    if (this.#isStopped) return [];
    const { track, held } = this.#slot.state;
    // Each of the two cameras is a track of its own: the theatre is to know which one it sees.
    const facing = this.#facing;
    return [{ key: facing, source: 'video', label: facing, track, paused: held, encode: this.#encode }];
  }

  readonly onState = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    this.#slot.reopen();
  }

  retry(): void {
    this.#slot.reopen();
  }

  /** The other camera. Most telephones open one at a time: the one in use is let go first. */
  turn(): void {
    this.#facing = this.#facing === 'environment' ? 'user' : 'environment';
    this.#slot.setOn(false);
    this.#slot.setOn(true);
  }

  setStopped(isStopped: boolean): void {
    this.#isStopped = isStopped;
    this.#changed();
  }

  close(): void {
    this.#slot.close();
    this.#listeners.clear();
  }

  async #open(): Promise<MediaStreamTrack> {
    if (!this.#devices) throw new DOMException('not a secure page', 'SecurityError');
    const facingMode = { ideal: this.#facing };
    const stream = await this.#devices.getUserMedia({ video: { ...SIZE, facingMode } });
    const track = stream.getVideoTracks()[0];
    if (!track) throw new DOMException('the stream has no picture', 'NotFoundError');
    track.contentHint = 'detail';
    return track;
  }

  #snapshot(): PhoneSendingState {
    return { camera: this.#slot.state, facing: this.#facing, isStopped: this.#isStopped };
  }

  #changed(): void {
    this.#state = this.#snapshot();
    for (const listener of this.#listeners) listener();
  }
}

/** A telephone that is unlocked is in somebody's hand: it sends again once they say so. @returns ends it */
export function stopWhenHidden(
  sending: Pick<PhoneSending, 'setStopped'>,
  page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>,
): () => void {
  const follow = () => {
    if (page.visibilityState === 'hidden') sending.setStopped(true);
  };
  page.addEventListener('visibilitychange', follow);
  return () => page.removeEventListener('visibilitychange', follow);
}
