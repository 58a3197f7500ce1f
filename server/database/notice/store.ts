import { type EntityManager, EntitySchema, IsNull, LessThan, LessThanOrEqual } from 'typeorm';
import type { StoredNotice } from '../../notices/notice.ts';
import type { NoticeStore } from '../../notices/store.ts';
import { idColumn, instantColumn, nullable, primary } from '../columns.ts';
import { insertRow } from '../insert-row.ts';

export const NoticeRow = new EntitySchema<StoredNotice>({
  name: 'notice',
  columns: {
    noticeId: primary(idColumn),
    accountId: idColumn,
    appointmentId: idColumn,
    consultationId: nullable(idColumn),
    agreementId: nullable(idColumn),
    licenceOf: nullable(idColumn),
    licenceTo: { type: 'varchar', length: 10, nullable: true },
    proposalId: nullable(idColumn),
    machineId: nullable(idColumn),
    demonstrationId: nullable(idColumn),
    kind: { type: 'varchar', length: 32 },
    byAccountId: nullable(idColumn),
    at: instantColumn,
    readAt: nullable(instantColumn),
  },
});

export function createNoticeStore(manager: EntityManager): NoticeStore {
  return {
    async insert(notices) {
      for (const notice of notices) await insertRow(manager, NoticeRow, notice);
    },
    list: (appointmentId, limit) =>
      manager.find(NoticeRow, { where: { appointmentId }, order: { at: 'DESC', noticeId: 'DESC' }, take: limit }),
    countUnread: (appointmentId) => manager.countBy(NoticeRow, { appointmentId, readAt: IsNull() }),
    async markRead(appointmentId, until, consultationId) {
      await manager.update(
        NoticeRow,
        {
          appointmentId,
          readAt: IsNull(),
          at: LessThanOrEqual(until),
          ...(consultationId === undefined ? {} : { consultationId }),
        },
        { readAt: until },
      );
    },
    async deleteBefore(accountId, at) {
      await manager.delete(NoticeRow, { accountId, at: LessThan(at) });
    },
  };
}
