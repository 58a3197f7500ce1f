import type { Asked } from '../../access/asked.ts';
import { POINTER_DECAY_MS, REPLAY_PART_MS, type ReplayEvents, type ShowingEvent } from '../../contract/index.ts';
import { eventIdBefore } from '../../showing/event-id.ts';
import type { ListedEvent, ShowingStore } from '../../showing/store.ts';
import { getSeenReplay } from '../seen-replay.ts';
import type { TimelineParts } from './parts.ts';
import { findReplayedQuestions } from './questions.ts';
import { createMaterialOf, findReplayed, listReplayedPictures } from './replayed.ts';
import { replayedEvents, STROKE_MS } from './replayed-events.ts';

/** What stays as it is until it is said otherwise, but for movements: of these the last one counts. */
const LASTING: readonly ShowingEvent['kind'][] = ['picture', 'presenter', 'mark', 'cut', 'question'];
/** Read at once. */
const PAGE = 2_000;

/** What was shown, drawn and pointed at in one part of a replay. */
export async function readReplayEvents(
  parts: TimelineParts,
  asked: Asked,
  demonstrationId: string,
  fromAt: string,
): Promise<ReplayEvents> {
  const { demonstration } = await getSeenReplay(parts, asked, demonstrationId);
  const { read } = parts.work;
  await parts.recordRead(asked, {
    basis: 'demonstration',
    subjectKind: 'showing',
    subjectId: demonstrationId,
    consultationId: demonstration.consultationId,
  });
  const fromMs = Date.parse(fromAt);
  const part = { fromMs, toMs: fromMs + REPLAY_PART_MS };
  const replayed = await findReplayed(read, demonstration);
  const pictures = await listReplayedPictures(parts, demonstration, replayed);
  const pictureIds = pictures.map(({ material }) => material.materialId);
  const questions = await findReplayedQuestions(read, demonstration, replayed.seen);
  const events = await listPart(read.showings, demonstrationId, part);
  const seeing = {
    seen: replayed.seen,
    pictureIds: new Set(pictureIds),
    questionIds: new Set(questions.map(({ question }) => question.questionId)),
    materialOf: createMaterialOf(pictures),
  };
  return {
    fromAt: new Date(part.fromMs).toISOString(),
    toAt: new Date(part.toMs).toISOString(),
    events: replayedEvents(events, part, seeing),
    pictureIds,
  };
}

/** All events of the part, and of those before it whatever still counts at its beginning. */
async function listPart(
  showings: Pick<ShowingStore, 'listEvents'>,
  demonstrationId: string,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): Promise<ListedEvent[]> {
  const list = (kinds: readonly ShowingEvent['kind'][] | undefined, from: number, until: number) =>
    listAll(showings, demonstrationId, {
      afterId: eventIdBefore(Math.max(0, from)),
      untilId: eventIdBefore(until),
      ...(kinds && { kinds }),
    });
  const moved = await showings.listEvents(demonstrationId, {
    untilId: eventIdBefore(fromMs),
    kinds: ['viewport'],
    limit: 1,
    isNewest: true,
  });
  const before = [
    ...(await list(LASTING, 0, fromMs)),
    ...moved,
    ...(await list(['field', 'field-cleared'], fromMs - STROKE_MS, fromMs)),
    ...(await list(['pointers'], fromMs - POINTER_DECAY_MS, fromMs)),
  ].toSorted((one, other) => (one.eventId < other.eventId ? -1 : 1));
  return [...before, ...(await list(undefined, fromMs, toMs))];
}

async function listAll(
  showings: Pick<ShowingStore, 'listEvents'>,
  demonstrationId: string,
  page: { afterId: string; untilId: string; kinds?: readonly ShowingEvent['kind'][] },
): Promise<ListedEvent[]> {
  const all: ListedEvent[] = [];
  for (;;) {
    const next = await showings.listEvents(demonstrationId, {
      ...page,
      afterId: all.at(-1)?.eventId ?? page.afterId,
      limit: PAGE,
    });
    all.push(...next);
    if (next.length < PAGE) return all;
  }
}
