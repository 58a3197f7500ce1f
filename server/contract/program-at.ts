import { type HallProgram, isSameTrack, type TrackRef } from './demonstration-live.ts';
import type { ReplayTrack, ReplayView } from './recording.ts';

/** Which pictures lie where. */
export interface ShownTracks {
  layout: HallProgram['layout'];
  main: ReplayTrack | undefined;
  second: ReplayTrack | undefined;
}

/** What lies in no program: the field of the operation before anything else. */
const ORDER = ['field', 'device', 'room', 'screen', 'video'];

/** A track that had nothing left to send was published anew under the same name: whichever has something then is meant. */
function findAt(tracks: readonly ReplayTrack[], ref: TrackRef | null, at: number): ReplayTrack | undefined {
  const named = ref ? tracks.filter((track) => isSameTrack(track.ref, ref)) : [];
  return named.find((track) => hasAt(track, at)) ?? named[0];
}

/** Between two segments of a take lies a moment; more than that was cut out or masked. */
const SEAM_MS = 500;

/** Whether there is something of the track at an instant, milliseconds since 1970. */
export function hasAt({ takes }: Pick<ReplayTrack, 'takes'>, at: number): boolean {
  return takes.some(({ startedAt, segments }) => {
    const ms = at - Date.parse(startedAt);
    const index = segments.findLastIndex(([, fromMs]) => fromMs <= ms);
    const [one, next] = [segments[index], segments[index + 1]];
    if (!one) return false;
    return ms < one[2] || (next !== undefined && next[1] - one[2] < SEAM_MS);
  });
}

/** What was on air at an instant (milliseconds since 1970), or what one chose to look at instead. */
export function shownAt(
  { tracks, programs }: Pick<ReplayView, 'tracks' | 'programs'>,
  at: number,
  chosenTrackId: string | undefined,
): ShownTracks {
  const pictures = tracks.filter(({ kind }) => kind === 'video');
  const chosen = pictures.find(({ trackId }) => trackId === chosenTrackId);
  if (chosen) return { layout: 'single', main: chosen, second: undefined };
  const program = programs.findLast((one) => Date.parse(one.at) <= at)?.program;
  const main = findAt(pictures, program?.main ?? null, at);
  if (program && main) return { layout: program.layout, main, second: findAt(pictures, program.second, at) };
  const byRank = pictures.toSorted((a, b) => ORDER.indexOf(a.ref.source) - ORDER.indexOf(b.ref.source));
  return { layout: 'single', main: byRank.find((track) => hasAt(track, at)) ?? byRank[0], second: undefined };
}
