import type { DimensionIndex, PassFacts } from './pass-facts.ts';

/** What tells one pass from the next; `dimension` and `numbers`: nothing that has a name of its own. */
export type PassKind = 'temporal-position' | 'acquisition' | 'echo' | 'diffusion' | 'dimension' | 'numbers';

/** One image at its place: `place` is the same number for images at one position. */
export interface AtPlace<T> {
  image: T;
  place: number;
}

export interface Passes<T> {
  by: PassKind;
  /** First to last, each with every place at most once. */
  passes: AtPlace<T>[][];
}

/** What splitting needs of an image. */
export interface Passing {
  pass: PassFacts;
  instanceNumber: number | null;
  frame: number;
}

interface Fact {
  kind: PassKind;
  of(facts: PassFacts): number | string | null;
}

/** Spatial dimensions: In-Stack Position Number, Image Position (Patient). All others tell passes apart. */
const SPATIAL = new Set(['00209057', '00200032', '']);
const DIMENSION_KINDS: Record<string, PassKind> = {
  '00209128': 'temporal-position',
  '00200100': 'temporal-position',
  '00209156': 'acquisition',
  '00200012': 'acquisition',
  '00189082': 'echo',
  '00189087': 'diffusion',
};
const FACTS: Fact[] = [
  { kind: 'temporal-position', of: ({ temporalPosition }) => temporalPosition },
  { kind: 'acquisition', of: ({ acquisitionNumber }) => acquisitionNumber },
  { kind: 'diffusion', of: ({ diffusionBValue }) => diffusionBValue },
  { kind: 'echo', of: ({ echoTimeMs }) => echoTimeMs },
  { kind: 'dimension', of: ({ imageType }) => imageType },
  { kind: 'acquisition', of: ({ acquiredAt }) => acquiredAt },
];

/**
 * Splits images that share places into passes over them: by the dimensions that an enhanced object states (PS3.3 section C.7.6.17),
 * else by temporal position, acquisition, b-value, echo, type and time, as many of them as it takes. undefined where nothing
 * stated tells the passes apart: the numbers of the modality are then the only order.
 */
export function splitIntoPasses<T extends Passing>(images: AtPlace<T>[]): Passes<T> | undefined {
  return byFacts(images, dimensionFacts(images)) ?? byFacts(images, FACTS) ?? byRestartingNumbers(images);
}

/** One fact for each dimension that is not a place, where all images have the same dimensions. */
function dimensionFacts(images: AtPlace<Passing>[]): Fact[] {
  const pointersOf = (dimensions: DimensionIndex[]) => dimensions.map(({ pointer }) => pointer).join();
  const [first] = images;
  const dimensions = first?.image.pass.dimensions ?? [];
  const same = images.every(({ image }) => pointersOf(image.pass.dimensions) === pointersOf(dimensions));
  if (!same) return [];
  return dimensions.flatMap(({ pointer }, at): Fact[] =>
    SPATIAL.has(pointer)
      ? []
      : [{ kind: DIMENSION_KINDS[pointer] ?? 'dimension', of: (facts) => facts.dimensions[at]?.index ?? null }],
  );
}

function byFacts<T extends Passing>(images: AtPlace<T>[], facts: Fact[]): Passes<T> | undefined {
  let groups = [images];
  let repeated = repetitions(groups);
  const kinds = new Set<PassKind>();
  for (const fact of facts) {
    if (repeated === 0) break;
    const split = groups.flatMap((group) => splitBy(group, fact));
    // A fact that differs from slice to slice (each one's own time) is no pass.
    if (repetitions(split) >= repeated || split.length > images.length / 2) continue;
    groups = split;
    repeated = repetitions(groups);
    kinds.add(fact.kind);
  }
  if (repeated > 0 || groups.length < 2) return undefined;
  const [by = 'dimension', ...others] = kinds;
  return { by: others.length === 0 ? by : 'dimension', passes: groups };
}

function splitBy<T extends Passing>(images: AtPlace<T>[], fact: Fact): AtPlace<T>[][] {
  const groups = new Map<number | string | null, AtPlace<T>[]>();
  for (const each of images) {
    const value = fact.of(each.image.pass);
    const group = groups.get(value);
    if (group) group.push(each);
    else groups.set(value, [each]);
  }
  return [...groups].sort(([one], [other]) => compareValues(one, other)).map(([, group]) => group);
}

/** How many images lie where another one of their group lies already. */
function repetitions(groups: AtPlace<unknown>[][]): number {
  return groups.reduce((sum, group) => sum + group.length - new Set(group.map(({ place }) => place)).size, 0);
}

/**
 * Numbers that begin anew with each pass, and nothing that names the pass: in the order of acquisition a pass ends where a place
 * comes again.
 */
function byRestartingNumbers<T extends Passing>(images: AtPlace<T>[]): Passes<T> | undefined {
  const numbers = new Set(images.map(({ image }) => `${image.instanceNumber}/${image.frame}`));
  if (numbers.size === images.length) return undefined;
  const inOrder = [...images].sort((one, other) => byAcquisition(one.image, other.image));
  const passes: AtPlace<T>[][] = [];
  let seen = new Set<number>();
  for (const each of inOrder) {
    if (passes.length === 0 || seen.has(each.place)) {
      passes.push([]);
      seen = new Set();
    }
    seen.add(each.place);
    passes.at(-1)?.push(each);
  }
  const counts = new Map<number, number>();
  for (const { place } of images) counts.set(place, (counts.get(place) ?? 0) + 1);
  return passes.length === Math.max(...counts.values()) ? { by: 'numbers', passes } : undefined;
}

/** By acquisition, then time, then number: what is left to go by where numbers repeat. */
export function byAcquisition(one: Passing, other: Passing): number {
  return (
    compareValues(one.pass.acquisitionNumber, other.pass.acquisitionNumber) ||
    compareValues(one.pass.acquiredAt, other.pass.acquiredAt) ||
    compareValues(one.instanceNumber, other.instanceNumber) ||
    one.frame - other.frame
  );
}

/** What is not stated comes last. */
export function compareValues(one: number | string | null, other: number | string | null): number {
  if (one === other) return 0;
  if (one === null || one === '') return 1;
  if (other === null || other === '') return -1;
  return one < other ? -1 : 1;
}
