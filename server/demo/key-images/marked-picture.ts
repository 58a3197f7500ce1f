import type { Shape, Target, Viewport } from '../../contract/index.ts';

/** What becomes a key image: a part of a picture with what was drawn on it, as a viewer would have made it. */
export interface MarkedPicture {
  target: Target;
  viewport: Viewport;
  shapes: Shape[];
  measurements: string[];
  caption: string;
  png: Uint8Array;
  widthPx: number;
  heightPx: number;
}

/** The colour of marks on every key image that is drawn here. */
export const MARK_COLOUR = '#ffd400';
