import { z } from 'zod';
import { Failure } from '../../../server/contract/failure.ts';
import { Id, Instant } from '../../../server/contract/primitives.ts';
import { openSigned, sign } from '../../signed.ts';

/** Between nodes alone: a link is opened in the moment in which its token is made. */
const TOKEN_LIFE_MS = 60_000;

/** What a node shows to another one that has a hall's theatre and stage. */
const LinkClaims = z.object({ fromNodeId: Id, toNodeId: Id, roomId: Id, expiresAt: Instant });
export type LinkClaims = z.infer<typeof LinkClaims>;

export function mintLinkToken(claims: Omit<LinkClaims, 'expiresAt'>, secret: string): string {
  const expiresAt = new Date(Date.now() + TOKEN_LIFE_MS).toISOString();
  return sign('huizhen-pipe+jwt', { ...claims, expiresAt }, secret);
}

/** @throws Failure unauthenticated, reason token-invalid or token-expired */
export function verifyLinkToken(token: string, nodeId: string, secret: string): LinkClaims {
  const claims = LinkClaims.safeParse(openSigned('huizhen-pipe+jwt', token, secret));
  if (!claims.success || claims.data.toNodeId !== nodeId)
    throw new Failure('unauthenticated', 'not a token for a link to this node', { reason: 'token-invalid' });
  if (Date.parse(claims.data.expiresAt) <= Date.now())
    throw new Failure('unauthenticated', 'the token of the link has expired', { reason: 'token-expired' });
  return claims.data;
}
