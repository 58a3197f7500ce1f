import { z } from 'zod';
import { PersonView } from './account.ts';
import { Id, Instant } from './primitives.ts';

/*
 * What the people of a live demonstration ask and say in writing: questions with votes, raised hands, polls, a conversation and reactions.
 */

/** What the caller may do here now; the server computes it. */
export const AskingAction = z.enum(['ask', 'raise-hand', 'moderate']);
export type AskingAction = z.infer<typeof AskingAction>;

/** `hidden`: seen by its author and by those who moderate alone. */
export const QuestionState = z.enum(['asked', 'answered', 'hidden']);
export type QuestionState = z.infer<typeof QuestionState>;

/** Whom the audience sees. */
export const Speaker = PersonView.pick({ name: true, facilityName: true });
export type Speaker = z.infer<typeof Speaker>;

export const Question = z.object({
  questionId: Id,
  state: QuestionState,
  text: z.string(),
  /** null: the author wants to stay unnamed to the audience. */
  by: Speaker.nullable(),
  askedAt: Instant,
  voteCount: z.int(),
});
export type Question = z.infer<typeof Question>;

export const QuestionInput = z.object({
  /** Chosen by the sender, so that a question sent twice over a bad line is kept once. */
  questionId: Id,
  text: z.string().trim().min(1).max(300),
  isAnonymous: z.boolean(),
});
export type QuestionInput = z.infer<typeof QuestionInput>;
export const QuestionMarkInput = z.object({ state: QuestionState });

/** `offered`: is next. `ready`: the person has checked their microphone. `granted`: has the voice. `over`: lowered, by whoever did it. */
export const HandState = z.enum(['raised', 'offered', 'ready', 'granted', 'over']);
export type HandState = z.infer<typeof HandState>;

export const OwnHand = z.object({ handId: Id, state: HandState, raisedAt: Instant });
export type OwnHand = z.infer<typeof OwnHand>;

/** A hand as those see it who moderate, with what they may do with it now. */
export const RaisedHand = OwnHand.extend({ person: PersonView, mayOffer: z.boolean(), mayGrant: z.boolean() });
export type RaisedHand = z.infer<typeof RaisedHand>;

export const PollView = z.object({
  pollId: Id,
  text: z.string(),
  options: z.array(z.object({ text: z.string(), count: z.int() })),
  /** People, each once. */
  answeredCount: z.int(),
  openedAt: Instant,
  closedAt: Instant.nullable(),
});
export type PollView = z.infer<typeof PollView>;

export const PollInput = z.object({
  text: z.string().trim().min(1).max(200),
  options: z.array(z.string().trim().min(1).max(80)).min(2).max(6),
});
export type PollInput = z.infer<typeof PollInput>;
/** From 0, in the order of the options. */
export const PollAnswerInput = z.object({ option: z.int().min(0).max(5) });

/** A line of the conversation beside the picture. */
export const LiveChatLine = z.object({
  messageId: Id,
  /** Order within the demonstration, from 1. */
  sequence: z.int(),
  text: z.string(),
  by: Speaker,
  /** The author operates or has a seat. */
  isStaff: z.boolean(),
  at: Instant,
});
export type LiveChatLine = z.infer<typeof LiveChatLine>;

export const LiveChatInput = z.object({ messageId: Id, text: z.string().trim().min(1).max(300) });
export type LiveChatInput = z.infer<typeof LiveChatInput>;

/** Seconds between two lines of one watcher. */
export const CHAT_PACES_S = [2, 10, 30, 60] as const;
export const ChatPaceInput = z.object({ paceS: z.literal([...CHAT_PACES_S]) });

export const ReactionKind = z.enum(['applause', 'clear', 'unclear']);
export type ReactionKind = z.infer<typeof ReactionKind>;
export const ReactionInput = z.object({ kind: ReactionKind });
export const ReactionCount = z.object({ kind: ReactionKind, count: z.int() });
export type ReactionCount = z.infer<typeof ReactionCount>;

/** What is the caller's own. */
export const AskingOwn = z.object({
  /** In whatever state, the latest first. */
  questions: z.array(Question),
  votedIds: z.array(Id),
  hand: OwnHand.nullable(),
  pollAnswer: z.object({ pollId: Id, option: z.int() }).nullable(),
  /** From when the next question is taken; null: now. */
  mayAskAt: Instant.nullable(),
  /** The same of a line of the conversation. */
  mayWriteAt: Instant.nullable(),
});
export type AskingOwn = z.infer<typeof AskingOwn>;

/** What those see who moderate: names of all, hidden questions, hands in their order. */
export const AskingDesk = z.object({
  questions: z.array(Question.extend({ author: PersonView })),
  hands: z.array(RaisedHand),
});
export type AskingDesk = z.infer<typeof AskingDesk>;

export const AskingView = z.object({
  actions: z.array(AskingAction),
  /** Those with the most votes first. */
  questions: z.array(Question),
  /** The one that is put before the surgeon and everybody. */
  onScreen: Question.nullable(),
  /** The latest, whether or not it is still open. */
  poll: PollView.nullable(),
  /** Hands that wait, in their order, at most the first 50. */
  waitingIds: z.array(Id),
  waitingCount: z.int(),
  paceS: z.int(),
  /** The latest, in their order. */
  chat: z.array(LiveChatLine),
  own: AskingOwn,
  desk: AskingDesk.nullable(),
});
export type AskingView = z.infer<typeof AskingView>;

/** What has changed within half a second, for all windows that have entered. What is left out is as it was. */
export const AskingChange = z.object({
  demonstrationId: Id,
  /** Those that are new or have changed; a hidden one is taken away. */
  questions: z.array(Question).optional(),
  hiddenIds: z.array(Id).optional(),
  onScreen: Question.nullable().optional(),
  poll: PollView.nullable().optional(),
  waitingIds: z.array(Id).optional(),
  waitingCount: z.int().optional(),
  paceS: z.int().optional(),
  chat: z.array(LiveChatLine).optional(),
  removedIds: z.array(Id).optional(),
  reactions: z.array(ReactionCount).optional(),
});
export type AskingChange = z.infer<typeof AskingChange>;
