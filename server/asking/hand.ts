import { Failure, type HandState } from '../contract/index.ts';
import type { Hand } from './store.ts';

/** So many are offered the voice ahead: who is next checks the microphone while somebody else speaks. */
export const MAX_OFFERED = 2;

const WAITING: readonly HandState[] = ['raised', 'offered', 'ready'];
const AHEAD: readonly HandState[] = ['offered', 'ready'];

export function raised(ids: Pick<Hand, 'handId' | 'demonstrationId' | 'accountId' | 'facilityId'>, at: Date): Hand {
  return {
    ...ids,
    state: 'raised',
    raisedAt: at.toISOString(),
    offeredAt: null,
    readyAt: null,
    grantedAt: null,
    overAt: null,
  };
}

/** Those that wait, in the order in which they were raised. */
export const waiting = (hands: readonly Hand[]): Hand[] => hands.filter(({ state }) => WAITING.includes(state));

const isRoomAhead = (hands: readonly Hand[]): boolean =>
  hands.filter(({ state }) => AHEAD.includes(state)).length < MAX_OFFERED;
export const mayOffer = (hand: Hand, hands: readonly Hand[]): boolean => hand.state === 'raised' && isRoomAhead(hands);
export const mayGrant = ({ state }: Hand): boolean => WAITING.includes(state);

/** @throws Failure conflict / hands-offered, state-not-allowed */
export function offered(hand: Hand, hands: readonly Hand[], at: Date): Hand {
  if (hand.state === 'raised' && !isRoomAhead(hands))
    throw new Failure('conflict', 'enough hands are offered the voice', { reason: 'hands-offered' });
  return step(hand, ['raised'], { state: 'offered', offeredAt: at.toISOString() });
}

/** @throws Failure conflict / state-not-allowed */
export const ready = (hand: Hand, at: Date): Hand =>
  step(hand, ['offered'], { state: 'ready', readyAt: at.toISOString() });

/** Whoever moderates may pass over the order. @throws Failure conflict / state-not-allowed */
export const granted = (hand: Hand, at: Date): Hand =>
  step(hand, WAITING, { state: 'granted', grantedAt: at.toISOString() });

/** @throws Failure conflict / state-not-allowed */
export const over = (hand: Hand, at: Date): Hand =>
  step(hand, [...WAITING, 'granted'], { state: 'over', overAt: at.toISOString() });

function step(hand: Hand, from: readonly HandState[], changes: Partial<Hand>): Hand {
  if (!from.includes(hand.state))
    throw new Failure('conflict', `there is no way on from ${hand.state}`, { reason: 'state-not-allowed' });
  return { ...hand, ...changes };
}
