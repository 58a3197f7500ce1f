import { type EntityManager, In, IsNull, LessThan, Not } from 'typeorm';
import type { SecondFactorStore } from '../../accounts/second-factor-store.ts';
import type { FieldSeal } from '../../patients/seal.ts';
import { insertRow } from '../insert-row.ts';
import { totpContext } from '../seal-contexts.ts';
import { updateRow } from '../update-row.ts';
import { FactorPolicyRow, FactorResetRow, PendingSignInRow, RecoveryCodeRow, TotpRow } from './second-factor-rows.ts';

/** There is one for all. */
const PLATFORM = 'platform';

export function createSecondFactorStore(manager: EntityManager, seal: FieldSeal): SecondFactorStore {
  const indexOf = (accountId: string, code: string) => seal.index(`${accountId}/recovery-code/${code}`);
  return {
    async listHolders(accountIds) {
      if (accountIds.length === 0) return new Set();
      const found = await manager.findBy(TotpRow, { accountId: In([...accountIds]), addedAt: Not(IsNull()) });
      return new Set(found.map(({ accountId }) => accountId));
    },
    async removeAll(accountId) {
      for (const row of [TotpRow, RecoveryCodeRow, PendingSignInRow]) await manager.delete(row, { accountId });
    },

    async noteReset(reset) {
      await manager.upsert(FactorResetRow, reset, ['accountId']);
    },
    listResets: async (accountIds) =>
      accountIds.length === 0 ? [] : manager.findBy(FactorResetRow, { accountId: In([...accountIds]) }),

    async findPolicy() {
      const found = await manager.findOneBy(FactorPolicyRow, { policyId: PLATFORM });
      if (!found) return undefined;
      const { policyId: _, ...policy } = found;
      return policy;
    },
    async putPolicy(policy) {
      await manager.delete(FactorPolicyRow, { policyId: PLATFORM });
      await insertRow(manager, FactorPolicyRow, { ...policy, policyId: PLATFORM });
    },

    async findTotp(accountId) {
      const found = await manager.findOneBy(TotpRow, { accountId });
      if (!found) return undefined;
      const { sealedSecret, ...factor } = found;
      return { ...factor, secret: seal.open(sealedSecret, totpContext(factor)) };
    },
    async putTotp({ secret, ...factor }) {
      await manager.delete(TotpRow, { accountId: factor.accountId });
      await insertRow(manager, TotpRow, { ...factor, sealedSecret: seal.seal(secret, totpContext(factor)) });
    },
    async removeTotp(accountId) {
      await manager.delete(TotpRow, { accountId });
    },
    takeStep: (accountId, step) =>
      updateRow(manager, TotpRow, { accountId, lastStep: LessThan(step) }, { lastStep: step }),
    confirmTotp: (accountId, step, addedAt) =>
      updateRow(
        manager,
        TotpRow,
        { accountId, lastStep: LessThan(step), addedAt: IsNull() },
        { lastStep: step, addedAt },
      ),

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
