import { type EntityManager, In, IsNull, MoreThan } from 'typeorm';
import type { ConsultationStore } from '../../cases/store.ts';
import { insertRow } from '../insert-row.ts';
import { GrantRow } from './rows.ts';

type GrantStore = Pick<
  ConsultationStore,
  'insertGrants' | 'moveGrants' | 'listGrants' | 'shareCase' | 'listGrantsOfAccount' | 'endGrants'
>;

/** Who may see which case, and for how long. */
export function createGrantStore(manager: EntityManager): GrantStore {
  return {
    async insertGrants(grants) {
      for (const grant of grants) await insertRow(manager, GrantRow, grant);
    },

    async moveGrants(fromFacilityId, toFacilityId, at) {
      await manager.update(
        GrantRow,
        [
          { facilityId: fromFacilityId, endedAt: IsNull() },
          { facilityId: fromFacilityId, endedAt: MoreThan(at.toISOString()) },
        ],
        { facilityId: toFacilityId },
      );
    },

    listGrants: (consultationId) => manager.findBy(GrantRow, { consultationId }),

    async shareCase(accountId, otherId, at) {
      const isActive = (grant: string) =>
        `${grant}.fromAt <= :at AND (${grant}.endedAt IS NULL OR ${grant}.endedAt > :at)`;
      const found = await manager
        .createQueryBuilder(GrantRow, 'one')
        .innerJoin(GrantRow.options.name, 'other', 'other.consultationId = one.consultationId')
        .where('one.accountId = :accountId AND other.accountId = :otherId', { accountId, otherId })
        .andWhere(isActive('one'))
        .andWhere(isActive('other'), { at: at.toISOString() })
        .getCount();
      return found > 0;
    },

    async listGrantsOfAccount(accountId, consultationIds) {
      return consultationIds.length === 0
        ? []
        : manager.findBy(GrantRow, { accountId, consultationId: In(consultationIds) });
    },

    async endGrants(grantIds, { at, ...end }) {
      if (grantIds.length > 0)
        await manager.update(
          GrantRow,
          [
            { grantId: In(grantIds), endedAt: IsNull() },
            { grantId: In(grantIds), endedAt: MoreThan(at) },
          ],
          end,
        );
    },
  };
}
