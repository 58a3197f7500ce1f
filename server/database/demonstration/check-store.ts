import { type EntityManager, EntitySchema, In, IsNull } from 'typeorm';
import type { CheckAnswer, PresenceCheck } from '../../demonstrations/checks/check.ts';
import type { PresenceCheckStore } from '../../demonstrations/checks/store.ts';
import { idColumn, instantColumn, integerColumn, nullable, primary } from '../columns.ts';
import { insertNew, updateRow } from '../update-row.ts';

export const PresenceCheckRow = new EntitySchema<PresenceCheck>({
  name: 'demonstration_check',
  columns: {
    demonstrationId: primary(idColumn),
    slot: primary(integerColumn),
    checkId: idColumn,
    dueAt: instantColumn,
    askedAt: nullable(instantColumn),
  },
});

export const CheckAnswerRow = new EntitySchema<CheckAnswer>({
  name: 'demonstration_check_answer',
  columns: { checkId: primary(idColumn), accountId: primary(idColumn), answeredAt: instantColumn },
});

export function createPresenceCheckStore(manager: EntityManager): PresenceCheckStore {
  const list = (demonstrationId: string) =>
    manager.find(PresenceCheckRow, { where: { demonstrationId }, order: { slot: 'ASC' } });
  return {
    insertNew: (check) => insertNew(manager, PresenceCheckRow, check),
    find: async (checkId) => (await manager.findOneBy(PresenceCheckRow, { checkId })) ?? undefined,
    list,
    noteAsked: (checkId, at) =>
      updateRow<PresenceCheck>(
        manager,
        PresenceCheckRow,
        { checkId, askedAt: IsNull() },
        { askedAt: at.toISOString() },
      ),
    answer: (answer) => insertNew(manager, CheckAnswerRow, answer),
    async listAnswers(demonstrationId) {
      const checkIds = (await list(demonstrationId)).map(({ checkId }) => checkId);
      return checkIds.length === 0 ? [] : manager.findBy(CheckAnswerRow, { checkId: In(checkIds) });
    },
  };
}
