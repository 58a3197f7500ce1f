import { randomUUID } from 'node:crypto';
import { type EntityManager, IsNull } from 'typeorm';
import type { LiveChatStore } from '../../asking/store.ts';
import { nextCount } from '../counter.ts';
import { insertRow } from '../insert-row.ts';
import { insertNew, updateRow } from '../update-row.ts';
import { AskingLineRow, AskingPaceRow, AskingReactionRow, type StoredPace } from './rows.ts';

export function createLiveChatStore(manager: EntityManager): LiveChatStore {
  return {
    async appendLine(line) {
      const appended = { ...line, sequence: await nextCount(manager, `live-chat/${line.demonstrationId}`) };
      await insertRow(manager, AskingLineRow, appended);
      return appended;
    },
    findLine: async (demonstrationId, messageId) =>
      (await manager.findOneBy(AskingLineRow, { demonstrationId, messageId })) ?? undefined,
    listLines: async (demonstrationId, limit) =>
      (
        await manager.find(AskingLineRow, {
          where: { demonstrationId, removedAt: IsNull() },
          order: { sequence: 'DESC' },
          take: limit,
        })
      ).toReversed(),
    async removeLine(demonstrationId, messageId, at) {
      await manager.update(AskingLineRow, { demonstrationId, messageId }, { removedAt: at.toISOString() });
    },
    findLastWritten: async (demonstrationId, authorId) =>
      (
        await manager.findOne(AskingLineRow, {
          where: { demonstrationId, authorId },
          order: { at: 'DESC' },
        })
      )?.at,
    findPace: async (demonstrationId) => (await manager.findOneBy(AskingPaceRow, { demonstrationId }))?.paceS,
    async putPace(demonstrationId, paceS, at) {
      const changedAt = at.toISOString();
      if (!(await insertNew(manager, AskingPaceRow, { demonstrationId, paceS, changedAt })))
        await updateRow<StoredPace>(manager, AskingPaceRow, { demonstrationId }, { paceS, changedAt });
    },
    async insertReactions(demonstrationId, reactions, at) {
      for (const { kind, count } of reactions)
        await insertRow(manager, AskingReactionRow, {
          reactionId: randomUUID(),
          demonstrationId,
          kind,
          count,
          at: at.toISOString(),
        });
    },
  };
}
