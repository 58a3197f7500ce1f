import type { SlideView } from '../../server/contract/pathology.ts';
import type { View } from './view.ts';

/** As the objectives of a microscope. */
export const MAGNIFICATIONS = [1, 2, 4, 10, 20, 40] as const;
/** What M× means on a screen: 10 / M micrometres in a CSS pixel, the convention of scanners (20× has 0.5 µm/px). */
const UM_AT_1X = 10;
/** Beyond this nothing more can be seen, only larger pixels. */
const MAX_OVERSAMPLING = 2;
/** A scanner's 20× has 0.499 or 0.5022 µm/px: that is not beyond what was scanned. */
const TOLERANCE = 1.05;

export type PixelSize = NonNullable<SlideView['umPerPixel']>;

/** One number for both directions, of the same area. */
export function meanUmPerPixel({ x, y }: PixelSize): number {
  return Math.sqrt(x * y);
}

export interface Magnification {
  times: number;
  umPerScreenPixel: number;
  /** A pixel of the slide takes more than one of the screen. */
  beyondScan: boolean;
}

/** @param windowHeight CSS pixels */
export function magnificationOf(view: View, windowHeight: number, umPerPixel: PixelSize): Magnification {
  const slidePixels = view.imagePixelsPerScreenHeight / windowHeight;
  const umPerScreenPixel = slidePixels * meanUmPerPixel(umPerPixel);
  return { times: UM_AT_1X / umPerScreenPixel, umPerScreenPixel, beyondScan: slidePixels * TOLERANCE < 1 };
}

/** The zoom at which M× is true. */
export function heightAt(times: number, windowHeight: number, umPerPixel: PixelSize): number {
  return (windowHeight * UM_AT_1X) / times / meanUmPerPixel(umPerPixel);
}

/** The steps that make sense for a slide, those beyond its own resolution marked. None where no size is known. */
export function magnificationSteps(umPerPixel: PixelSize | null): { times: number; beyondScan: boolean }[] {
  if (!umPerPixel) return [];
  const scanned = UM_AT_1X / meanUmPerPixel(umPerPixel);
  return MAGNIFICATIONS.filter((times) => times <= scanned * MAX_OVERSAMPLING * TOLERANCE).map((times) => ({
    times,
    beyondScan: times > scanned * TOLERANCE,
  }));
}

/** 20, 5.3, 0.42: three figures are more than anybody can tell apart. */
export function figures(value: number): string {
  return String(value >= 100 ? Math.round(value) : Number(value.toPrecision(value >= 10 ? 3 : 2)));
}

export function magnificationText({ times, umPerScreenPixel }: Magnification): string {
  return `${figures(times)}× · ${micrometres(umPerScreenPixel)} µm/px`;
}

function micrometres(um: number): string {
  return um >= 10 ? um.toFixed(0) : um >= 1 ? um.toFixed(1) : um.toFixed(um >= 0.1 ? 2 : 3);
}
