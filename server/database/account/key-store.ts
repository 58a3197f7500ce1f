import type { EntityManager } from 'typeorm';
import type { AccountStore } from '../../accounts/store.ts';
import { insertRow } from '../insert-row.ts';
import { DraftKeyRow, FormerSigningKeyRow, SigningKeyRow } from './rows.ts';

type KeyStore = Pick<
  AccountStore,
  | 'insertSigningKey'
  | 'findSigningKey'
  | 'resealSigningKey'
  | 'retireSigningKey'
  | 'listPublicKeys'
  | 'keepDraftKey'
  | 'findDraftKey'
>;

/** The keys by which somebody signs, and by which their browsers keep drafts. */
export function createKeyStore(manager: EntityManager): KeyStore {
  return {
    insertSigningKey: (key) => insertRow(manager, SigningKeyRow, key),
    async keepDraftKey(key) {
      await manager.createQueryBuilder().insert().into(DraftKeyRow).values(key).orIgnore().execute();
    },
    findDraftKey: async (accountId) => (await manager.findOneBy(DraftKeyRow, { accountId }))?.draftKey,
    findSigningKey: async (accountId) => (await manager.findOneBy(SigningKeyRow, { accountId })) ?? undefined,
    async resealSigningKey(keyId, sealedPrivateKey) {
      await manager.update(SigningKeyRow, { keyId }, { sealedPrivateKey });
    },
    async retireSigningKey(accountId, retiredAt) {
      const key = await manager.findOneBy(SigningKeyRow, { accountId });
      if (!key) return;
      const { keyId, algorithm, publicKey, createdAt } = key;
      await insertRow(manager, FormerSigningKeyRow, { keyId, accountId, algorithm, publicKey, createdAt, retiredAt });
      await manager.delete(SigningKeyRow, { keyId });
    },
    async listPublicKeys(accountId) {
      const keys = [
        ...(await manager.findBy(SigningKeyRow, { accountId })),
        ...(await manager.findBy(FormerSigningKeyRow, { accountId })),
      ];
      return keys.map(({ publicKey }) => publicKey);
    },
  };
}
