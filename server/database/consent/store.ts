import { type EntityManager, In } from 'typeorm';
import type { ConsentStore } from '../../consents/store.ts';
import { insertIfNew, insertRow } from '../insert-row.ts';
import { ConsentEvidenceRow, ConsentRow, ConsentWithdrawalRow } from './rows.ts';

export function createConsentStore(manager: EntityManager): ConsentStore {
  return {
    insert: (consent) => insertRow(manager, ConsentRow, consent),

    async list(consultationId) {
      const consents = await manager.find(ConsentRow, {
        where: { consultationId },
        order: { givenAt: 'ASC', consentId: 'ASC' },
      });
      if (consents.length === 0) return [];
      const withdrawals = await manager.find(ConsentWithdrawalRow, {
        where: { consentId: In(consents.map(({ consentId }) => consentId)) },
        order: { at: 'ASC', scope: 'ASC' },
      });
      return consents.map((one) => ({
        ...one,
        withdrawals: withdrawals.filter(({ consentId }) => consentId === one.consentId),
      }));
    },

    async withdraw(withdrawals) {
      for (const one of withdrawals) await insertRow(manager, ConsentWithdrawalRow, one);
    },

    insertEvidence: (evidence) => insertIfNew(manager, ConsentEvidenceRow, evidence),
    findEvidence: async (consultationId, sha256) =>
      (await manager.findOneBy(ConsentEvidenceRow, { consultationId, sha256 })) ?? undefined,
  };
}
