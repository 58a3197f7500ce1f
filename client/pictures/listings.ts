import type { MaterialView, PictureKind, Target } from '../../server/contract/picture-kinds.ts';
import { documents } from '../documents/listing.ts';
import { ecg } from '../ecg/listing.ts';
import { imaging } from '../imaging/listing.ts';
import { pathology } from '../slide/listing.ts';
import type { Listing } from '../viewer/listing.ts';

const listings: { readonly [K in PictureKind]: Listing<K> } = { imaging, ecg, pathology, documents };

export function listingOf<K extends PictureKind>(kind: K): Listing<K> {
  return listings[kind];
}

/** What the server calls the shown picture where it lists whom files name. */
export function pictureIdOf(target: Target): string {
  return listingOf(target.kind).pictureIdOf(target);
}

/** The material that holds the picture; undefined where it was taken off the case. */
export function materialOf(materials: MaterialView[], target: Target): MaterialView | undefined {
  return materials.find((material) => material.kind === target.kind && listingOf(target.kind).holds(material, target));
}
