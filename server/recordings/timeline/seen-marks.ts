import type { KeptMark, TimedShowingEvent } from '../../contract/index.ts';
import { type Stretch, seenOf } from './stretches.ts';

/**
 * Marks as they stood, and who presented, wherever that is seen again for an instant at least: not what was there in a part alone that was cut out or not
 * recorded.
 * @param events of presenters and marks, in their order
 */
export function lastingSeen(
  events: readonly TimedShowingEvent[],
  seen: readonly Stretch[],
): { marks: KeptMark[]; presenterIds: string[] } {
  const marks: KeptMark[] = [];
  const presenterIds: string[] = [];
  /** When the next of the same comes, by what it is of. */
  const until = new Map<string, number>();
  for (const { at, event } of events.toReversed()) {
    if (event.kind !== 'mark' && event.kind !== 'presenter') continue;
    const of = event.kind === 'mark' ? event.mark.annotationId : 'presenter';
    const fromMs = Date.parse(at);
    const isSeen = seenOf(seen, { fromMs, toMs: until.get(of) ?? Number.POSITIVE_INFINITY }).length > 0;
    until.set(of, fromMs);
    if (!isSeen) continue;
    if (event.kind === 'mark' && event.mark.shape !== null) marks.push(event.mark);
    if (event.kind === 'presenter' && event.accountId !== null) presenterIds.push(event.accountId);
  }
  return { marks, presenterIds };
}
