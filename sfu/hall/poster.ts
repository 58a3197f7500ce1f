import type { Poster } from '../contract/poster.ts';
import { cutOf } from './cut-orders.ts';
import type { Standing } from './standing.ts';

/** A theatre sends one every few seconds: an older one shows what is not so any more. */
const POSTER_LIFE_MS = 30_000;

/** In memory alone, for half a minute. The sender's word that nothing was cut counts only where there was no newer cut. */
export function keepPoster(standing: Standing, poster: Poster | null): void {
  clearTimeout(standing.poster?.forget);
  standing.poster = undefined;
  if (poster === null || !isShowable(standing, poster)) return;
  const forget = setTimeout(() => keepPoster(standing, null), POSTER_LIFE_MS).unref();
  standing.poster = { kept: poster, forget };
}

/** null: there is none, or what it shows was cut since. */
export function findPoster(standing: Standing): Poster | null {
  const kept = standing.poster?.kept;
  return kept && isShowable(standing, kept) ? kept : null;
}

function isShowable(standing: Standing, { cutNumber }: Poster): boolean {
  const cut = cutOf(standing);
  return !cut.picture && cutNumber === cut.number;
}
