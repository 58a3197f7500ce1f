import type { MaskPlan } from './covered-parts.ts';

/** What masked pictures tell of themselves. */
export interface MaskedPictures {
  /** So many have come since the last time. */
  count: number;
  /** Of the plan that the newest of them was masked by. */
  revision: number;
  /** It has the shape that the plan was drawn for; else all of it is black. */
  fits: boolean;
  width: number;
  height: number;
}

export interface MaskingParts {
  /** The camera's own picture: what is done with it here is the only use that anybody makes of it. */
  raw: MediaStreamTrack;
  plan: MaskPlan;
  /** Counted by whoever draws, so that a picture says which plan it was masked by. */
  revision: number;
  onFrames(pictures: MaskedPictures): void;
  /** None come for now: the window is hidden, and this way draws on the page. */
  onHidden(): void;
  /** No more will come. */
  onFault(): void;
}

/** A camera's picture with its masks burnt in. */
export interface Masking {
  readonly track: MediaStreamTrack;
  setPlan(plan: MaskPlan, revision: number): void;
  /** The picture that was sent last, at the camera's own size; null where there is none with the masks as they are. */
  takeStill(): Promise<Blob | null>;
  /** The same, small, in a few kilobytes. */
  takePoster(): Promise<Blob | null>;
  close(): void;
}
