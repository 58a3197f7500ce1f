import { createHash } from 'node:crypto';
import { type EntityManager, LessThan } from 'typeorm';
import type { SecurityKeyStore } from '../../accounts/security-key-store.ts';
import { insertNew, updateRow } from '../update-row.ts';
import { KeyChallengeRow, SecurityKeyRow } from './security-key-rows.ts';

const hashOf = (credentialId: string): string => createHash('sha256').update(credentialId).digest('hex');

export function createSecurityKeyStore(manager: EntityManager): SecurityKeyStore {
  return {
    insert: (key) => insertNew(manager, SecurityKeyRow, { ...key, credentialHash: hashOf(key.credentialId) }),
    async list(accountId) {
      const found = await manager.find(SecurityKeyRow, {
        where: { accountId },
        order: { addedAt: 'ASC', keyId: 'ASC' },
      });
      return found.map(({ credentialHash: _, ...key }) => key);
    },
    async findByCredential(credentialId) {
      const found = await manager.findOneBy(SecurityKeyRow, { credentialHash: hashOf(credentialId) });
      if (!found) return undefined;
      const { credentialHash: _, ...key } = found;
      return key;
    },
    async noteDiscoverable(keyId) {
      await manager.update(SecurityKeyRow, { keyId }, { isDiscoverable: true });
    },
    remove: async (accountId, keyId) => (await manager.delete(SecurityKeyRow, { accountId, keyId })).affected === 1,
    async takeCounter(keyId, counter, usedAt) {
      // A counter of 0 says that the authenticator does not count (WebAuthn level 3 section 7.2, step 22).
      const former = counter === 0 ? 0 : LessThan(counter);
      return updateRow(manager, SecurityKeyRow, { keyId, counter: former }, { counter, usedAt });
    },

    async putChallenge(challenge) {
      await manager.upsert(KeyChallengeRow, challenge, ['boundTo', 'purpose']);
    },
    async takeChallenge(boundTo, purpose) {
      const found = await manager.findOneBy(KeyChallengeRow, { boundTo, purpose });
      if (!found) return undefined;
      const { challenge } = found;
      const { affected } = await manager.delete(KeyChallengeRow, { boundTo, purpose, challenge });
      return affected === 1 ? found : undefined;
    },
    async deleteExpiredChallenges(now) {
      await manager.delete(KeyChallengeRow, { expiresAt: LessThan(now) });
    },
  };
}
