import type { MaskZone } from './zones.ts';

export interface MaskingParts {
  /** The camera's own picture: what is done with it here is the only use that anybody makes of it. */
  raw: MediaStreamTrack;
  zones: readonly MaskZone[];
  /** So many masked pictures have come since the last time. */
  onFrames(count: number): void;
  /** None come for now: the window is hidden, and this way draws on the page. */
  onHidden(): void;
  /** No more will come. */
  onFault(): void;
}

/** A camera's picture with its masks burnt in. */
export interface Masking {
  readonly track: MediaStreamTrack;
  setZones(zones: readonly MaskZone[]): void;
  /** The picture that was sent last, at the camera's own size; null where there is none. */
  takeStill(): Promise<Blob | null>;
  /** The same, small, in a few kilobytes. */
  takePoster(): Promise<Blob | null>;
  close(): void;
}
