import { createHash, randomBytes } from 'node:crypto';
import { needsSecond } from '../access/machines.ts';
import type { MachineScope, MachineState } from '../contract/index.ts';

/** A machine's account at one facility. The token itself is with the machine; here is its SHA-256. */
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
  confirmedAt: string | null;
  /** Null with a time: by nobody, since it was made before that took two. */
  confirmedBy: string | null;
}

/** A token that nobody confirms for so long is good for nothing any more. */
const CONFIRM_MS = 7 * 24 * 3_600_000;

/** Until when a second person may confirm it; null: it needs none. */
export function confirmUntil(machine: Pick<Machine, 'scopes' | 'madeAt'>): string | null {
  return needsSecond(machine) ? new Date(Date.parse(machine.madeAt) + CONFIRM_MS).toISOString() : null;
}

/** By which a token is told from a session's: searched for in logs and repositories, and looked up in one place only. */
const PREFIX = 'hzm_';
/** 256 random bits: nobody guesses one, and a plain hash of it is enough. */
const SECRET_BYTES = 32;

export const makeToken = (): string => PREFIX + randomBytes(SECRET_BYTES).toString('base64url');

export const isMachineToken = (secret: string): boolean => secret.startsWith(PREFIX);

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export function machineState(
  machine: Pick<Machine, 'scopes' | 'madeAt' | 'confirmedAt' | 'revokedAt' | 'expiresAt'>,
  isFacilityOpen: boolean,
  at: Date,
): MachineState {
  if (machine.revokedAt !== null) return 'revoked';
  if (at.toISOString() >= machine.expiresAt) return 'expired';
  const until = confirmUntil(machine);
  if (until !== null && machine.confirmedAt === null) return at.toISOString() < until ? 'unconfirmed' : 'lapsed';
  return isFacilityOpen ? 'active' : 'closed';
}
