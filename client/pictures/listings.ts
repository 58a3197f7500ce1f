import type { PictureKind } from '../../server/contract/picture-kinds.ts';
import { documents } from '../documents/listing.ts';
import { ecg } from '../ecg/listing.ts';
import { imaging } from '../imaging/listing.ts';
import { pathology } from '../slide/listing.ts';
import type { Listing } from './listing.ts';

const listings: { readonly [K in PictureKind]: Listing<K> } = { imaging, ecg, pathology, documents };

export function listingOf<K extends PictureKind>(kind: K): Listing<K> {
  return listings[kind];
}
