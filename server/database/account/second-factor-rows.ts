import { EntitySchema } from 'typeorm';
import type { FactorReset, PendingSignIn, TotpFactor } from '../../accounts/second-factor-store.ts';
import { idColumn, instantColumn, integerColumn, nullable, primary } from '../columns.ts';

export type TotpRecord = Omit<TotpFactor, 'secret' | 'nextSecret'> & {
  sealedSecret: string;
  sealedNextSecret: string | null;
};

export const TotpRow = new EntitySchema<TotpRecord>({
  name: 'totp_factor',
  columns: {
    accountId: primary(idColumn),
    sealedSecret: { type: 'varchar', length: 255 },
    lastStep: integerColumn,
    addedAt: nullable(instantColumn),
    sealedNextSecret: nullable({ type: 'varchar', length: 255 }),
  },
});

export interface RecoveryCodeRecord {
  /** An HMAC of account and code. */
  codeIndex: string;
  accountId: string;
  usedAt: string | null;
}

export const RecoveryCodeRow = new EntitySchema<RecoveryCodeRecord>({
  name: 'recovery_code',
  columns: {
    codeIndex: primary({ type: 'varchar', length: 64 }),
    accountId: idColumn,
    usedAt: nullable(instantColumn),
  },
});

export const FactorResetRow = new EntitySchema<FactorReset>({
  name: 'factor_reset',
  columns: { accountId: primary(idColumn), resetAt: instantColumn, reason: { type: 'varchar', length: 1000 } },
});

export const PendingSignInRow = new EntitySchema<PendingSignIn>({
  name: 'pending_sign_in',
  columns: {
    pendingId: primary(idColumn),
    accountId: idColumn,
    secretHash: { type: 'varchar', length: 64, unique: true },
    expiresAt: instantColumn,
  },
});
