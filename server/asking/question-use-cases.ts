import type { Asked } from '../access/asked.ts';
import { type AskingDesk, type AskingOwn, Failure, type QuestionInput, type QuestionState } from '../contract/index.ts';
import { requireNobodyNamed } from '../demonstrations/plan-use-cases.ts';
import { type Acting, act } from './inside.ts';
import { answerDesk, answerOwn, tellOwn } from './own.ts';
import { QUESTION_PACE_S, requirePace } from './pace.ts';
import type { AskingParts, AskingStores } from './parts.ts';
import type { CountedQuestion } from './store.ts';

/**
 * Keeps one question; sent twice over a bad line it is kept once.
 * @throws Failure rate-limited / asked-too-soon; invalid-message / patient-named; conflict where the id is taken
 */
export async function askQuestion(
  parts: AskingParts,
  asked: Asked,
  demonstrationId: string,
  { questionId, text, isAnonymous }: QuestionInput,
): Promise<AskingOwn> {
  const { caller, at } = asked;
  const { accountId, facilityId } = caller;
  const demonstration = await act(parts, asked, demonstrationId, 'ask', async ({ stores, demonstration, record }) => {
    const { asking } = stores;
    const own = await asking.listQuestionsOf(demonstrationId, accountId, 1);
    const [before] = await asking.findQuestions(demonstrationId, [questionId]);
    if (before?.authorId === accountId) return demonstration;
    if (await asking.hasQuestion(questionId)) throw new Failure('conflict', 'the question id is taken');
    requirePace(own[0]?.askedAt, QUESTION_PACE_S, at);
    await requireNobodyNamed(parts, stores, demonstration.consultationId, { text });
    await asking.insertQuestion({
      questionId,
      demonstrationId,
      authorId: accountId,
      facilityId,
      isAnonymous,
      text,
      state: 'asked',
      askedAt: at.toISOString(),
      markedAt: null,
    });
    await record('question:ask', 'question', questionId, { isAnonymous });
    return demonstration;
  });
  parts.news.changed(demonstrationId, { questionIds: [questionId], parts: ['desk'] });
  return answerOwn(parts, asked, demonstration);
}

/** @throws Failure not-found: a hidden question is nobody's to vote for. */
export async function voteFor(
  parts: AskingParts,
  asked: Asked,
  { demonstrationId, questionId }: { demonstrationId: string; questionId: string },
  isFor: boolean,
): Promise<AskingOwn> {
  const { accountId } = asked.caller;
  const { demonstration, hasChanged } = await act(parts, asked, demonstrationId, 'ask', async (acting) => {
    const { stores, demonstration, record } = acting;
    const question = await getQuestion(stores, demonstrationId, questionId);
    if (question.state === 'hidden') throw new Failure('not-found', 'no such question');
    const hasChanged = isFor
      ? await stores.asking.putVote({ demonstrationId, questionId, accountId }, asked.at)
      : await stores.asking.deleteVote(questionId, accountId);
    if (hasChanged) await record(isFor ? 'question:vote' : 'question:unvote', 'question', questionId);
    return { demonstration, hasChanged };
  });
  if (hasChanged) parts.news.changed(demonstrationId, { questionIds: [questionId], parts: ['desk'] });
  return answerOwn(parts, asked, demonstration);
}

/** What is answered or hidden leaves the screen. */
export async function markQuestion(
  parts: AskingParts,
  asked: Asked,
  { demonstrationId, questionId }: { demonstrationId: string; questionId: string },
  state: QuestionState,
): Promise<AskingDesk> {
  const done = await act(parts, asked, demonstrationId, 'moderate', async (acting) => {
    const { stores, demonstration, record } = acting;
    const question = await getQuestion(stores, demonstrationId, questionId);
    if (question.state === state) return undefined;
    await stores.asking.markQuestion(questionId, state, asked.at);
    const isShown = (await stores.asking.findOnScreen(demonstrationId)) === questionId;
    if (state !== 'asked' && isShown) await stores.asking.putOnScreen(demonstrationId, null, asked.at);
    await record('question:mark', 'question', questionId, { from: question.state, to: state });
    return { question, demonstration, isTakenOff: state !== 'asked' && isShown };
  });
  if (done?.isTakenOff) parts.onScreen(demonstrationId, null);
  parts.news.changed(demonstrationId, { questionIds: [questionId], parts: ['screen', 'desk'] });
  if (done) await tellOwn(parts, done.demonstration, { ...done.question, accountId: done.question.authorId });
  return answerDesk(parts, demonstrationId);
}

/** Before the surgeon and everybody. @param questionId null: nothing is. @throws Failure conflict where it is answered or hidden */
export async function showQuestion(
  parts: AskingParts,
  asked: Asked,
  demonstrationId: string,
  questionId: string | null,
): Promise<AskingDesk> {
  const isOther = await act(parts, asked, demonstrationId, 'moderate', async ({ stores, record }: Acting) => {
    if (questionId !== null && (await getQuestion(stores, demonstrationId, questionId)).state !== 'asked')
      throw new Failure('conflict', 'it is answered or hidden', { reason: 'state-not-allowed' });
    if (((await stores.asking.findOnScreen(demonstrationId)) ?? null) === questionId) return false;
    await stores.asking.putOnScreen(demonstrationId, questionId, asked.at);
    await record(questionId === null ? 'question:clear' : 'question:show', 'question', questionId ?? demonstrationId);
    return true;
  });
  if (isOther) parts.onScreen(demonstrationId, questionId);
  parts.news.changed(demonstrationId, { parts: ['screen'] });
  return answerDesk(parts, demonstrationId);
}

async function getQuestion(
  { asking }: Pick<AskingStores, 'asking'>,
  demonstrationId: string,
  questionId: string,
): Promise<CountedQuestion> {
  const [question] = await asking.findQuestions(demonstrationId, [questionId]);
  if (!question) throw new Failure('not-found', 'no such question');
  return question;
}
