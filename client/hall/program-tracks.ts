import { type HallProgram, isSameTrack, type TrackRef } from '../../server/contract/demonstration-live.ts';
import type { HallPerson, HallState, HallTrack } from './hall-state.ts';

/** Before the moderator has chosen anything. */
export const NOTHING_ON_AIR: HallProgram = { layout: 'single', main: null, second: null };

/** A picture that is sent in the hall, and who sends it. */
export interface SentPicture {
  person: HallPerson;
  track: HallTrack;
}

export function sentPictures({ people }: Pick<HallState, 'people'>): SentPicture[] {
  return people.flatMap((person) => person.pictures.map((track) => ({ person, track })));
}

export const refOf = ({ accountId, source, label, inputId }: HallTrack): TrackRef => ({
  ...{ accountId, source, label },
  ...(inputId !== undefined && { inputId }),
});

export const isSame = (a: TrackRef | null, b: TrackRef | null): boolean =>
  a !== null && b !== null && isSameTrack(a, b);

/** The picture that is named, also after its window has come back; undefined while it is not sent. */
export function findPicture(state: Pick<HallState, 'people'>, ref: TrackRef | null): SentPicture | undefined {
  return sentPictures(state).find(({ track }) => isSame(refOf(track), ref));
}

/** What the program shows of a picture: what is beside the program need not show it again. */
export function isOnAir({ layout, main, second }: HallProgram, ref: TrackRef): boolean {
  return isSame(main, ref) || (layout !== 'single' && isSame(second, ref));
}
