import { Failure } from '../../server/contract/failure.ts';
import type { CutInput, CutState, ResumeInput } from '../contract/token.ts';

/** A cut only ever adds. It counts even where it adds nothing: who ends the one before does not end this one. */
export function cutOff(cut: CutState, { picture, sound }: CutInput): CutState {
  return { number: cut.number + 1, picture: cut.picture || picture, sound: cut.sound || sound };
}

/** What is taken over of another node, or of the server, which may know of cuts that were made before or elsewhere. It only ever adds. */
export function learnNewer(here: CutState, there: CutState): CutState {
  if (there.number <= here.number) return here;
  return { number: there.number, picture: here.picture || there.picture, sound: here.sound || there.sound };
}

/** @throws Failure conflict where the cut that is to be ended is not the newest */
export function endCut(cut: CutState, { number, picture, sound }: ResumeInput): CutState {
  if (number !== cut.number) throw new Failure('conflict', `the newest cut is number ${cut.number}`);
  return { number, picture: cut.picture && !picture, sound: cut.sound && !sound };
}

/** Whether something is cut that was not before. */
export function cutsMore(before: CutState, after: CutState): boolean {
  return (after.picture && !before.picture) || (after.sound && !before.sound);
}
