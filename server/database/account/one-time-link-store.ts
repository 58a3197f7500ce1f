import { type EntityManager, In, IsNull, MoreThan } from 'typeorm';
import type { OneTimeLinkStore } from '../../accounts/one-time-link-store.ts';
import { insertRow } from '../insert-row.ts';
import { updateRow } from '../update-row.ts';
import { OneTimeLinkRow } from './rows.ts';

export function createOneTimeLinkStore(manager: EntityManager): OneTimeLinkStore {
  const of = (accountId: string | null) => (accountId === null ? IsNull() : accountId);
  return {
    insert: (link) => insertRow(manager, OneTimeLinkRow, link),
    findByHash: async (secretHash) => (await manager.findOneBy(OneTimeLinkRow, { secretHash })) ?? undefined,
    listOpen: (accountIds, at) =>
      manager.find(OneTimeLinkRow, {
        where: {
          accountId: accountIds === null ? IsNull() : In([...accountIds]),
          usedAt: IsNull(),
          expiresAt: MoreThan(at),
        },
        order: { createdAt: 'DESC' },
      }),
    use: (linkId, at) => updateRow(manager, OneTimeLinkRow, { linkId, usedAt: IsNull() }, { usedAt: at }),
    async withdraw(accountId, at) {
      await manager.update(OneTimeLinkRow, { accountId: of(accountId), usedAt: IsNull() }, { usedAt: at });
    },
  };
}
