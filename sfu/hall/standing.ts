import { Failure } from '../../server/contract/failure.ts';
import type { RecordingFault } from '../../server/contract/hall.ts';
import type { Poster } from '../contract/poster.ts';
import type { RecordingOrder, RecordingSign } from '../contract/recording.ts';
import type { CutInput, CutState, MediaSource, ResumeInput } from '../contract/token.ts';

/** What was ordered for a hall. It outlives the routers and everybody in the hall, so that nothing that ends by accident lifts a cut. */
export interface Standing {
  cut: CutState;
  /** Who in the hall cut or resumed last; null: the server ordered it. */
  cutBy: string | null;
  /** What an account may publish since, instead of what its older tokens say. */
  readonly grants: Map<string, { sources: readonly MediaSource[]; atMs: number }>;
  /** The node that has theatre and stage, by the newest token; without a `nodeId`: the one that it was made for. */
  origin?: { nodeId: string | undefined; atMs: number };
  /** What is to be recorded whenever anything is sent, and why that is not done. */
  recording?: { order: RecordingOrder; fault: RecordingFault | null } | undefined;
  /** What the theatre shows, as one picture. */
  poster?: { kept: Poster; forget: NodeJS.Timeout } | undefined;
}

export interface StandingOrders {
  of(roomId: string): Standing;
  list(): { roomId: string; standing: Standing }[];
  /** Takes over what a token says is cut, where nothing is known of the hall. */
  learnCut(roomId: string, cut: CutInput | undefined): void;
}

/** Longer than any demonstration. */
const REMEMBER_MS = 24 * 60 * 60 * 1000;

export function createStandingOrders(
  isOpen: (roomId: string) => boolean,
  now: () => number = Date.now,
): StandingOrders {
  const all = new Map<string, { standing: Standing; usedAtMs: number }>();
  const forget = () => {
    for (const [roomId, { usedAtMs }] of all) if (usedAtMs < now() - REMEMBER_MS && !isOpen(roomId)) all.delete(roomId);
  };
  const of = (roomId: string): Standing => {
    let found = all.get(roomId);
    if (!found) {
      forget();
      const cut = { number: 0, picture: false, sound: false };
      found = { standing: { cut, cutBy: null, grants: new Map() }, usedAtMs: 0 };
      all.set(roomId, found);
    }
    found.usedAtMs = now();
    return found.standing;
  };
  return {
    of,
    list: () => [...all].map(([roomId, { standing }]) => ({ roomId, standing })),
    learnCut(roomId, cut) {
      const standing = of(roomId);
      if (standing.cut.number === 0 && (cut?.picture || cut?.sound)) standing.cut = cutOff(standing.cut, cut);
    },
  };
}

/** A cut only ever adds. It counts even where it adds nothing: who ends the one before does not end this one. */
export function cutOff(cut: CutState, { picture, sound }: CutInput): CutState {
  return { number: cut.number + 1, picture: cut.picture || picture, sound: cut.sound || sound };
}

/** What an origin takes over of another node, which may know of cuts that were made before this one was opened. It only ever adds. */
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

/** Whether what is sent in the hall is being kept. */
export function signOf({ recording }: Standing): RecordingSign {
  if (!recording) return 'off';
  return recording.fault === null ? 'on' : 'failed';
}
