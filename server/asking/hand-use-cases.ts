import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { type AskingDesk, type AskingOwn, Failure } from '../contract/index.ts';
import { granted, mayGrant, offered, over, raised, ready } from './hand.ts';
import { act, getInside } from './inside.ts';
import { answerDesk, answerOwn, tellOwn } from './own.ts';
import type { AskingParts, AskingStores } from './parts.ts';
import type { Hand } from './store.ts';

/** Raised already, it keeps its place. */
export async function raiseHand(parts: AskingParts, asked: Asked, demonstrationId: string): Promise<AskingOwn> {
  const { accountId, facilityId } = asked.caller;
  return changeOwnHand(parts, asked, demonstrationId, async (before) =>
    before ? undefined : raised({ handId: randomUUID(), demonstrationId, accountId, facilityId }, asked.at),
  );
}

/** Lowered already, nothing changes. A hand that has the word, if only since a moment ago, goes with it in one transaction. */
export async function lowerHand(parts: AskingParts, asked: Asked, demonstrationId: string): Promise<AskingOwn> {
  let hasWord = false;
  const lowered = await changeOwnHand(parts, asked, demonstrationId, async (before) => {
    hasWord = before?.state === 'granted';
    return before && !hasWord ? over(before, asked.at) : undefined;
  });
  if (!hasWord) return lowered;
  await parts.voices.giveBack(asked, demonstrationId);
  return changeOwnHand(parts, asked, demonstrationId, async () => undefined);
}

/** The caller has checked their microphone. @throws Failure conflict / state-not-allowed where they are not next */
export const beReady = (parts: AskingParts, asked: Asked, demonstrationId: string): Promise<AskingOwn> =>
  changeOwnHand(parts, asked, demonstrationId, async (before) => {
    if (!before) throw new Failure('conflict', 'no hand is raised', { reason: 'state-not-allowed' });
    return before.state === 'ready' ? undefined : ready(before, asked.at);
  });

/** @param change undefined: nothing changes. */
async function changeOwnHand(
  parts: AskingParts,
  asked: Asked,
  demonstrationId: string,
  change: (before: Hand | undefined) => Promise<Hand | undefined>,
): Promise<AskingOwn> {
  const { accountId } = asked.caller;
  const demonstration = await act(parts, asked, demonstrationId, 'raise-hand', async (acting) => {
    const { stores, demonstration, record } = acting;
    const before = await stores.asking.findOpenHand(demonstrationId, accountId);
    const next = await change(before);
    if (next) {
      await (before ? stores.asking.replaceHand(next) : stores.asking.insertHand(next));
      await record(`hand:${OWN_ACTS[next.state]}`, 'hand', next.handId);
    }
    return demonstration;
  });
  parts.news.changed(demonstrationId, { parts: ['hands', 'desk'] });
  return answerOwn(parts, asked, demonstration);
}

/** What leads into a state by the person's own doing. */
const OWN_ACTS: Partial<Record<Hand['state'], string>> = { raised: 'raise', ready: 'be-ready', over: 'lower' };

/** What those do with a hand who moderate. */
const STEPS = {
  offer: offered,
  grant: (hand: Hand, _: readonly Hand[], at: Date) => granted(hand, at),
  close: (hand: Hand, _: readonly Hand[], at: Date) => over(hand, at),
} as const;

/**
 * Gives the word with the hand: what the hall refuses leaves the hand as it is.
 * @throws Failure as `moderateHand`; conflict / voices-full
 */
export async function grantHand(
  parts: AskingParts,
  asked: Asked,
  whose: { demonstrationId: string; handId: string },
): Promise<AskingDesk> {
  const { work, voices } = parts;
  const { demonstrationId, handId } = whose;
  await getInside(parts, work.read, asked.caller, demonstrationId, 'moderate', { at: asked.at });
  const hand = await work.read.asking.findHand(demonstrationId, handId);
  if (!hand || !mayGrant(hand)) return moderateHand(parts, asked, whose, 'grant');
  await voices.give(asked, { demonstrationId, accountId: hand.accountId });
  try {
    return await moderateHand(parts, asked, whose, 'grant');
  } catch (error) {
    // Lowered or closed meanwhile. Of two who grant at once the first one's word stays.
    const now = await work.read.asking.findHand(demonstrationId, handId);
    if (now?.state === 'over') await voices.take(asked, { demonstrationId, accountId: hand.accountId });
    throw error;
  }
}

/** Whoever speaks has spoken: the word goes with the hand. @throws Failure as `moderateHand` */
export async function closeHand(
  parts: AskingParts,
  asked: Asked,
  whose: { demonstrationId: string; handId: string },
): Promise<AskingDesk> {
  const desk = await moderateHand(parts, asked, whose, 'close');
  const { demonstrationId, handId } = whose;
  const hand = await parts.work.read.asking.findHand(demonstrationId, handId);
  if (hand && hand.grantedAt !== null) await parts.voices.take(asked, { demonstrationId, accountId: hand.accountId });
  return desk;
}

/** @throws Failure not-found; conflict / hands-offered, state-not-allowed */
export async function moderateHand(
  parts: AskingParts,
  asked: Asked,
  { demonstrationId, handId }: { demonstrationId: string; handId: string },
  step: keyof typeof STEPS,
): Promise<AskingDesk> {
  const { hand, demonstration } = await act(parts, asked, demonstrationId, 'moderate', async (acting) => {
    const { stores, demonstration, record } = acting;
    const before = await stores.asking.findHand(demonstrationId, handId);
    if (!before) throw new Failure('not-found', 'no such hand');
    const hands = await stores.asking.listOpenHands(demonstrationId);
    const hand = STEPS[step](before, hands, asked.at);
    if (step === 'grant') await requireWord(stores, hand);
    await stores.asking.replaceHand(hand);
    await record(`hand:${step}`, 'hand', handId, { accountId: hand.accountId, from: before.state, to: hand.state });
    return { hand, demonstration };
  });
  parts.news.changed(demonstrationId, { parts: ['hands', 'desk'] });
  await tellOwn(parts, demonstration, hand);
  return answerDesk(parts, demonstrationId);
}

/** Given back or taken meanwhile, there is none to grant. @throws Failure conflict / state-not-allowed */
async function requireWord(
  { halls }: Pick<AskingStores, 'halls'>,
  { demonstrationId, accountId }: Hand,
): Promise<void> {
  const voices = await halls.listVoices(demonstrationId);
  if (voices.every((one) => one.accountId !== accountId))
    throw new Failure('conflict', 'the word is gone already', { reason: 'state-not-allowed' });
}
