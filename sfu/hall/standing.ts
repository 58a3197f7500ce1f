import type { RecordingFault } from '../../server/contract/hall.ts';
import type { Poster } from '../contract/poster.ts';
import type { RecordingOrder, RecordingSign } from '../contract/recording.ts';
import type { HallClaims, MediaSource } from '../contract/token.ts';
import { cutOf, type StandingCuts } from './cut-orders.ts';
import { cutOff, learnNewer } from './cut-state.ts';

/** What was ordered for a hall. It outlives the routers and everybody in the hall, so that nothing that ends by accident lifts a cut. */
export interface Standing extends StandingCuts {
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
  learnCut(roomId: string, cut: HallClaims['cut']): void;
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
      found = { standing: createStanding(), usedAtMs: 0 };
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
      const { number } = cutOf(standing);
      if (cut?.number !== undefined) standing.cut = learnNewer(standing.cut, { ...cut, number: cut.number });
      // Of a server of the last release, which does not say how many there were.
      else if (number === 0 && (cut?.picture || cut?.sound)) standing.cut = cutOff(standing.cut, cut);
    },
  };
}

export function createStanding(): Standing {
  const cut = { number: 0, picture: false, sound: false };
  return { cut, heldCuts: new Map(), countedCuts: new Set(), cutBy: null, grants: new Map() };
}

/** Whether what is sent in the hall is being kept. */
export function signOf({ recording }: Standing): RecordingSign {
  if (!recording) return 'off';
  return recording.fault === null ? 'on' : 'failed';
}
