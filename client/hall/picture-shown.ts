import type { HallPerson, HallTrack } from './hall-state.ts';

/** What of a picture there is to be seen, or why it is not. */
export type Shown =
  | 'live'
  | 'coming'
  | 'away'
  | 'off'
  | 'no-picture'
  | 'lost'
  | 'own-line'
  | 'their-line'
  | 'theatre-away'
  | 'their-away'
  | 'undecodable';

/** Nothing is there to be seen: what was seen last must not stay either. */
export const BLACK: readonly Shown[] = ['away', 'off', 'no-picture', 'lost', 'theatre-away', 'their-away'];

/** Nothing moves, and something may be shown. */
export const STILL: readonly Shown[] = ['coming', 'own-line', 'their-line', 'undecodable'];

export function shownOf(
  track: HallTrack | undefined,
  person: Pick<HallPerson, 'seat' | 'returning'> | undefined,
): Shown {
  if (!track) return 'away';
  if (track.paused)
    return track.pausedBy === 'origin-lost' ? 'lost' : track.pausedBy === 'no-picture' ? 'no-picture' : 'off';
  // After the pause: what is withdrawn shows no still either.
  if (track.undecodable) return 'undecodable';
  // Nothing comes, neither over the media nor over the signalling: their computer is gone, or asleep.
  if (track.stopped === 'their-line' && person?.returning)
    return person.seat === 'theatre' ? 'theatre-away' : 'their-away';
  if (track.stopped) return track.stopped;
  return (track.track && !track.awaited) || person?.returning ? 'live' : 'coming';
}
