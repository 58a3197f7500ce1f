import type { MaterialView, Target } from '../../server/contract/picture-kinds.ts';
import { listingOf } from '../pictures/listings.ts';

/** What the server calls the shown picture where it lists whom files name. */
export function pictureIdOf(target: Target): string {
  return listingOf(target.kind).pictureIdOf(target);
}

/** The material that holds the picture; undefined where it was taken off the case. */
export function materialOf(materials: MaterialView[], target: Target): MaterialView | undefined {
  return materials.find((material) => material.kind === target.kind && listingOf(target.kind).holds(material, target));
}
