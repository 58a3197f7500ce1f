import { type EntityManager, MoreThan } from 'typeorm';
import type { ChatStore } from '../../chat/store.ts';
import { nextCount } from '../counter.ts';
import { insertRow } from '../insert-row.ts';
import { ChatRow } from './rows.ts';

export function createChatStore(manager: EntityManager): ChatStore {
  return {
    async append(line) {
      const appended = { ...line, sequence: await nextCount(manager, `chat/${line.consultationId}`) };
      await insertRow(manager, ChatRow, appended);
      return appended;
    },
    find: async (consultationId, messageId) =>
      (await manager.findOneBy(ChatRow, { consultationId, messageId })) ?? undefined,
    listAfter: (consultationId, afterSequence, limit) =>
      manager.find(ChatRow, {
        where: { consultationId, sequence: MoreThan(afterSequence) },
        order: { sequence: 'ASC' },
        take: limit,
      }),
  };
}
