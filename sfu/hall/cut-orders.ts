import { randomUUID } from 'node:crypto';
import type { CutOrder } from '../contract/cut-order.ts';
import type { CutInput, CutState, ResumeInput } from '../contract/token.ts';
import { cutOff, endCut } from './cut-state.ts';

/** A cut that was ordered at a node which does not have the hall's theatre. It holds there until what the origin tells has it in. */
export interface HeldCut {
  what: CutInput;
  /** Who in the hall cut; null: the server. */
  by: string | null;
  /** What the origin counted it as, which its mirror is still to say. */
  countedAs?: number;
}

/** What is cut of a hall, at one node. */
export interface StandingCuts {
  /** At the origin: what is cut. Elsewhere: what it last told of. */
  cut: CutState;
  /** What was ordered here and the origin has not counted yet, by the order's id. */
  readonly heldCuts: Map<string, HeldCut>;
  /** The orders that were counted last. */
  readonly countedCuts: Set<string>;
}

/** So many orders are known again: they come twice within seconds, over two ways. */
const MOST_COUNTED = 500;

/** What is cut at this node: what is known of the origin's, and what the origin is still to count. */
export function cutOf({ cut, heldCuts }: Pick<StandingCuts, 'cut' | 'heldCuts'>): CutState {
  let all = cut;
  for (const { what, countedAs } of heldCuts.values()) {
    const added = cutOff(all, what);
    all = countedAs === undefined ? added : { ...added, number: Math.max(all.number, countedAs) };
  }
  return all;
}

/** @returns the id that it is held under */
export function holdCut({ heldCuts, countedCuts }: StandingCuts, order: CutOrder, by: string | null): string {
  const { orderId = randomUUID(), picture, sound } = order;
  if (!countedCuts.has(orderId) && !heldCuts.has(orderId)) heldCuts.set(orderId, { what: { picture, sound }, by });
  return orderId;
}

/** The origin has counted one; it holds until the mirror says so as well. */
export function letGoCounted({ cut, heldCuts, countedCuts }: StandingCuts, orderId: string, countedAs: number): void {
  const held = heldCuts.get(orderId);
  if (!held) return;
  remember(countedCuts, orderId);
  if (cut.number >= countedAs) heldCuts.delete(orderId);
  else held.countedAs = countedAs;
}

/** The mirror has told of all up to a number. */
export function letGoTold({ cut, heldCuts }: StandingCuts): void {
  for (const [orderId, { countedAs }] of heldCuts)
    if (countedAs !== undefined && countedAs <= cut.number) heldCuts.delete(orderId);
}

/** At the origin, or where the hall is nowhere open: what was held counts from now on. */
export function countHeld(standing: StandingCuts): void {
  standing.cut = cutOf(standing);
  for (const orderId of standing.heldCuts.keys()) remember(standing.countedCuts, orderId);
  standing.heldCuts.clear();
}

/** Where the hall is nowhere open: what is ordered holds once it is. @throws Failure conflict where there is a newer cut */
export function endStandingCut(standing: StandingCuts, what: ResumeInput): void {
  countHeld(standing);
  // Whoever ends it may have been told of cuts that this node was not there for.
  standing.cut = endCut({ ...standing.cut, number: Math.max(standing.cut.number, what.number) }, what);
}

/** At the origin. An order that comes a second time, over another way, is no other cut. @returns whether it is a new one */
export function isNewCut({ countedCuts }: StandingCuts, { orderId }: CutOrder): boolean {
  if (orderId === undefined) return true;
  if (countedCuts.has(orderId)) return false;
  remember(countedCuts, orderId);
  return true;
}

function remember(counted: Set<string>, orderId: string): void {
  counted.add(orderId);
  for (const oldest of counted) {
    if (counted.size <= MOST_COUNTED) return;
    counted.delete(oldest);
  }
}
