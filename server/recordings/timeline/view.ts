import { findPeople } from '../../accounts/person.ts';
import type { ReplayCutOff, ReplayTimeline } from '../../contract/index.ts';
import type { Demonstration } from '../../demonstrations/demonstration.ts';
import type { ListedEvent } from '../../showing/store.ts';
import type { TimelineParts } from './parts.ts';
import { findReplayedQuestions, toReplayQuestions } from './questions.ts';
import { findReplayed, listReplayedPictures } from './replayed.ts';
import { lastingSeen } from './seen-marks.ts';
import { type Stretch, seenOf } from './stretches.ts';

/** Of each kind that is read as a whole. */
const MOST_EVENTS = 10_000;

/** What there is beside a replay's picture and sound; that the caller may see it is decided before. */
export async function readTimeline(parts: TimelineParts, demonstration: Demonstration): Promise<ReplayTimeline> {
  const { read } = parts.work;
  const { demonstrationId } = demonstration;
  const replayed = await findReplayed(read, demonstration);
  const pictures = (await listReplayedPictures(parts, demonstration, replayed)).map(({ material }) => material);
  const ids = new Set(pictures.map(({ materialId }) => materialId));
  const stills = replayed.stills.filter(({ materialId }) => ids.has(materialId));
  const takers = await findPeople(
    read,
    stills.map(({ takenBy }) => takenBy),
  );
  const cuts = await read.showings.listEvents(demonstrationId, { kinds: ['cut'], limit: MOST_EVENTS });
  return {
    pictures,
    shown: replayed.shown.filter(({ materialId }) => ids.has(materialId)),
    stills: stills.map(({ materialId, takenAt, takenBy }) => ({
      materialId,
      at: takenAt,
      takenBy: takers.get(takenBy) ?? null,
    })),
    cutOff: cutOffIn(cuts, replayed.seen),
    questions: await toReplayQuestions(read, await findReplayedQuestions(read, demonstration, replayed.seen)),
  };
}

/** Who is seen to present, or to have drawn a mark: events have their ids alone. */
export async function listDrawers(
  { work: { read } }: Pick<TimelineParts, 'work'>,
  demonstration: Demonstration,
): Promise<string[]> {
  const { seen } = await findReplayed(read, demonstration);
  const events = await read.showings.listEvents(demonstration.demonstrationId, {
    kinds: ['presenter', 'mark'],
    limit: MOST_EVENTS,
  });
  const { marks, presenterIds } = lastingSeen(events, seen);
  return [...new Set([...presenterIds, ...marks.map(({ authorId }) => authorId)])];
}

/** @param events how it stood from then on, in order */
function cutOffIn(events: readonly ListedEvent[], seen: readonly Stretch[]): ReplayCutOff[] {
  return events.flatMap(({ at, event }, index) => {
    if (event.kind !== 'cut' || (!event.picture && !event.sound)) return [];
    const { picture, sound } = event;
    const next = events[index + 1];
    const until = { fromMs: Date.parse(at), toMs: next ? Date.parse(next.at) : Number.POSITIVE_INFINITY };
    return seenOf(seen, until)
      .filter(({ toMs }) => Number.isFinite(toMs))
      .map(({ fromMs, toMs }) => ({
        fromAt: new Date(fromMs).toISOString(),
        toAt: new Date(toMs).toISOString(),
        picture,
        sound,
      }));
  });
}
