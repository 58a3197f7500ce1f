import type { HandState, QuestionState, ReactionCount } from '../contract/index.ts';

export interface StoredQuestion {
  questionId: string;
  demonstrationId: string;
  authorId: string;
  /** Where the author acted. */
  facilityId: string;
  isAnonymous: boolean;
  text: string;
  state: QuestionState;
  askedAt: string;
  /** When it came into its state; null: it was asked so. */
  markedAt: string | null;
}
export interface CountedQuestion extends StoredQuestion {
  voteCount: number;
}

export interface QuestionQuery {
  states: readonly QuestionState[];
  limit: number;
}

/** One raising of somebody's hand. */
export interface Hand {
  handId: string;
  demonstrationId: string;
  accountId: string;
  facilityId: string;
  state: HandState;
  raisedAt: string;
  offeredAt: string | null;
  readyAt: string | null;
  grantedAt: string | null;
  overAt: string | null;
}

export interface Poll {
  pollId: string;
  demonstrationId: string;
  text: string;
  options: string[];
  openedAt: string;
  closedAt: string | null;
}

export interface StoredLine {
  demonstrationId: string;
  messageId: string;
  sequence: number;
  authorId: string;
  facilityId: string;
  isStaff: boolean;
  text: string;
  at: string;
  removedAt: string | null;
}

export interface QuestionStore {
  insertQuestion(question: StoredQuestion): Promise<void>;
  findQuestions(demonstrationId: string, questionIds: readonly string[]): Promise<CountedQuestion[]>;
  /** In whichever demonstration. */
  hasQuestion(questionId: string): Promise<boolean>;
  /** Those with the most votes first, then the earliest. */
  listQuestions(demonstrationId: string, query: QuestionQuery): Promise<CountedQuestion[]>;
  /** The latest first. */
  listQuestionsOf(demonstrationId: string, authorId: string, limit: number): Promise<CountedQuestion[]>;
  markQuestion(questionId: string, state: QuestionState, at: Date): Promise<void>;
  /** @returns false where there was one. */
  putVote(vote: { demonstrationId: string; questionId: string; accountId: string }, at: Date): Promise<boolean>;
  /** @returns false where there was none. */
  deleteVote(questionId: string, accountId: string): Promise<boolean>;
  listVoted(demonstrationId: string, accountId: string): Promise<string[]>;
  /** In the place of the one that was there. */
  putOnScreen(demonstrationId: string, questionId: string | null, at: Date): Promise<void>;
  findOnScreen(demonstrationId: string): Promise<string | undefined>;
}

export interface HandStore {
  insertHand(hand: Hand): Promise<void>;
  replaceHand(hand: Hand): Promise<void>;
  findHand(demonstrationId: string, handId: string): Promise<Hand | undefined>;
  /** That is not over. */
  findOpenHand(demonstrationId: string, accountId: string): Promise<Hand | undefined>;
  /** Whoever withdraws waits no more. */
  closeHandOf(demonstrationId: string, accountId: string, at: Date): Promise<void>;
  /** Those that are not over, in the order in which they were raised. */
  listOpenHands(demonstrationId: string): Promise<Hand[]>;
}

export interface PollStore {
  insertPoll(poll: Poll): Promise<void>;
  findPoll(demonstrationId: string, pollId: string): Promise<Poll | undefined>;
  findLatestPoll(demonstrationId: string): Promise<Poll | undefined>;
  closePolls(demonstrationId: string, at: Date): Promise<void>;
  /** In the place of the person's answer before. */
  putAnswer(answer: { pollId: string; accountId: string; option: number }, at: Date): Promise<void>;
  findAnswer(pollId: string, accountId: string): Promise<number | undefined>;
  /** By option. */
  countAnswers(pollId: string): Promise<Map<number, number>>;
}

export interface LiveChatStore {
  /** The line goes to the end. @returns it with its sequence. */
  appendLine(line: Omit<StoredLine, 'sequence'>): Promise<StoredLine>;
  findLine(demonstrationId: string, messageId: string): Promise<StoredLine | undefined>;
  /** The latest that were not removed, in their order. */
  listLines(demonstrationId: string, limit: number): Promise<StoredLine[]>;
  removeLine(demonstrationId: string, messageId: string, at: Date): Promise<void>;
  findLastWritten(demonstrationId: string, authorId: string): Promise<string | undefined>;
  findPace(demonstrationId: string): Promise<number | undefined>;
  putPace(demonstrationId: string, paceS: number, at: Date): Promise<void>;
  insertReactions(demonstrationId: string, reactions: readonly ReactionCount[], at: Date): Promise<void>;
}

/** What is asked and said in demonstrations. */
export interface AskingStore extends QuestionStore, HandStore, PollStore, LiveChatStore {}
