import { EntitySchema } from 'typeorm';
import type { KeyChallenge, SecurityKey } from '../../accounts/security-key-store.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from '../columns.ts';

/** `credentialHash`: SHA-256 of the credential's ID, hex; an ID of 1023 bytes is too long for an index. */
export type SecurityKeyRecord = SecurityKey & { credentialHash: string };

export const SecurityKeyRow = new EntitySchema<SecurityKeyRecord>({
  name: 'security_key',
  columns: {
    keyId: primary(idColumn),
    accountId: idColumn,
    name: { type: 'varchar', length: 64 },
    credentialId: { type: 'varchar', length: 1364 },
    credentialHash: { type: 'varchar', length: 64, unique: true },
    publicKey: { type: 'text' },
    rpId: { type: 'varchar', length: 255 },
    counter: integerColumn,
    transports: jsonColumn,
    addedAt: instantColumn,
    usedAt: nullable(instantColumn),
    isDiscoverable: nullable({ type: 'boolean' }),
  },
});

export const KeyChallengeRow = new EntitySchema<KeyChallenge>({
  name: 'key_challenge',
  columns: {
    boundTo: primary(idColumn),
    purpose: primary({ type: 'varchar', length: 16 }),
    challenge: { type: 'varchar', length: 64 },
    expiresAt: instantColumn,
  },
});
