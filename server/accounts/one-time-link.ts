import { createHash, randomUUID } from 'node:crypto';
import { Failure, type MadeLink, type OneTimeLinkKind } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import type { OneTimeLink } from './one-time-link-store.ts';
import { normalizeTyped, randomLetters } from './typed-letters.ts';

/** 100 random bits, which nobody guesses over a network, in as many letters as a person types from a slip. */
const SECRET_LETTERS = 20;
const GROUP = /.{4}(?=.)/g;

const MINUTE_MS = 60_000;
export const LINK_MS: Record<OneTimeLinkKind, number> = {
  'first-administrator': 30 * MINUTE_MS,
  invitation: 72 * 60 * MINUTE_MS,
  reset: 72 * 60 * MINUTE_MS,
};

function makeSecret(): string {
  return randomLetters(SECRET_LETTERS).replace(GROUP, '$&-');
}

/** @param typed in any case, with or without its hyphens. */
export function hashLinkSecret(typed: string): string {
  return createHash('sha256').update(normalizeTyped(typed)).digest('hex');
}

/** Makes a link in the place of those that were there. @param lifeMs where it is not the kind's own. */
export async function makeLink(
  stores: Pick<Stores, 'oneTimeLinks'>,
  {
    kind,
    accountId,
    madeBy = null,
    at,
    lifeMs,
  }: { kind: OneTimeLinkKind; accountId: string | null; madeBy?: string | null; at: Date; lifeMs?: number },
): Promise<MadeLink & { linkId: string }> {
  const secret = makeSecret();
  const link: OneTimeLink = {
    linkId: randomUUID(),
    kind,
    secretHash: hashLinkSecret(secret),
    accountId,
    madeBy,
    createdAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + (lifeMs ?? LINK_MS[kind])).toISOString(),
    usedAt: null,
  };
  await stores.oneTimeLinks.withdraw(accountId, at.toISOString());
  await stores.oneTimeLinks.insert(link);
  return { kind, secret, expiresAt: link.expiresAt, linkId: link.linkId };
}

/** @throws Failure not-found / link-unknown, conflict / link-used or link-expired */
export async function getOpenLink(
  stores: Pick<Stores, 'oneTimeLinks'>,
  secret: string,
  at: Date,
): Promise<OneTimeLink> {
  const link = await stores.oneTimeLinks.findByHash(hashLinkSecret(secret));
  if (!link) throw new Failure('not-found', 'no such link', { reason: 'link-unknown' });
  if (link.usedAt !== null) throw used();
  if (at.toISOString() >= link.expiresAt)
    throw new Failure('conflict', 'the link has expired', { reason: 'link-expired' });
  return link;
}

/** In the transaction that does what the link is for. @throws Failure conflict / link-used where another was quicker */
export async function useLink(stores: Pick<Stores, 'oneTimeLinks'>, link: OneTimeLink, at: Date): Promise<void> {
  if (!(await stores.oneTimeLinks.use(link.linkId, at.toISOString()))) throw used();
}

function used(): Failure {
  return new Failure('conflict', 'the link was used, or another has taken its place', { reason: 'link-used' });
}
