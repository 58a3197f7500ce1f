import { randomUUID } from 'node:crypto';
import { Failure } from '../server/contract/failure.ts';
import { RoomTokenClaims } from './contract/token.ts';
import { openSigned, sign } from './signed.ts';

/** What the server says about a person; token id and time of issue are added. */
export type RoomTokenGrant = Omit<RoomTokenClaims, 'tokenId' | 'issuedAt'> &
  Partial<Pick<RoomTokenClaims, 'tokenId' | 'issuedAt'>>;

/** A token that lets one person into one room until `expiresAt`. @throws ZodError where the claims are not of the contract: a bug of the caller */
export function mintRoomToken(grant: RoomTokenGrant, secret: string): string {
  const claims = RoomTokenClaims.parse({ tokenId: randomUUID(), issuedAt: new Date().toISOString(), ...grant });
  return sign('huizhen-room+jwt', claims, secret);
}

/**
 * The claims of a token that this secret signed and that is still good.
 * @param now milliseconds since 1970
 * @throws Failure unauthenticated, reason token-invalid or token-expired
 */
export function verifyRoomToken(token: string, secret: string, now: number): RoomTokenClaims {
  const claims = RoomTokenClaims.safeParse(openSigned('huizhen-room+jwt', token, secret));
  if (!claims.success)
    throw new Failure('unauthenticated', 'not a room token of this network', { reason: 'token-invalid' });
  if (Date.parse(claims.data.expiresAt) <= now)
    throw new Failure('unauthenticated', 'the room token has expired', { reason: 'token-expired' });
  return claims.data;
}
