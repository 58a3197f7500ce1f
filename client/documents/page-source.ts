import type { Size } from '../viewer/affine.ts';

export type Rotation = 0 | 90 | 180 | 270;

/** A part of a page that was turned and enlarged: where its corner lies, in canvas pixels from that page's own. */
export interface PagePart {
  /** Canvas pixels in a unit of the page. */
  scale: number;
  /** Clockwise. */
  rotation: Rotation;
  left: number;
  top: number;
}

/** A document that has been opened. */
export interface PageSource {
  readonly pageCount: number;
  /** What a unit of its pages is: a stored pixel, or 1/72 inch. */
  readonly unit: 'pixel' | 'point';
  /** Of the page as it is read upright. @throws Failure */
  sizeOf(page: number): Promise<Size>;
  /** Fills all of the canvas with the part of the page. @throws Failure, or the signal's reason. */
  draw(page: number, canvas: HTMLCanvasElement, part: PagePart, signal: AbortSignal): Promise<void>;
  dispose(): void;
}
