import type { Demonstration } from '../../demonstrations/demonstration.ts';
import type { DemonstrationStores } from '../../demonstrations/parts.ts';
import type { Replay } from '../store.ts';
import { findReplayedQuestions } from './questions.ts';
import { findReplayed } from './replayed.ts';

const MOST_MARKS = 10_000;

/** All that people have written and that is read in a replay once it is published. */
export async function textsOf(
  stores: Pick<DemonstrationStores, 'asking' | 'recordings' | 'showings'>,
  published: Pick<Demonstration, 'demonstrationId' | 'state' | 'endedAt'>,
  { chapters }: Pick<Replay, 'chapters'>,
): Promise<Record<'questions' | 'marks' | 'chapters', string>> {
  const { demonstrationId } = published;
  const { seen } = await findReplayed(stores, published);
  const questions = await findReplayedQuestions(stores, published, seen);
  const events = await stores.showings.listEvents(demonstrationId, { kinds: ['mark'], limit: MOST_MARKS });
  const arrows = events.flatMap(({ event }) =>
    event.kind === 'mark' && event.mark.shape?.kind === 'arrow' ? event.mark.shape.text : [],
  );
  return {
    questions: questions.map(({ question }) => question.text).join('\n'),
    marks: arrows.join('\n'),
    chapters: chapters.map(({ title }) => title).join('\n'),
  };
}
