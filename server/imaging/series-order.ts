type Vector = [number, number, number];

/** What ordering needs of one frame; an `ImageDescription` has it. */
export interface Placed {
  imagePositionPatient: Vector | null;
  imageOrientationPatient: [number, number, number, number, number, number] | null;
  instanceNumber: number | null;
  frame: number;
}

export interface SeriesOrder<T> {
  /** First to last; where positions are known, along the normal of the images, in the direction in which their numbers rise. */
  images: T[];
  /** `position`: by (0020,0032) along the normal; `instance-number`: by (0020,0013), then frame. */
  by: 'position' | 'instance-number';
  /** Least and greatest distance from one image to the next, millimetres; null without positions or with fewer than two. */
  spacingMm: { min: number; max: number } | null;
  /** Indices in `images` after which the step is larger than half as much again as the usual one: something is missing there. */
  gapsAfter: number[];
  /** Steps differ by more than {@link EQUAL_SPACING}: the images are no regular volume. */
  regular: boolean;
}

/** Directions that differ by less than this (cosine) are the same: devices round them to a few digits. */
const SAME_DIRECTION = 1e-3;
/** Closer together than this, in millimetres, two images lie at one place (phases, echoes). */
const SAME_PLACE_MM = 0.01;
/** A step may differ from the usual one by this share of it. */
const EQUAL_SPACING = 0.05;

/**
 * Orders the images of a series as they lie in the patient: by the image position's distance along the normal (row direction
 * × column direction, PS3.3 section C.7.6.2.1.1). Which end is first, the instance numbers decide, so that the stack scrolls
 * as at the modality; without them the least distance. Where an image has no place, or they are not
 * parallel (localizers, rotating views), or several lie at one place, by instance number and frame.
 */
export function orderSeries<T extends Placed>(images: readonly T[]): SeriesOrder<T> {
  const distances = distancesAlongNormal(images);
  if (distances === null) {
    return {
      images: [...images].sort(byNumber),
      by: 'instance-number',
      spacingMm: null,
      gapsAfter: [],
      regular: false,
    };
  }
  const placed = images.map((image, index) => ({ image, distance: distances[index] ?? 0 }));
  placed.sort((one, other) => one.distance - other.distance);
  const [first, last] = [placed[0]?.image, placed.at(-1)?.image];
  if (first !== undefined && last !== undefined && byNumber(first, last) > 0) placed.reverse();
  const steps = placed.slice(1).map(({ distance }, index) => Math.abs(distance - (placed[index]?.distance ?? 0)));
  return { images: placed.map(({ image }) => image), by: 'position', ...judge(steps) };
}

/** Distance of an image's first pixel along its own normal, millimetres; null: not known. */
export function positionAlongNormal({ imagePositionPatient, imageOrientationPatient }: Placed): number | null {
  if (imagePositionPatient === null || imageOrientationPatient === null) return null;
  return dot(imagePositionPatient, normalOf(imageOrientationPatient));
}

function distancesAlongNormal(images: readonly Placed[]): number[] | null {
  const first = images[0]?.imageOrientationPatient;
  if (first === null || first === undefined) return null;
  const normal = normalOf(first);
  const distances: number[] = [];
  for (const { imagePositionPatient, imageOrientationPatient } of images) {
    if (imagePositionPatient === null || imageOrientationPatient === null) return null;
    if (dot(normal, normalOf(imageOrientationPatient)) < 1 - SAME_DIRECTION) return null;
    distances.push(dot(imagePositionPatient, normal));
  }
  const inOrder = [...distances].sort((one, other) => one - other);
  const shared = inOrder.some((distance, index) => index > 0 && distance - (inOrder[index - 1] ?? 0) < SAME_PLACE_MM);
  return shared ? null : distances;
}

function judge(steps: number[]) {
  if (steps.length === 0) return { spacingMm: null, gapsAfter: [], regular: true };
  const usual = [...steps].sort((one, other) => one - other)[Math.floor(steps.length / 2)] ?? 0;
  return {
    spacingMm: { min: Math.min(...steps), max: Math.max(...steps) },
    gapsAfter: steps.flatMap((step, index) => (step > usual * 1.5 ? [index] : [])),
    regular: steps.every((step) => Math.abs(step - usual) <= usual * EQUAL_SPACING),
  };
}

function byNumber(one: Placed, other: Placed): number {
  // Without a number: last, as they came.
  const difference = (one.instanceNumber ?? Infinity) - (other.instanceNumber ?? Infinity);
  return Number.isNaN(difference) || difference === 0 ? one.frame - other.frame : difference;
}

function normalOf([a, b, c, d, e, f]: [number, number, number, number, number, number]): Vector {
  const normal: Vector = [b * f - c * e, c * d - a * f, a * e - b * d];
  const length = Math.hypot(...normal);
  return length === 0 ? [0, 0, 0] : [normal[0] / length, normal[1] / length, normal[2] / length];
}

function dot(one: Vector, other: Vector): number {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
}
