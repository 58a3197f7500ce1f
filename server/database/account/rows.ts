import { EntitySchema } from 'typeorm';
import type { Account, DraftKey, Session, SigningKey } from '../../accounts/store.ts';
import { idColumn, instantColumn, primary } from '../columns.ts';

export const AccountRow = new EntitySchema<Account>({
  name: 'account',
  columns: {
    accountId: primary(idColumn),
    login: { type: 'varchar', length: 64, unique: true },
    name: { type: 'varchar', length: 64 },
    title: { type: 'varchar', length: 64 },
    role: { type: 'varchar', length: 32 },
    specialty: { type: 'varchar', length: 64, nullable: true },
    facilityId: idColumn,
    isActive: { type: 'boolean' },
    passwordHash: { type: 'varchar', length: 255 },
  },
});

export const SessionRow = new EntitySchema<Session>({
  name: 'session',
  columns: {
    sessionId: primary(idColumn),
    accountId: idColumn,
    kind: { type: 'varchar', length: 16 },
    secretHash: { type: 'varchar', length: 64, unique: true },
    openedAt: instantColumn,
    usedAt: instantColumn,
    expiresAt: instantColumn,
  },
});

export const SigningKeyRow = new EntitySchema<SigningKey>({
  name: 'signing_key',
  columns: {
    keyId: primary(idColumn),
    accountId: idColumn,
    algorithm: { type: 'varchar', length: 16 },
    publicKey: { type: 'varchar', length: 255 },
    sealedPrivateKey: { type: 'varchar', length: 512 },
    createdAt: instantColumn,
  },
});

export const DraftKeyRow = new EntitySchema<DraftKey>({
  name: 'draft_key',
  columns: { accountId: primary(idColumn), draftKey: { type: 'varchar', length: 64 } },
});
