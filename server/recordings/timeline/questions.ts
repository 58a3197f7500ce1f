import type { CountedQuestion } from '../../asking/store.ts';
import { toQuestions } from '../../asking/view.ts';
import type { ReplayQuestion } from '../../contract/index.ts';
import type { Demonstration } from '../../demonstrations/demonstration.ts';
import type { Stores } from '../../store/stores.ts';
import { isSeen, type Stretch } from './stretches.ts';

/** A demonstration of hundreds of people has some dozens. */
const MOST_QUESTIONS = 500;
const MOST_EVENTS = 10_000;

interface Replayed {
  question: CountedQuestion;
  atMs: number;
}

type QuestionStores = Pick<Stores, 'asking' | 'recordings' | 'showings'>;

/**
 * Questions that the audience saw, of what can be seen again: not those that were asked in a part that is cut out, nor those that whoever looked
 * it through left out.
 */
export async function findReplayedQuestions(
  { asking, recordings, showings }: QuestionStores,
  { demonstrationId, state }: Pick<Demonstration, 'demonstrationId' | 'state'>,
  seen: readonly Stretch[],
): Promise<Replayed[]> {
  const replay = state === 'published' ? await recordings.findReplay(demonstrationId) : undefined;
  const isCutOut = (at: string) => replay?.cutParts.some(({ fromAt, toAt }) => at >= fromAt && at < toAt) ?? false;
  const query = { states: ['asked', 'answered'] as const, limit: MOST_QUESTIONS };
  const questions = (await asking.listQuestions(demonstrationId, query)).filter(
    ({ questionId, askedAt }) => !replay?.leftOutQuestions.includes(questionId) && !isCutOut(askedAt),
  );
  const events = await showings.listEvents(demonstrationId, { kinds: ['question'], limit: MOST_EVENTS });
  return questions
    .flatMap((question): Replayed[] => {
      const { questionId, askedAt, state: stands, markedAt } = question;
      const shown = events.flatMap(({ at, event }) =>
        event.kind === 'question' && event.questionId === questionId ? at : [],
      );
      const instants = [...shown, askedAt, ...(stands === 'answered' && markedAt !== null ? [markedAt] : [])];
      const atMs = instants.map((one) => Date.parse(one)).find((one) => isSeen(seen, one));
      return atMs === undefined ? [] : [{ question, atMs }];
    })
    .toSorted((one, other) => one.atMs - other.atMs);
}

/** As the audience saw them: whoever wanted to stay unnamed is. */
export async function toReplayQuestions(
  stores: Pick<Stores, 'asking' | 'accounts' | 'facilities'>,
  replayed: readonly Replayed[],
): Promise<ReplayQuestion[]> {
  const named = await toQuestions(
    stores,
    replayed.map(({ question }) => question),
  );
  return named.map(({ questionId, text, by, voteCount, state }, index) => ({
    ...{ questionId, text, by, voteCount },
    at: new Date(replayed[index]?.atMs ?? 0).toISOString(),
    isAnswered: state === 'answered',
  }));
}
