import { type EntityManager, In, Like } from 'typeorm';
import type { ConsentStore } from '../../consents/store.ts';
import { AgreementRow, FacilityRow } from '../facility/rows.ts';
import { insertIfNew, insertRow } from '../insert-row.ts';
import { KeyImageRow } from '../report/rows.ts';
import { InstanceRow, PictureFileRow } from '../study/rows.ts';
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
    async listEvidenceHashes(after, limit) {
      const rows: { sha256: string }[] = await manager
        .createQueryBuilder(ConsentEvidenceRow, 'evidence')
        .select('evidence.sha256', 'sha256')
        .distinct()
        .where('evidence.sha256 > :after', { after })
        .orderBy('evidence.sha256')
        .limit(limit)
        .getRawMany();
      return rows.map(({ sha256 }) => sha256);
    },
    async isNamedElsewhere(sha256) {
      // Instances and files are found by facility and hash.
      const facilities = await manager.find(FacilityRow, { select: { facilityId: true } });
      const facilityId = In(facilities.map((facility) => facility.facilityId));
      return (
        (await manager.existsBy(PictureFileRow, { facilityId, sha256 })) ||
        (await manager.existsBy(InstanceRow, { facilityId, sha256 })) ||
        (await manager.existsBy(KeyImageRow, { sha256 })) ||
        (await manager.existsBy(AgreementRow, { signedCopy: Like(`%${sha256}%`) }))
      );
    },
    findEvidence: async (consultationId, sha256) =>
      (await manager.findOneBy(ConsentEvidenceRow, { consultationId, sha256 })) ?? undefined,
  };
}
