import type { ReplayPart } from '../contract/index.ts';
import type { RecordedTake, RecordedTrack, Segment } from './files.ts';

/** Whether any of a segment lies in a part that was cut out; then all of it stays away, as nobody can be shown half a segment. */
export function isCutOut(startedAtMs: number, [, fromMs, toMs]: Segment, cutParts: readonly ReplayPart[]): boolean {
  return cutParts.some(
    ({ fromAt, toAt }) => startedAtMs + fromMs < Date.parse(toAt) && startedAtMs + toMs > Date.parse(fromAt),
  );
}

/** Tracks without what was cut out of them. */
export function withoutParts(tracks: readonly RecordedTrack[], cutParts: readonly ReplayPart[]): RecordedTrack[] {
  return tracks.flatMap((track) => {
    const takes = track.takes.flatMap((take): RecordedTake[] => {
      const segments = take.segments.filter((segment) => !isCutOut(take.startedAtMs, segment, cutParts));
      return segments.length > 0 ? [{ ...take, segments }] : [];
    });
    return takes.length > 0 ? [{ ...track, takes }] : [];
  });
}

/** From the first to the last thing that was recorded; undefined: nothing was. */
export function spanOf(tracks: readonly RecordedTrack[]): { fromMs: number; toMs: number } | undefined {
  const takes = tracks.flatMap((track) => track.takes);
  if (takes.length === 0) return undefined;
  const ends = takes.map(({ startedAtMs, segments }) => startedAtMs + (segments.at(-1)?.[2] ?? 0));
  return { fromMs: Math.min(...takes.map(({ startedAtMs }) => startedAtMs)), toMs: Math.max(...ends) };
}

/** Parts in their order, those that touch as one. */
export function mergeParts(parts: readonly ReplayPart[]): ReplayPart[] {
  const merged: ReplayPart[] = [];
  for (const part of parts.toSorted((a, b) => (a.fromAt < b.fromAt ? -1 : 1))) {
    const last = merged.at(-1);
    if (last && part.fromAt <= last.toAt) last.toAt = part.toAt > last.toAt ? part.toAt : last.toAt;
    else merged.push({ ...part });
  }
  return merged;
}
