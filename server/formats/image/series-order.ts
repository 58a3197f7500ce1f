import { byAcquisition, compareValues, type Passing, type PassKind, splitIntoPasses } from './passes.ts';
import { type Spacing, spacingOf } from './slice-spacing.ts';

type Vector = [number, number, number];

/** What ordering needs of one frame; an `ImageDescription` has it. */
export interface Placed extends Passing {
  imagePositionPatient: Vector | null;
  imageOrientationPatient: [number, number, number, number, number, number] | null;
}

export interface SeriesOrder<T> extends Spacing {
  /** First to last; where positions are known, along the normal of the images, in the direction in which their numbers rise. */
  images: T[];
  /** `position`: by (0020,0032) along the normal; `instance-number`: by (0020,0013), then frame. */
  by: 'position' | 'instance-number';
  /** Passes over the same positions (phases, acquisitions, echoes), one after another; one where there are no several. */
  passes: SeriesPasses;
}

export interface SeriesPasses {
  /** What tells them apart; null: there is one. */
  by: PassKind | null;
  /** How many images each has. */
  counts: number[];
}

/** Directions that differ by less than this (cosine) are the same: devices round them to a few digits. */
const SAME_DIRECTION = 1e-3;
/** Closer together than this, in millimetres, two images lie at one place (phases, echoes). */
const SAME_PLACE_MM = 0.01;

/**
 * Orders the images of a series as they lie in the patient: by the image position's distance along the normal (row direction
 * × column direction, PS3.3 section C.7.6.2.1.1). Which end is first, the instance numbers decide, so that the stack scrolls
 * as at the modality; without them the least distance. Where several passes go over the same positions, they follow one another
 * ({@link splitIntoPasses}). Where an image has no place, or they are not parallel (localizers, rotating views), by instance number
 * and frame.
 */
export function orderSeries<T extends Placed>(images: readonly T[]): SeriesOrder<T> {
  const distances = distancesAlongNormal(images);
  if (distances === null) return byNumbers(images);
  const placed = images.map((image, index) => ({ image, distance: distances[index] ?? 0, place: 0 }));
  placed.sort((one, other) => one.distance - other.distance);
  for (const [index, each] of placed.entries()) {
    const before = placed[index - 1];
    each.place = before && each.distance - before.distance < SAME_PLACE_MM ? before.place : index;
  }
  const places = new Set(placed.map(({ place }) => place)).size;
  const split = places === placed.length ? { by: null, passes: [placed] } : splitIntoPasses(placed);
  if (split === undefined || places === 1) return byNumbers(images);
  const distanceOf = new Map(placed.map(({ image, distance }) => [image, distance]));
  const passes = split.passes.map((pass) =>
    pass.sort((one, other) => one.place - other.place).map(({ image }) => image),
  );
  const [longest] = [...passes].sort((one, other) => other.length - one.length);
  if (longest !== undefined && runsBackwards(longest)) for (const pass of passes) pass.reverse();
  return {
    images: passes.flat(),
    by: 'position',
    passes: { by: split.by, counts: passes.map(({ length }) => length) },
    ...spacingOf(passes.map((pass) => pass.map((image) => distanceOf.get(image) ?? 0))),
  };
}

/** Numbers fall from the least to the greatest distance. A stack's own count of its places goes before the numbers of frames. */
function runsBackwards(pass: Placed[]): boolean {
  const [first, last] = [pass[0], pass.at(-1)];
  if (first === undefined || last === undefined) return false;
  return (compareValues(first.pass.inStackPosition, last.pass.inStackPosition) || byNumber(first, last)) > 0;
}

function byNumbers<T extends Placed>(images: readonly T[]): SeriesOrder<T> {
  const numbers = new Set(images.map(({ instanceNumber, frame }) => `${instanceNumber}/${frame}`));
  // Numbers that repeat begin anew with each acquisition, so that this comes first.
  const inOrder = [...images].sort(numbers.size === images.length ? byNumber : byAcquisition);
  const passes = { by: null, counts: images.length === 0 ? [] : [images.length] };
  return { images: inOrder, by: 'instance-number', passes, spacingMm: null, gaps: [], regular: false };
}

/** Distance of an image's first pixel along its own normal, millimetres; null: not known. */
export function positionAlongNormal({
  imagePositionPatient,
  imageOrientationPatient,
}: Pick<Placed, 'imagePositionPatient' | 'imageOrientationPatient'>): number | null {
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
  return distances;
}

/** Frames of one object in the order of its dimensions, else as they stand in it. Without a number: last, as they came. */
function byNumber(one: Placed, other: Placed): number {
  return (
    compareValues(one.instanceNumber, other.instanceNumber) || compareDimensions(one, other) || one.frame - other.frame
  );
}

function compareDimensions(one: Placed, other: Placed): number {
  for (const [at, { index }] of one.pass.dimensions.entries()) {
    const difference = index - (other.pass.dimensions[at]?.index ?? index);
    if (difference !== 0) return difference;
  }
  return 0;
}

function normalOf([a, b, c, d, e, f]: [number, number, number, number, number, number]): Vector {
  const normal: Vector = [b * f - c * e, c * d - a * f, a * e - b * d];
  const length = Math.hypot(...normal);
  return length === 0 ? [0, 0, 0] : [normal[0] / length, normal[1] / length, normal[2] / length];
}

function dot(one: Vector, other: Vector): number {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
}
