import { coveredPixels, type MaskZone, type PixelRect } from './zones.ts';

/** Zones, and the width by the height of the picture over which they were drawn; null where nobody knows. */
export interface MaskPlan {
  zones: readonly MaskZone[];
  ratio: number | null;
}

/** A picture as it is looked at: turned, where its camera says so. */
export interface PictureShape {
  width: number;
  height: number;
  /** How its pixels have to be turned to be looked at. */
  rotation: number;
  flip: boolean;
}

/** What of one picture is black. `fits`: it is of the shape that the zones were drawn for; else all of it is. */
export interface Covered {
  rects: PixelRect[];
  fits: boolean;
}

/** Smaller pictures of the same shape are out by less, since they have whole pixels: 426 by 240 beside 16 by 9 by a sixth of this. */
const SAME_RATIO = 0.01;

/**
 * Which parts of each picture are black, by its own size. In a picture of another shape what was to be hidden lies elsewhere, and nobody can
 * say where: all of it is black, until it comes as it was or the zones are drawn anew.
 */
export class CoveredParts {
  #zones: readonly MaskZone[];
  #ratio: number | null;
  #turned: string | undefined;

  constructor({ zones, ratio }: MaskPlan) {
    this.#zones = zones;
    this.#ratio = ratio;
  }

  /** Nothing is to be hidden in any picture. */
  get isNothing(): boolean {
    return this.#zones.length === 0;
  }

  setPlan({ zones, ratio }: MaskPlan): void {
    this.#zones = zones;
    this.#ratio = ratio;
    this.#turned = undefined;
  }

  /** @param pixels the size in which they are counted */
  of({ width, height, rotation, flip }: PictureShape, pixels = { width, height }): Covered {
    const isWithout = this.#zones.length === 0;
    const turned = `${rotation} ${flip}`;
    if (!isWithout) {
      this.#ratio ??= width / height;
      this.#turned ??= turned;
    }
    const isSameRatio = Math.abs(width / height / (this.#ratio ?? 1) - 1) <= SAME_RATIO;
    const fits = isWithout || (isSameRatio && turned === this.#turned);
    const rects = fits
      ? this.#zones.map((zone) => coveredPixels(zone, pixels.width, pixels.height))
      : [{ left: 0, top: 0, right: pixels.width, bottom: pixels.height }];
    return { rects, fits };
  }
}
