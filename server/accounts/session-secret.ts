import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, known to the client alone; kept is their hash. */
export const makeSecret = (): string => randomBytes(32).toString('base64url');
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');
