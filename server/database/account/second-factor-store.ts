import { type EntityManager, In, IsNull, LessThan, Not } from 'typeorm';
import type { SecondFactorStore, TotpFactor } from '../../accounts/second-factor-store.ts';
import type { FieldSeal } from '../../patients/seal.ts';
import { insertRow } from '../insert-row.ts';
import { nextTotpContext, totpContext } from '../seal-contexts.ts';
import { updateRow } from '../update-row.ts';
import { FactorResetRow, PendingSignInRow, RecoveryCodeRow, type TotpRecord, TotpRow } from './second-factor-rows.ts';
import { SecurityKeyRow } from './security-key-rows.ts';
import { createSecurityKeyStore } from './security-key-store.ts';

export function createSecondFactorStore(manager: EntityManager, seal: FieldSeal): SecondFactorStore {
  const indexOf = (accountId: string, code: string) => seal.index(`${accountId}/recovery-code/${code}`);
  const toRow = ({ secret, nextSecret, ...factor }: TotpFactor): TotpRecord => ({
    ...factor,
    sealedSecret: seal.seal(secret, totpContext(factor)),
    sealedNextSecret: nextSecret === null ? null : seal.seal(nextSecret, nextTotpContext(factor)),
  });
  return {
    keys: createSecurityKeyStore(manager),

    async listHolders(accountIds) {
      if (accountIds.length === 0) return new Set();
      const accountId = In([...accountIds]);
      const apps = await manager.findBy(TotpRow, { accountId, addedAt: Not(IsNull()) });
      const keys = await manager.find(SecurityKeyRow, { where: { accountId }, select: { accountId: true } });
      return new Set([...apps, ...keys].map((one) => one.accountId));
    },
    async removeAll(accountId) {
      for (const row of [TotpRow, SecurityKeyRow, RecoveryCodeRow, PendingSignInRow])
        await manager.delete(row, { accountId });
    },

    async noteReset(reset) {
      await manager.upsert(FactorResetRow, reset, ['accountId']);
    },
    listResets: async (accountIds) =>
      accountIds.length === 0 ? [] : manager.findBy(FactorResetRow, { accountId: In([...accountIds]) }),

    async findTotp(accountId) {
      const found = await manager.findOneBy(TotpRow, { accountId });
      if (!found) return undefined;
      const { sealedSecret, sealedNextSecret, ...factor } = found;
      const secret = seal.open(sealedSecret, totpContext(factor));
      const nextSecret = sealedNextSecret === null ? null : seal.open(sealedNextSecret, nextTotpContext(factor));
      return { ...factor, secret, nextSecret };
    },
    async putTotp(factor) {
      await manager.delete(TotpRow, { accountId: factor.accountId });
      await insertRow(manager, TotpRow, toRow(factor));
    },
    removeTotp: async (accountId) =>
      (await manager.delete(TotpRow, { accountId, addedAt: Not(IsNull()) })).affected === 1,
    takeStep: (accountId, step) =>
      updateRow(manager, TotpRow, { accountId, lastStep: LessThan(step) }, { lastStep: step }),
    confirmTotp: (accountId, step, addedAt) =>
      updateRow(
        manager,
        TotpRow,
        { accountId, lastStep: LessThan(step), addedAt: IsNull() },
        { lastStep: step, addedAt },
      ),
    replaceTotp: (factor) =>
      updateRow(manager, TotpRow, { accountId: factor.accountId, sealedNextSecret: Not(IsNull()) }, toRow(factor)),

    async replaceRecoveryCodes(accountId, codes) {
      await manager.delete(RecoveryCodeRow, { accountId });
      for (const code of codes)
        await insertRow(manager, RecoveryCodeRow, { codeIndex: indexOf(accountId, code), accountId, usedAt: null });
    },
    takeRecoveryCode: (accountId, code, at) =>
      updateRow(
        manager,
        RecoveryCodeRow,
        { codeIndex: indexOf(accountId, code), accountId, usedAt: IsNull() },
        { usedAt: at },
      ),
    countRecoveryCodes: (accountId) => manager.countBy(RecoveryCodeRow, { accountId, usedAt: IsNull() }),

    insertPending: (pending) => insertRow(manager, PendingSignInRow, pending),
    findPending: async (secretHash) => (await manager.findOneBy(PendingSignInRow, { secretHash })) ?? undefined,
    deletePending: async (pendingId) => (await manager.delete(PendingSignInRow, { pendingId })).affected === 1,
    async deletePendingOf(accountId) {
      await manager.delete(PendingSignInRow, { accountId });
    },
    async deleteExpiredPending(now) {
      await manager.delete(PendingSignInRow, { expiresAt: LessThan(now) });
    },
  };
}
