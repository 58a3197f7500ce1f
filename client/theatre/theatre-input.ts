import type { TrackRef } from '../../server/contract/demonstration-live.ts';
import { CaptureSlot } from '../call/capture-slot.ts';
import type { DeviceFault } from '../call/device-faults.ts';
import { blackPicture } from '../masking/black-picture.ts';
import { BurntMasks } from '../masking/burnt-masks.ts';
import { FrameGuard } from '../masking/frame-guard.ts';
import type { MaskedPictures, Masking } from '../masking/masking.ts';
import { startMasking } from '../masking/start-masking.ts';
import type { MaskZone } from '../masking/zones.ts';
import { type Clock, systemClock } from '../review/clock.ts';
import type { PictureSource } from './picture-request.ts';

/** What an input is called and how it is masked: kept from one operation to the next. */
export interface InputPlan {
  inputId: string;
  source: PictureSource;
  /** Shown to the moderator and to those who watch. */
  name: string;
  zones: readonly MaskZone[];
  /** Width by height of the picture that they were drawn over; null while there are none, or nobody knows. */
  zonesRatio: number | null;
  /** It is sent once the theatre is on air. */
  isOn: boolean;
}

/**
 * `opening`: the camera is asked for. `masked`: a picture with its masks flows. `black`: pictures should come and do not. `reshaped`: they come in
 * another shape than the masks were drawn for. `unplugged`: there is no such camera now. `failed`: it cannot be used, and `fault` says why.
 */
export type InputPicture = 'opening' | 'masked' | 'black' | 'reshaped' | 'unplugged' | 'failed';

/** What of an input a person changes. */
export type InputChange = Partial<Omit<InputPlan, 'inputId' | 'zonesRatio'>>;

export interface InputState extends InputPlan {
  picture: InputPicture;
  fault: DeviceFault | null;
  /** What may be shown and sent: masked, or black. Never the camera's own picture. */
  track: MediaStreamTrack;
  framesPerSecond: number | null;
  /** It is black only until the masks that were drawn last are in it. */
  isMaskLate: boolean;
  width: number;
  height: number;
}

/** How an input of this account's is named for the others. */
export const refOfInput = (
  accountId: string,
  { inputId, source, name }: Pick<InputPlan, 'inputId' | 'source' | 'name'>,
): TrackRef & Pick<InputPlan, 'inputId' | 'source'> => ({ accountId, source, label: name.trim() || null, inputId });

export interface TheatreInputParts {
  plan: InputPlan;
  /** Opens the camera, exactly the one that is meant. */
  open(): Promise<MediaStreamTrack>;
  onChange(): void;
  /** The shape that the masks are for is known from now on: it is kept with them. */
  onShape(): void;
  clock?: Clock;
}

/** A worker that died is replaced soon; one that is late may only be held up by a busy computer. */
const LOST_AGAIN_MS = 1_000;
const STALLED_AGAIN_MS = 4_000;

/** One camera, capture card or screen of the theatre, with its masks. The camera's own picture never leaves this class. */
export class TheatreInput {
  readonly #parts: TheatreInputParts;
  readonly #clock: Clock;
  readonly #slot: CaptureSlot;
  #plan: InputPlan;
  #raw: MediaStreamTrack | null = null;
  #masking: Masking | undefined;
  #guard: FrameGuard | undefined;
  readonly #burnt: BurntMasks;
  /** As the newest picture was. */
  #newest: Pick<MaskedPictures, 'fits' | 'width' | 'height'> | undefined;
  #cancelAgain: (() => void) | undefined;
  #isCut = false;

