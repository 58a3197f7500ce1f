import type { Demonstration } from '../../demonstrations/demonstration.ts';
import type { DemonstrationStores } from '../../demonstrations/parts.ts';
import type { Replay } from '../store.ts';
import { findReplayedQuestions } from './questions.ts';
import { findReplayed } from './replayed.ts';
import { lastingSeen } from './seen-marks.ts';

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
  const { marks } = lastingSeen(events, seen);
  const arrows = marks.flatMap(({ shape }) => (shape?.kind === 'arrow' ? shape.text : []));
  return {
    questions: questions.map(({ question }) => question.text).join('\n'),
    marks: [...new Set(arrows)].join('\n'),
    chapters: chapters.map(({ title }) => title).join('\n'),
  };
}
