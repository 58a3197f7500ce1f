import { type DemonstrationStanding, standingsOf } from '../../access/demonstrations.ts';
import type { HallSeat } from '../../contract/index.ts';
import type { Demonstration } from '../demonstration.ts';
import { ACTS, type Standing } from '../rules/rules.ts';

/** Where each sits in the hall; the others have no place there. Whoever has several takes the one nearest to the operation. */
const SEAT_OF: Partial<Record<Standing, HallSeat>> = {
  surgeon: 'theatre',
  nurse: 'theatre',
  moderator: 'stage',
  deputy: 'stage',
  expert: 'stage',
  advocate: 'advocate',
  enrolled: 'audience',
};
const NEAREST_FIRST: readonly HallSeat[] = ['theatre', 'stage', 'advocate', 'audience'];

/** undefined: the person may not enter the hall now. */
export function seatIn(standing: DemonstrationStanding): HallSeat | undefined {
  const { state } = standing.demonstration;
  const { who } = ACTS['join-hall'];
  const seats = standingsOf(standing)
    .filter((one) => who[one]?.includes(state))
    .map((one) => SEAT_OF[one]);
  return NEAREST_FIRST.find((seat) => seats.includes(seat));
}

/** What somebody's seats give them in the hall, whatever they have besides. */
export function placeOf(
  { surgeonId, seats }: Pick<Demonstration, 'surgeonId' | 'seats'>,
  accountId: string,
): { seat: HallSeat | undefined; mayCut: boolean } {
  const own: Standing[] = seats.filter((one) => one.accountId === accountId).map(({ seat }) => seat);
  if (accountId === surgeonId) own.push('surgeon');
  const held = own.map((one) => SEAT_OF[one]);
  return { seat: NEAREST_FIRST.find((seat) => held.includes(seat)), mayCut: own.some((one) => one in ACTS.cut.who) };
}

/** Who had a seat in the plan that they have no more: `gone` have none in the hall now, signers among them, `kept` have another one. */
export function thoseWithLess(before: Demonstration, next: Demonstration): { gone: string[]; kept: string[] } {
  const lost = before.seats.filter(
    (one) => !next.seats.some(({ seat, accountId }) => seat === one.seat && accountId === one.accountId),
  );
  const accountIds = [...new Set(lost.map(({ accountId }) => accountId))];
  const isKept = (accountId: string) => placeOf(next, accountId).seat !== undefined;
  return { gone: accountIds.filter((one) => !isKept(one)), kept: accountIds.filter(isKept) };
}

/** Whose tracks can be on air beside those who have the word: theatre and stage. */
export function onAir({ surgeonId, seats }: Pick<Demonstration, 'surgeonId' | 'seats'>): string[] {
  const seated = seats.filter(({ seat }) => ['nurse', 'moderator', 'deputy', 'expert'].includes(seat));
  return [surgeonId, ...seated.map(({ accountId }) => accountId)];
}
