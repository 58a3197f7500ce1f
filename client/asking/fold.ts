import type { AskingChange, AskingView, LiveChatLine, Question } from '../../server/contract/asking.ts';

/** Older lines leave the page; they stay with the server. */
const KEPT_LINES = 200;

/** The most votes first, then the earliest, as the server lists them. */
const before = (one: Question, other: Question): number =>
  other.voteCount - one.voteCount ||
  Date.parse(one.askedAt) - Date.parse(other.askedAt) ||
  (one.questionId < other.questionId ? -1 : 1);

/** What the page shows after one notice. What a lost line missed is asked for anew. */
export function applyChange(view: AskingView, change: AskingChange): AskingView {
  const { questions, hiddenIds, chat, removedIds, demonstrationId: _, reactions: __, ...whole } = change;
  // What is left out is as it was.
  const told = Object.entries(whole).filter(([, value]) => value !== undefined);
  return {
    ...view,
    ...(Object.fromEntries(told) as Partial<AskingView>),
    questions:
      questions || hiddenIds ? mergeQuestions(view.questions, questions ?? [], hiddenIds ?? []) : view.questions,
    chat: chat || removedIds ? mergeLines(view.chat, chat ?? [], removedIds ?? []) : view.chat,
  };
}

function mergeQuestions(known: Question[], changed: Question[], hiddenIds: readonly string[]): Question[] {
  const byId = new Map(known.map((one) => [one.questionId, one]));
  for (const one of changed) byId.set(one.questionId, one);
  for (const id of hiddenIds) byId.delete(id);
  return [...byId.values()].sort(before);
}

function mergeLines(known: LiveChatLine[], added: LiveChatLine[], removedIds: readonly string[]): LiveChatLine[] {
  const byId = new Map([...known, ...added].map((one) => [one.messageId, one]));
  for (const id of removedIds) byId.delete(id);
  return [...byId.values()].sort((one, other) => one.sequence - other.sequence).slice(-KEPT_LINES);
}
