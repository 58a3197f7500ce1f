import type { ReplayDraft, ReplayPart } from '../contract/index.ts';
import type { RecordedTake, RecordedTrack, Segment } from './files.ts';

/** Whether any of a segment lies in a hidden part; then all of it stays away, as nobody can be shown half a segment. */
export function isHidden(startedAtMs: number, [, fromMs, toMs]: Segment, parts: readonly ReplayPart[]): boolean {
  return parts.some(
    ({ fromAt, toAt }) => startedAtMs + fromMs < Date.parse(toAt) && startedAtMs + toMs > Date.parse(fromAt),
  );
}

/** What nobody is shown of the pictures, or lets hear of the sound. */
export const hiddenParts = (
  kind: RecordedTrack['kind'],
  { cutParts, maskedParts }: Pick<ReplayDraft, 'cutParts' | 'maskedParts'>,
): ReplayPart[] => [...cutParts, ...maskedParts.filter((one) => (kind === 'video' ? one.picture : one.sound))];

/** A track without what is hidden of it; undefined: nothing is left. */
export function withoutHidden(
  track: RecordedTrack,
  hidden: Pick<ReplayDraft, 'cutParts' | 'maskedParts'>,
): RecordedTrack | undefined {
  const parts = hiddenParts(track.kind, hidden);
  const takes = track.takes.flatMap((take): RecordedTake[] => {
    const segments = take.segments.filter((segment) => !isHidden(take.startedAtMs, segment, parts));
    return segments.length > 0 ? [{ ...take, segments }] : [];
  });
  return takes.length > 0 ? { ...track, takes } : undefined;
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
