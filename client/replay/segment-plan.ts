import type { ReplayTrack } from '../../server/contract/recording.ts';

/** One file of a track, on the replay's clock: milliseconds since its beginning. */
export interface PlannedSegment {
  fromMs: number;
  toMs: number;
  /** Where second 0 of the file's own clock lies on the replay's. */
  offsetMs: number;
  url: string;
}

/** All that there is of a track, in its order. */
export function planSegments(demonstrationId: string, beganAt: string, track: ReplayTrack): PlannedSegment[] {
  const { recordingId, trackId, takes, extension } = track;
  const beganMs = Date.parse(beganAt);
  return takes.flatMap(({ takeId, startedAt, segments }) => {
    const offsetMs = Date.parse(startedAt) - beganMs;
    const folder = `/api/demonstrations/${demonstrationId}/replay/${recordingId}/${trackId}/${takeId}`;
    // A single picture is a segment of no length: nothing of it could be played, or removed from a buffer again.
    const lasting = segments.filter(([, fromMs, toMs]) => toMs > fromMs);
    return lasting.map(([index, fromMs, toMs]) => ({
      fromMs: offsetMs + fromMs,
      toMs: offsetMs + toMs,
      offsetMs,
      url: `${folder}/${String(index).padStart(5, '0')}.${extension}`,
    }));
  });
}

export function segmentAt(plan: readonly PlannedSegment[], atMs: number): PlannedSegment | undefined {
  let [low, high] = [0, plan.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = plan[middle] as PlannedSegment;
    if (atMs < one.fromMs) high = middle - 1;
    else if (atMs >= one.toMs) low = middle + 1;
    else return one;
  }
  return undefined;
}

/** The first moment from then on at which any track has something; undefined: none has any more. */
export function nextContent(plans: readonly (readonly PlannedSegment[])[], atMs: number): number | undefined {
  const starts = plans.flatMap((plan) => {
    const next = plan.find(({ toMs }) => toMs > atMs);
    return next ? [Math.max(next.fromMs, atMs)] : [];
  });
  return starts.length > 0 ? Math.min(...starts) : undefined;
}

/** Where none of these tracks has anything, from `[from, to)` to the next, in milliseconds. Shorter ones are the seams between segments. */
export function gapsOf(
  plans: readonly (readonly PlannedSegment[])[],
  { durationMs, leastMs }: { durationMs: number; leastMs: number },
): [fromMs: number, toMs: number][] {
  const gaps: [number, number][] = [];
  let reachedMs = 0;
  for (const { fromMs, toMs } of plans.flat().toSorted((one, other) => one.fromMs - other.fromMs)) {
    if (fromMs - reachedMs >= leastMs) gaps.push([reachedMs, fromMs]);
    reachedMs = Math.max(reachedMs, toMs);
  }
  if (durationMs - reachedMs >= leastMs) gaps.push([reachedMs, durationMs]);
  return gaps;
}