  constructor(parts: TheatreInputParts) {
    this.#parts = parts;
    this.#clock = parts.clock ?? systemClock;
    this.#plan = parts.plan;
    this.#burnt = new BurntMasks(this.#clock, parts.onChange);
    this.#slot = new CaptureSlot({
      on: true,
      releaseWhenOff: true,
      open: parts.open,
      onChange: () => this.#followCamera(),
    });
  }

  start(): void {
    this.#slot.reopen();
  }

  get state(): InputState {
    const picture = this.#picture();
    const { width = 0, height = 0 } = this.#newest ?? this.#raw?.getSettings() ?? {};
    return {
      ...this.#plan,
      picture,
      fault: this.#slot.state.fault,
      track: picture === 'masked' && this.#masking ? this.#masking.track : blackPicture(),
      framesPerSecond: picture === 'masked' ? (this.#guard?.framesPerSecond ?? null) : null,
      isMaskLate: this.#burnt.isLate,
      width,
      height,
    };
  }

  get plan(): InputPlan {
    return this.#plan;
  }

  change(change: InputChange): void {
    // Somebody looks at masks for a picture of another shape, or of none yet, before it is sent.
    const isUnseen = change.zones !== undefined && this.#newest?.fits !== true;
    this.#plan = { ...this.#plan, ...change, ...(isUnseen && { isOn: false }) };
    if (change.zones) this.#takeZones(change.zones);
    this.#parts.onChange();
  }

  /** A cut picture is black from this moment on, whatever becomes of the line. */
  setCut(isCut: boolean): void {
    this.#isCut = isCut;
    if (this.#masking) this.#masking.track.enabled = !isCut;
  }

  /** Something was plugged in or out. */
  heal(): void {
    this.#slot.heal();
  }

  /** The person has changed something outside: tries what failed once more. */
  retry(): void {
    if (this.#slot.state.phase === 'failed') this.#slot.reopen();
  }

  /** Another track has come in the place of the one in use. */
  renew(): void {
    this.#slot.reopen();
  }

  /** The masked picture at the camera's own size; null where none may be seen. */
  async takeStill(): Promise<Blob | null> {
    if (this.#picture() !== 'masked' || this.#isCut || !this.#masking) return null;
    const still = await this.#masking.takeStill();
    // It was cut while it was taken.
    return this.#isCut ? null : still;
  }

  /** The masked picture, small; null where none may be seen. */
  takePoster(): Promise<Blob | null> {
    return this.#picture() === 'masked' && !this.#isCut && this.#masking
      ? this.#masking.takePoster()
      : Promise.resolve(null);
  }

  close(): void {
    this.#endMasking();
    this.#burnt.close();
    this.#guard?.close();
    this.#raw = null;
    this.#slot.close();
  }

  #picture(): InputPicture {
    const { phase, fault, held } = this.#slot.state;
    if (fault === 'not-found') return 'unplugged';
    if (phase === 'failed') return 'failed';
    if (!this.#raw || this.#guard?.flow === 'awaited') return 'opening';
    if (this.#guard?.flow !== 'flowing' || held || this.#burnt.isLate) return 'black';
    return this.#newest?.fits === false ? 'reshaped' : 'masked';
  }

  /** They are for the picture as it is now. */
  #takeZones(zones: readonly MaskZone[]): void {
    const known = this.#newest ? this.#newest.width / this.#newest.height : this.#plan.zonesRatio;
    const zonesRatio = zones.length > 0 ? known : null;
    this.#plan = { ...this.#plan, zonesRatio };
    this.#masking?.setPlan({ zones, ratio: zonesRatio }, this.#burnt.draw());
  }

  #followPictures({ count, revision, fits, width, height }: MaskedPictures): void {
    const before = this.#newest;
    this.#newest = { fits, width, height };
    const { zones, zonesRatio } = this.#plan;
    const isFirst = fits && zonesRatio === null && zones.length > 0 && revision === this.#burnt.revision;
    if (isFirst) {
      this.#plan = { ...this.#plan, zonesRatio: width / height };
      this.#parts.onShape();
    }
    this.#burnt.seen(revision);
    this.#guard?.frames(count);
    const isNews = before?.fits !== fits || before.width !== width || before.height !== height;
    if (isNews) this.#parts.onChange();
  }

  #followCamera(): void {
    const { track } = this.#slot.state;
    if (track !== this.#raw) {
      this.#endMasking();
      this.#guard?.close();
      this.#raw = track;
      this.#newest = undefined;
      this.#guard = track ? new FrameGuard(this.#clock, () => this.#followFlow()) : undefined;
      this.#beginMasking();
    }
    this.#parts.onChange();
  }

  #followFlow(): void {
    if (this.#guard?.flow === 'black') this.#maskAgainAfter(STALLED_AGAIN_MS);
    this.#parts.onChange();
  }

  #beginMasking(): void {
    const guard = this.#guard;
    const raw = this.#raw;
    if (!guard || raw?.readyState !== 'live') return;
    try {
      const { zones, zonesRatio } = this.#plan;
      this.#masking = startMasking({
        raw,
        plan: { zones: [...zones], ratio: zonesRatio },
        revision: this.#burnt.revision,
        onFrames: (pictures) => this.#followPictures(pictures),
        onHidden: () => guard.fault(),
        onFault: () => this.#lose(),
      });
      this.#masking.track.enabled = !this.#isCut;
      this.#masking.track.contentHint = this.#plan.source === 'room' ? 'motion' : 'detail';
    } catch {
      // A browser that cannot mask shows nothing.
      this.#lose();
    }
  }

  /** No masked picture will come this way any more. */
  #lose(): void {
    this.#guard?.fault();
    this.#maskAgainAfter(LOST_AGAIN_MS);
    this.#parts.onChange();
  }

  /** Another worker on the same camera, unless pictures come again by then. */
  #maskAgainAfter(delayMs: number): void {
    this.#cancelAgain ??= this.#clock.after(delayMs, () => {
      this.#cancelAgain = undefined;
      if (this.#guard?.flow === 'flowing') return;
      this.#endMasking();
      this.#beginMasking();
      this.#maskAgainAfter(STALLED_AGAIN_MS);
    });
  }

  #endMasking(): void {
    this.#cancelAgain?.();
    this.#cancelAgain = undefined;
    this.#masking?.close();
    this.#masking = undefined;
  }
}
