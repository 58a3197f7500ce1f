import { randomUUID } from 'node:crypto';
import { type EntityManager, In, IsNull } from 'typeorm';
import type { CountedQuestion, QuestionStore, StoredQuestion } from '../../asking/store.ts';
import { insertRow } from '../insert-row.ts';
import { insertNew, updateRow } from '../update-row.ts';
import { AskingQuestionRow, AskingScreenRow, AskingVoteRow } from './rows.ts';

export function createQuestionStore(manager: EntityManager): QuestionStore {
  async function counted(questions: StoredQuestion[]): Promise<CountedQuestion[]> {
    if (questions.length === 0) return [];
    const found = await manager
      .createQueryBuilder(AskingVoteRow, 'v')
      .select('v.questionId', 'questionId')
      .addSelect('COUNT(*)', 'votes')
      .where({ questionId: In(questions.map(({ questionId }) => questionId)) })
      .groupBy('v.questionId')
      .getRawMany<{ questionId: string; votes: number | string }>();
    const counts = new Map(found.map(({ questionId, votes }) => [questionId, Number(votes)]));
    return questions.map((one) => ({ ...one, voteCount: counts.get(one.questionId) ?? 0 }));
  }

  return {
    insertQuestion: (question) => insertRow(manager, AskingQuestionRow, question),
    findQuestions: async (demonstrationId, questionIds) =>
      questionIds.length === 0
        ? []
        : counted(await manager.findBy(AskingQuestionRow, { demonstrationId, questionId: In([...questionIds]) })),
    hasQuestion: (questionId) => manager.existsBy(AskingQuestionRow, { questionId }),
    async listQuestions(demonstrationId, { states, limit }) {
      const found = await manager
        .createQueryBuilder(AskingQuestionRow, 'q')
        .leftJoin('asking_vote', 'v', 'v.questionId = q.questionId')
        .select('q.questionId', 'questionId')
        .addSelect('COUNT(v.accountId)', 'votes')
        .where('q.demonstrationId = :demonstrationId AND q.state IN (:...states)', { demonstrationId, states })
        .groupBy('q.questionId')
        .addGroupBy('q.askedAt')
        .orderBy('votes', 'DESC')
        .addOrderBy('q.askedAt', 'ASC')
        .addOrderBy('q.questionId', 'ASC')
        .limit(limit)
        .getRawMany<{ questionId: string; votes: number | string }>();
      if (found.length === 0) return [];
      const questions = await manager.findBy(AskingQuestionRow, {
        questionId: In(found.map(({ questionId }) => questionId)),
      });
      const byId = new Map(questions.map((one) => [one.questionId, one]));
      return found.flatMap(({ questionId, votes }) => {
        const question = byId.get(questionId);
        return question ? [{ ...question, voteCount: Number(votes) }] : [];
      });
    },
    listQuestionsOf: async (demonstrationId, authorId, limit) =>
      counted(
        await manager.find(AskingQuestionRow, {
          where: { demonstrationId, authorId },
          order: { askedAt: 'DESC' },
          take: limit,
        }),
      ),
    async markQuestion(questionId, state, at) {
      await updateRow<StoredQuestion>(
        manager,
        AskingQuestionRow,
        { questionId },
        { state, markedAt: at.toISOString() },
      );
    },
    putVote: (vote, at) => insertNew(manager, AskingVoteRow, { ...vote, at: at.toISOString() }),
    deleteVote: async (questionId, accountId) =>
      (await manager.delete(AskingVoteRow, { questionId, accountId })).affected === 1,
    listVoted: async (demonstrationId, accountId) =>
      (await manager.findBy(AskingVoteRow, { demonstrationId, accountId })).map(({ questionId }) => questionId),
    async putOnScreen(demonstrationId, questionId, at) {
      const now = at.toISOString();
      await manager.update(AskingScreenRow, { demonstrationId, toAt: IsNull() }, { toAt: now });
      if (questionId === null) return;
      await insertRow(manager, AskingScreenRow, {
        screenId: randomUUID(),
        demonstrationId,
        questionId,
        fromAt: now,
        toAt: null,
      });
    },
    findOnScreen: async (demonstrationId) =>
      (await manager.findOneBy(AskingScreenRow, { demonstrationId, toAt: IsNull() }))?.questionId,
  };
}
