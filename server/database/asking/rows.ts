import { EntitySchema } from 'typeorm';
import type { Hand, Poll, StoredLine, StoredQuestion } from '../../asking/store.ts';
import type { ReactionKind } from '../../contract/index.ts';
import { idColumn, instantColumn, integerColumn, jsonColumn, nullable, primary } from '../columns.ts';

export const AskingQuestionRow = new EntitySchema<StoredQuestion>({
  name: 'asking_question',
  columns: {
    questionId: primary(idColumn),
    demonstrationId: idColumn,
    authorId: idColumn,
    facilityId: idColumn,
    isAnonymous: { type: 'boolean' },
    text: { type: 'varchar', length: 300 },
    state: { type: 'varchar', length: 16 },
    askedAt: instantColumn,
    markedAt: nullable(instantColumn),
  },
});

export interface StoredVote {
  questionId: string;
  accountId: string;
  demonstrationId: string;
  at: string;
}
export const AskingVoteRow = new EntitySchema<StoredVote>({
  name: 'asking_vote',
  columns: {
    questionId: primary(idColumn),
    accountId: primary(idColumn),
    demonstrationId: idColumn,
    at: instantColumn,
  },
});

/** How long a question stood before everybody. */
export interface Screening {
  screenId: string;
  demonstrationId: string;
  questionId: string;
  fromAt: string;
  toAt: string | null;
}
export const AskingScreenRow = new EntitySchema<Screening>({
  name: 'asking_screen',
  columns: {
    screenId: primary(idColumn),
    demonstrationId: idColumn,
    questionId: idColumn,
    fromAt: instantColumn,
    toAt: nullable(instantColumn),
  },
});

export const AskingHandRow = new EntitySchema<Hand>({
  name: 'asking_hand',
  columns: {
    handId: primary(idColumn),
    demonstrationId: idColumn,
    accountId: idColumn,
    facilityId: idColumn,
    state: { type: 'varchar', length: 16 },
    raisedAt: instantColumn,
    offeredAt: nullable(instantColumn),
    readyAt: nullable(instantColumn),
    grantedAt: nullable(instantColumn),
    overAt: nullable(instantColumn),
  },
});

export const AskingPollRow = new EntitySchema<Poll>({
  name: 'asking_poll',
  columns: {
    pollId: primary(idColumn),
    demonstrationId: idColumn,
    text: { type: 'varchar', length: 200 },
    options: jsonColumn,
    openedAt: instantColumn,
    closedAt: nullable(instantColumn),
  },
});

export interface PollAnswer {
  pollId: string;
  accountId: string;
  option: number;
  at: string;
}
export const AskingPollAnswerRow = new EntitySchema<PollAnswer>({
  name: 'asking_poll_answer',
  columns: {
    pollId: primary(idColumn),
    accountId: primary(idColumn),
    option: { ...integerColumn, name: 'optionIndex' },
    at: instantColumn,
  },
});

export const AskingLineRow = new EntitySchema<StoredLine>({
  name: 'asking_line',
  columns: {
    demonstrationId: primary(idColumn),
    messageId: primary(idColumn),
    sequence: integerColumn,
    authorId: idColumn,
    facilityId: idColumn,
    isStaff: { type: 'boolean' },
    text: { type: 'varchar', length: 300 },
    at: instantColumn,
    removedAt: nullable(instantColumn),
  },
});

export interface StoredPace {
  demonstrationId: string;
  paceS: number;
  changedAt: string;
}
export const AskingPaceRow = new EntitySchema<StoredPace>({
  name: 'asking_pace',
  columns: { demonstrationId: primary(idColumn), paceS: integerColumn, changedAt: instantColumn },
});

/** How often one was sent within one half second. */
export interface StoredReaction {
  reactionId: string;
  demonstrationId: string;
  kind: ReactionKind;
  count: number;
  at: string;
}
export const AskingReactionRow = new EntitySchema<StoredReaction>({
  name: 'asking_reaction',
  columns: {
    reactionId: primary(idColumn),
    demonstrationId: idColumn,
    kind: { type: 'varchar', length: 16 },
    count: { ...integerColumn, name: 'reactionCount' },
    at: instantColumn,
  },
});

// biome-ignore lint/suspicious/noExplicitAny: a list of schemas of different rows has no narrower type in TypeORM
export const askingRows: EntitySchema<any>[] = [
  AskingQuestionRow,
  AskingVoteRow,
  AskingScreenRow,
  AskingHandRow,
  AskingPollRow,
  AskingPollAnswerRow,
  AskingLineRow,
  AskingPaceRow,
  AskingReactionRow,
];
