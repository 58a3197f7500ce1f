import { type EntityManager, IsNull, Not } from 'typeorm';
import type { Hand, HandStore, Poll, PollStore } from '../../asking/store.ts';
import { insertRow } from '../insert-row.ts';
import { insertNew, updateRow } from '../update-row.ts';
import { AskingHandRow, AskingPollAnswerRow, AskingPollRow, type PollAnswer } from './rows.ts';

export function createHandStore(manager: EntityManager): HandStore {
  const open = { state: Not('over' as const) };
  return {
    insertHand: (hand) => insertRow(manager, AskingHandRow, hand),
    async replaceHand({ handId, ...hand }) {
      await updateRow<Hand>(manager, AskingHandRow, { handId }, hand);
    },
    findHand: async (demonstrationId, handId) =>
      (await manager.findOneBy(AskingHandRow, { demonstrationId, handId })) ?? undefined,
    findOpenHand: async (demonstrationId, accountId) =>
      (await manager.findOneBy(AskingHandRow, { demonstrationId, accountId, ...open })) ?? undefined,
    async closeHandOf(demonstrationId, accountId, at) {
      const overAt = at.toISOString();
      await manager.update(AskingHandRow, { demonstrationId, accountId, ...open }, { state: 'over', overAt });
    },
    listOpenHands: (demonstrationId) =>
      manager.find(AskingHandRow, {
        where: { demonstrationId, ...open },
        order: { raisedAt: 'ASC', handId: 'ASC' },
      }),
  };
}

export function createPollStore(manager: EntityManager): PollStore {
  return {
    insertPoll: (poll) => insertRow(manager, AskingPollRow, poll),
    findPoll: async (demonstrationId, pollId) =>
      (await manager.findOneBy(AskingPollRow, { demonstrationId, pollId })) ?? undefined,
    findLatestPoll: async (demonstrationId) =>
      (await manager.findOne(AskingPollRow, {
        where: { demonstrationId },
        // Of two that were opened in the same millisecond the open one.
        order: { openedAt: 'DESC', closedAt: 'ASC' },
      })) ?? undefined,
    async closePolls(demonstrationId, at) {
      await manager.update<Poll>(
        AskingPollRow,
        { demonstrationId, closedAt: IsNull() },
        { closedAt: at.toISOString() },
      );
    },
    async putAnswer(answer, at) {
      const row = { ...answer, at: at.toISOString() };
      if (await insertNew(manager, AskingPollAnswerRow, row)) return;
      const { pollId, accountId, option } = row;
      await updateRow<PollAnswer>(manager, AskingPollAnswerRow, { pollId, accountId }, { option, at: row.at });
    },
    findAnswer: async (pollId, accountId) =>
      (await manager.findOneBy(AskingPollAnswerRow, { pollId, accountId }))?.option,
    async countAnswers(pollId) {
      const found = await manager
        .createQueryBuilder(AskingPollAnswerRow, 'a')
        .select('a.option', 'option')
        .addSelect('COUNT(*)', 'answers')
        .where({ pollId })
        .groupBy('a.option')
        .getRawMany<{ option: number | string; answers: number | string }>();
      return new Map(found.map(({ option, answers }) => [Number(option), Number(answers)]));
    },
  };
}
