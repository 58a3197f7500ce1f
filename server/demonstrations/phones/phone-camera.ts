import { createHash, randomBytes } from 'node:crypto';

/** A telephone that somebody of the theatre has invited as a camera. Secrets are with whoever uses them; here are their SHA-256. */
export interface PhoneCamera {
  cameraId: string;
  demonstrationId: string;
  /** Who invited it, from which facility and by which sign-in: with that it ends. */
  accountId: string;
  facilityId: string;
  sessionId: string;
  secretHash: string;
  createdAt: string;
  /** Until then the code may be read. */
  expiresAt: string;
  openedAt: string | null;
  /** Of what the telephone holds since. */
  keyHash: string | null;
  endedAt: string | null;
}

/** Long enough to take a telephone out of a pocket; short enough that nobody else finds the code on a photograph. */
export const INVITED_MS = 5 * 60_000;
/** A theatre has six inputs. */
export const MOST_PHONES = 6;

/** 256 random bits. */
export const makePhoneSecret = (): string => randomBytes(32).toString('base64url');

export const hashPhoneSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
