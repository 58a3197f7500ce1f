import { type AskingChange, type LiveChatLine, ReactionKind } from '../contract/index.ts';
import { appointmentsOf } from '../demonstrations/announce.ts';
import type { Logger } from '../runtime/log.ts';
import type { Notify } from '../store/notify.ts';
import type { Work } from '../store/stores.ts';
import type { AskingNews, AskingPart, AskingStores } from './parts.ts';
import { readDesk, readOnScreen, readPace, readPoll, toQuestions, toWaiting } from './view.ts';

/** Whatever happens, a window hears of it twice a second at most. */
export const TOLD_EVERY_MS = 500;
/** More questions than this wait for the next notice. */
const QUESTIONS_AT_ONCE = 20;

interface Pending {
  questionIds: Set<string>;
  parts: Set<AskingPart>;
  lines: LiveChatLine[];
  removedIds: string[];
  reactions: Map<ReactionKind, number>;
}
const nothing = (): Pending => ({
  questionIds: new Set(),
  parts: new Set(),
  lines: [],
  removedIds: [],
  reactions: new Map(),
});

export interface NewsParts {
  work: Work<keyof AskingStores>;
  notify: Notify;
  clock: () => Date;
  log: Logger;
}

export function createAskingNews(parts: NewsParts): AskingNews {
  const { log } = parts;
  const pending = new Map<string, Pending>();
  /** Until its time is over nothing else is told of that demonstration. */
  const resting = new Map<string, NodeJS.Timeout>();
  const telling = new Set<Promise<void>>();
  let isClosed = false;

  const note = (demonstrationId: string): Pending => {
    const noted = pending.get(demonstrationId) ?? nothing();
    pending.set(demonstrationId, noted);
    if (!resting.has(demonstrationId) && !isClosed) rest(demonstrationId, 0);
    return noted;
  };
  const rest = (demonstrationId: string, ms: number): void => {
    resting.set(
      demonstrationId,
      setTimeout(() => {
        resting.delete(demonstrationId);
        if (pending.has(demonstrationId)) start(demonstrationId);
      }, ms),
    );
  };
  const start = (demonstrationId: string): void => {
    const told = tell(demonstrationId).finally(() => telling.delete(told));
    telling.add(told);
  };
  const tell = async (demonstrationId: string): Promise<void> => {
    const noted = pending.get(demonstrationId) ?? nothing();
    pending.delete(demonstrationId);
    if (!isClosed) rest(demonstrationId, TOLD_EVERY_MS);
    const left = [...noted.questionIds].slice(QUESTIONS_AT_ONCE);
    for (const questionId of left) {
      noted.questionIds.delete(questionId);
      note(demonstrationId).questionIds.add(questionId);
    }
    try {
      await tellWindows(parts, demonstrationId, noted);
    } catch (err) {
      log.error({ err, demonstrationId }, 'what was asked was not told');
    }
  };

  return {
    changed(demonstrationId, { questionIds = [], parts: changed = [], line, removedId }) {
      const noted = note(demonstrationId);
      for (const one of questionIds) noted.questionIds.add(one);
      for (const one of changed) noted.parts.add(one);
      if (line) noted.lines.push(line);
      if (removedId !== undefined) noted.removedIds.push(removedId);
    },
    reacted(demonstrationId, kind) {
      const { reactions } = note(demonstrationId);
      reactions.set(kind, (reactions.get(kind) ?? 0) + 1);
    },
    async close() {
      isClosed = true;
      for (const timer of resting.values()) clearTimeout(timer);
      resting.clear();
      for (const demonstrationId of [...pending.keys()]) start(demonstrationId);
      await Promise.all(telling);
    },
  };
}

async function tellWindows(parts: NewsParts, demonstrationId: string, noted: Pending): Promise<void> {
  const { work, notify, clock } = parts;
  const reactions = ReactionKind.options.flatMap((kind) => {
    const count = noted.reactions.get(kind) ?? 0;
    return count > 0 ? [{ kind, count }] : [];
  });
  if (reactions.length > 0)
    await work.write(({ asking }) => asking.insertReactions(demonstrationId, reactions, clock()));
  const change = await readChange(work.read, demonstrationId, noted);
  const told = reactions.length > 0 ? { ...change, reactions } : change;
  if (Object.keys(told).length > 1) notify.toDemonstration(demonstrationId, 'asking:changed', told);
  if (noted.parts.has('desk')) await tellDesk(parts, demonstrationId);
}

async function readChange(stores: AskingStores, demonstrationId: string, noted: Pending): Promise<AskingChange> {
  const { asking } = stores;
  const change: AskingChange = { demonstrationId };
  const questions = await asking.findQuestions(demonstrationId, [...noted.questionIds]);
  const hidden = questions.filter(({ state }) => state === 'hidden');
  const shown = questions.filter(({ state }) => state !== 'hidden');
  if (shown.length > 0) change.questions = await toQuestions(stores, shown);
  if (hidden.length > 0) change.hiddenIds = hidden.map(({ questionId }) => questionId);
  // With its votes.
  const isScreenTouched = noted.parts.has('screen') || noted.questionIds.size > 0;
  if (isScreenTouched) change.onScreen = await readOnScreen(stores, demonstrationId);
  if (noted.parts.has('poll')) change.poll = await readPoll(stores, await asking.findLatestPoll(demonstrationId));
  if (noted.parts.has('hands')) Object.assign(change, toWaiting(await asking.listOpenHands(demonstrationId)));
  if (noted.parts.has('pace')) change.paceS = await readPace(stores, demonstrationId);
  if (noted.lines.length > 0)
    change.chat = noted.lines
      .filter(({ messageId }) => !noted.removedIds.includes(messageId))
      .toSorted((a, b) => a.sequence - b.sequence);
  if (noted.removedIds.length > 0) change.removedIds = noted.removedIds;
  return change;
}

/** Whoever holds the desk at this moment: a deputy who takes over has all of it. */
async function tellDesk({ work, notify, clock }: NewsParts, demonstrationId: string): Promise<void> {
  const demonstration = await work.read.demonstrations.find(demonstrationId);
  if (demonstration?.state !== 'live') return;
  const places = demonstration.seats.filter(({ seat }) => seat === 'moderator' || seat === 'deputy');
  const windows = await appointmentsOf(work.read, places, clock());
  const desk = await readDesk(work.read, demonstrationId);
  notify.toAppointments(windows, 'asking:desk-changed', { demonstrationId, desk });
}
