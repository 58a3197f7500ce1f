import { createHash, randomBytes } from 'node:crypto';
import type { MachineScope, MachineState } from '../contract/index.ts';

/** A program's account at one facility. The token itself is with the program; here is its SHA-256. */
export interface Machine {
  machineId: string;
  facilityId: string;
  name: string;
  scopes: MachineScope[];
  secretHash: string;
  madeAt: string;
  madeBy: string;
  expiresAt: string;
  usedAt: string | null;
  revokedAt: string | null;
  revokedBy: string | null;
}

/** By which a token is told from a session's: searched for in logs and repositories, and looked up in one place only. */
const PREFIX = 'hzm_';
/** 256 random bits: nobody guesses one, and a plain hash of it is enough. */
const SECRET_BYTES = 32;

export const makeToken = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64url');

export const isMachineToken = (secret: string): boolean => secret.startsWith(PREFIX);

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export function machineState(
  { revokedAt, expiresAt }: Pick<Machine, 'revokedAt' | 'expiresAt'>,
  isFacilityOpen: boolean,
  at: Date,
): MachineState {
  if (revokedAt !== null) return 'revoked';
  if (at.toISOString() >= expiresAt) return 'expired';
  return isFacilityOpen ? 'active' : 'closed';
}
