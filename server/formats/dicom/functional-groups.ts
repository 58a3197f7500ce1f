import type { Attributes } from './attributes.ts';

const SHARED = '52009229';
const PER_FRAME = '52009230';

/**
 * The item that holds an attribute of one frame (from 1): the frame's own functional group, else the shared one, else, in
 * objects that are not enhanced, the dataset itself (PS3.3 section C.7.6.16).
 */
export function functionalGroup(dataset: Attributes, frame: number, groupTag: string): Attributes {
  const own = dataset.items(PER_FRAME)[frame - 1]?.items(groupTag)[0];
  return own ?? dataset.items(SHARED)[0]?.items(groupTag)[0] ?? dataset;
}
