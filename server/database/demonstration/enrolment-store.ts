import { type EntityManager, In, IsNull } from 'typeorm';
import type { DemonstrationStore, Enrolment } from '../../demonstrations/store.ts';
import { insertNew, updateRow } from '../update-row.ts';
import { DemonstrationEnrolmentRow } from './rows.ts';

type EnrolmentStore = Pick<
  DemonstrationStore,
  'putEnrolment' | 'findEnrolment' | 'listEnrolments' | 'countEnrolled' | 'listEnrolledIn'
>;

export function createEnrolmentStore(manager: EntityManager): EnrolmentStore {
  return {
    async putEnrolment(enrolment) {
      const { demonstrationId, accountId, ...rest } = enrolment;
      if (!(await insertNew(manager, DemonstrationEnrolmentRow, enrolment)))
        await updateRow<Enrolment>(manager, DemonstrationEnrolmentRow, { demonstrationId, accountId }, rest);
    },
    findEnrolment: async (demonstrationId, accountId) =>
      (await manager.findOneBy(DemonstrationEnrolmentRow, { demonstrationId, accountId })) ?? undefined,
    listEnrolments: (demonstrationId) =>
      manager.find(DemonstrationEnrolmentRow, {
        where: { demonstrationId },
        order: { enrolledAt: 'ASC', accountId: 'ASC' },
      }),
    async countEnrolled(demonstrationIds) {
      const counts = new Map(demonstrationIds.map((id) => [id, 0]));
      if (demonstrationIds.length === 0) return counts;
      const found = await manager
        .createQueryBuilder(DemonstrationEnrolmentRow, 'e')
        .select('e.demonstrationId', 'demonstrationId')
        .addSelect('COUNT(*)', 'enrolled')
        .where({ demonstrationId: In([...demonstrationIds]), withdrawnAt: IsNull() })
        .groupBy('e.demonstrationId')
        .getRawMany<{ demonstrationId: string; enrolled: number | string }>();
      for (const { demonstrationId, enrolled } of found) counts.set(demonstrationId, Number(enrolled));
      return counts;
    },
    async listEnrolledIn({ accountId, facilityId }, demonstrationIds) {
      if (demonstrationIds.length === 0) return new Set();
      const found = await manager.findBy(DemonstrationEnrolmentRow, {
        accountId,
        facilityId,
        demonstrationId: In([...demonstrationIds]),
        withdrawnAt: IsNull(),
      });
      return new Set(found.map(({ demonstrationId }) => demonstrationId));
    },
  };
}
