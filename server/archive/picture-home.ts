import type { Asked } from '../access/asked.ts';
import { maySeeSlideLabels } from '../access/may.ts';
import { getCaseAccess } from '../cases/case-access.ts';
import { type AccessBasis, Failure } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';

/** What of a patient's pictures a demonstration hands to somebody now. */
export interface ShownPictures {
  /** The case that they belong to. */
  consultationId: string;
  /** @param id a SOP Instance UID, or the hash of a file */
  holds(id: string): Promise<boolean>;
}

/** @throws Failure not-found: there is no such demonstration, or it shows the caller nothing. */
export type FindShown = (asked: Asked, demonstrationId: string) => Promise<ShownPictures>;

/** Under which address pictures are asked for: a case's, or a demonstration's, whose copies name nobody. */
export type HomeAddress = { consultationId: string } | { demonstrationId: string };

/** The pictures that somebody may read under one address, and why. */
export interface PictureHome {
  basis: AccessBasis;
  consultationId: string;
  /** A slide's label and overview may be seen too. */
  showsLabels: boolean;
  /** Who is on the pictures is left out. */
  isNameless: boolean;
  /** @param id a SOP Instance UID, or the hash of a file */
  holds(id: string): Promise<boolean>;
}

/** @throws Failure not-found: no such case or demonstration, or none of the caller's business. */
export async function openHome(
  stores: Pick<Stores, 'consultations'>,
  findShown: FindShown,
  asked: Asked,
  address: HomeAddress,
): Promise<PictureHome> {
  if ('demonstrationId' in address) {
    const shown = await findShown(asked, address.demonstrationId);
    return { basis: 'demonstration', showsLabels: false, isNameless: true, ...shown };
  }
  const { consultationId } = address;
  const { basis, consultation } = await getCaseAccess(stores, asked.caller, consultationId, asked.at);
  const showsLabels = maySeeSlideLabels(basis, consultation);
  return { basis, consultationId, showsLabels, isNameless: false, holds: async () => true };
}

/** Of addresses that name either. @throws Failure not-found for neither */
export function homeAddress(params: {
  consultationId?: string | undefined;
  demonstrationId?: string | undefined;
}): HomeAddress {
  if (params.demonstrationId !== undefined) return { demonstrationId: params.demonstrationId };
  if (params.consultationId !== undefined) return { consultationId: params.consultationId };
  throw new Failure('not-found', 'no such pictures');
}

/** Those that may be read there. */
export async function heldOf<T>(
  { holds }: Pick<PictureHome, 'holds'>,
  things: readonly T[],
  idOf: (thing: T) => string,
): Promise<T[]> {
  const isHeld = await Promise.all(things.map((thing) => holds(idOf(thing))));
  return things.filter((_, at) => isHeld[at]);
}
