import {
  type KeptMark,
  nothingAt,
  type ShowingAt,
  type ShowingEvent,
  type Target,
  type TimedShowingEvent,
  takeShowingEvent,
} from '../../contract/index.ts';
import { isSeen, type Stretch } from './stretches.ts';

/** What outlives a stroke that began so long ago, and a pointer that rests. */
export const STROKE_MS = 40_000;

export interface Seeing {
  seen: readonly Stretch[];
  /** Materials that may be seen again. */
  pictureIds: ReadonlySet<string>;
  /** Questions that may be read again. */
  questionIds: ReadonlySet<string>;
  /** Which material of those that may be seen again it is a picture of. */
  materialOf(target: Target): string | undefined;
}

/**
 * The events of a part of a replay: from its first instant on `showingAt` draws from them what was seen then, as far as it may be seen again. What
 * was not recorded or is cut out leaves nothing but how it stands afterwards.
 * @param events in their order, before the part and in it; of those before it, all that still counts at its beginning
 */
export function replayedEvents(
  events: readonly TimedShowingEvent[],
  part: Stretch,
  seeing: Seeing,
): TimedShowingEvent[] {
  const { seen } = seeing;
  const stands = nothingAt();
  const told = new Map<string, KeptMark>();
  const out: TimedShowingEvent[] = [];
  const put = (ms: number, event: ShowingEvent): void => {
    if (event.kind === 'mark') told.set(event.mark.annotationId, event.mark);
    out.push({ at: new Date(ms).toISOString(), event });
  };
  const turnTo = (isShown: boolean, ms: number): void => {
    for (const event of isShown ? opening(stands, told) : closing(stands)) put(ms, event);
  };
  const turns = turnsOf(seen, part);
  /** What passes by itself was ended where the stretch before this one was. */
  const openSinceMs = seen.find((one) => isSeen([one], part.fromMs))?.fromMs;
  let isOpen = false;
  for (const { at, event } of events) {
    const ms = Date.parse(at);
    if (ms >= part.toMs) break;
    while (turns[0] && turns[0].ms <= ms) {
      ({ isOpen } = turns[0]);
      turnTo(isOpen, turns.shift()?.ms ?? ms);
    }
    const known = knownOf(event, stands, seeing);
    if (!known) continue;
    takeShowingEvent(stands, known, ms);
    const stillCounts = ms < part.fromMs && isPassing(known) && openSinceMs !== undefined && ms >= openSinceMs;
    if (isOpen || stillCounts) put(ms, known);
  }
  for (const turn of turns) turnTo(turn.isOpen, turn.ms);
  return out;
}

/** When within the part what is seen begins and ends; the first at its very beginning. */
function turnsOf(seen: readonly Stretch[], { fromMs, toMs }: Stretch): { ms: number; isOpen: boolean }[] {
  const turns = seen.flatMap((one) => [
    { ms: one.fromMs, isOpen: true },
    { ms: one.toMs, isOpen: false },
  ]);
  const within = turns.filter(({ ms }) => ms > fromMs && ms < toMs);
  return [{ ms: fromMs, isOpen: isSeen(seen, fromMs) }, ...within];
}

/** What passes by itself is not said again: it is handed out as it came. */
const isPassing = ({ kind }: ShowingEvent): boolean =>
  kind === 'pointers' || kind === 'field' || kind === 'field-cleared';

/** How it stands, to whoever knows of these marks. */
function opening(
  { materialId, presenterId, viewport, marks, cut, questionId }: ShowingAt,
  told: ReadonlyMap<string, KeptMark>,
): ShowingEvent[] {
  const gone = [...told.values()].filter(({ annotationId, shape }) => shape !== null && !marks.has(annotationId));
  return [
    { kind: 'cut', ...cut },
    { kind: 'question', questionId },
    { kind: 'presenter', accountId: presenterId },
    { kind: 'picture', materialId },
    ...(viewport ? [{ kind: 'viewport' as const, viewport }] : []),
    ...[...marks.values()].map((mark) => ({ kind: 'mark' as const, mark })),
    ...gone.map((mark) => ({ kind: 'mark' as const, mark: { ...mark, shape: null } })),
  ];
}

function closing({ pointers }: ShowingAt): ShowingEvent[] {
  const left = [...pointers.values()].map((one) => ({ ...one, point: null }));
  return [
    { kind: 'picture', materialId: null },
    { kind: 'presenter', accountId: null },
    { kind: 'question', questionId: null },
    { kind: 'field-cleared' },
    ...(left.length > 0 ? [{ kind: 'pointers' as const, pointers: left }] : []),
  ];
}

/** The event as far as it is about what may be seen again; undefined: not at all. */
function knownOf(
  event: ShowingEvent,
  { materialId }: ShowingAt,
  { materialOf, pictureIds, questionIds }: Seeing,
): ShowingEvent | undefined {
  switch (event.kind) {
    case 'picture':
      return pictureIds.has(event.materialId ?? '') ? event : { ...event, materialId: null };
    case 'question':
      return questionIds.has(event.questionId ?? '') ? event : { ...event, questionId: null };
    case 'viewport':
      return materialId !== null && materialOf(event.viewport.target) === materialId ? event : undefined;
    case 'mark':
      return materialOf(event.mark.target) === undefined ? undefined : event;
    case 'pointers': {
      // Those on another picture were seen by those alone who might show.
      const pointers = event.pointers.filter(
        ({ target, point }) => point === null || (materialId !== null && materialOf(target) === materialId),
      );
      return pointers.length > 0 ? { ...event, pointers } : undefined;
    }
    default:
      return event;
  }
}
