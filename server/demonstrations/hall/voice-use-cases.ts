import type { Asked } from '../../access/asked.ts';
import { recordAct } from '../../audit/record.ts';
import {
  type DemonstrationAction,
  type DemonstrationLive,
  Failure,
  MAX_VOICES,
  type VoiceInput,
} from '../../contract/index.ts';
import type { Demonstration } from '../demonstration.ts';
import { getDemonstrationFor } from '../demonstration-access.ts';
import type { DemonstrationStores } from '../parts.ts';
import { listVoices, toLive } from './live.ts';
import type { HallParts } from './parts.ts';
import { tellHall } from './tell.ts';

interface Whose {
  demonstrationId: string;
  accountId: string;
}

/**
 * Gives somebody of the audience the word. It stands in the database, so that they have it again after each lost line.
 * @throws Failure not-found for whoever is not enrolled; conflict / voices-full; unavailable where the sfu does not answer: they have the word
 * once they come back
 */
export async function giveVoice(
  parts: HallParts,
  asked: Asked,
  { demonstrationId, accountId }: Whose,
  { sources }: VoiceInput,
): Promise<DemonstrationLive> {
  const demonstration = await change(parts, asked, demonstrationId, 'give-voice', async (stores, stored) => {
    const facilityId = await findFacility(stores, stored, accountId);
    const voices = await stores.halls.listVoices(demonstrationId);
    if (voices.every((one) => one.accountId !== accountId) && voices.length >= MAX_VOICES)
      throw new Failure('conflict', `${MAX_VOICES} have the word`, { reason: 'voices-full' });
    const given = { givenBy: asked.caller.accountId, givenAt: asked.at.toISOString() };
    await stores.halls.putVoice({ demonstrationId, accountId, facilityId, sources, ...given });
    return { action: 'demonstration:give-voice', detail: { accountId, sources } };
  });
  return follow(parts, demonstration, () => parts.sfu.setPublish(demonstrationId, accountId, sources));
}

/** Whoever has not got the word is no error: two at the desk may press at once. */
export const takeVoice = (parts: HallParts, asked: Asked, whose: Whose): Promise<DemonstrationLive> =>
  endVoice(parts, asked, whose, { action: 'give-voice', recorded: 'demonstration:take-voice' });

/** Whoever has spoken gives the word back themselves. */
export const giveBackVoice = (parts: HallParts, asked: Asked, demonstrationId: string): Promise<DemonstrationLive> =>
  endVoice(
    parts,
    asked,
    { demonstrationId, accountId: asked.caller.accountId },
    { action: 'give-back-voice', recorded: 'demonstration:give-back-voice' },
  );

/** With the word goes the hand that it was given to. */
async function endVoice(
  parts: HallParts,
  asked: Asked,
  { demonstrationId, accountId }: Whose,
  { action, recorded }: { action: DemonstrationAction; recorded: string },
): Promise<DemonstrationLive> {
  let facilityId: string | undefined;
  const demonstration = await change(parts, asked, demonstrationId, action, async ({ halls, asking }) => {
    const hand = await asking.findOpenHand(demonstrationId, accountId);
    if (hand?.state === 'granted') {
      await asking.closeHandOf(demonstrationId, accountId, asked.at);
      ({ facilityId } = hand);
    }
    if (!(await halls.removeVoice(demonstrationId, accountId))) return undefined;
    return { action: recorded, detail: { accountId } };
  });
  if (facilityId !== undefined) await parts.onHandOver(demonstration, { accountId, facilityId });
  // Also where there was none: an order that did not reach the sfu is given again.
  return follow(parts, demonstration, async () => {
    // Theatre and stage send by their seat: that is not taken here.
    if (!hasPart(demonstration, accountId)) await parts.sfu.setPublish(demonstrationId, accountId, []);
  });
}

const hasPart = ({ surgeonId, seats }: Demonstration, accountId: string): boolean =>
  accountId === surgeonId || seats.some((one) => one.accountId === accountId);

async function change(
  parts: HallParts,
  asked: Asked,
  demonstrationId: string,
  action: DemonstrationAction,
  make: (
    stores: DemonstrationStores,
    stored: Demonstration,
  ) => Promise<{ action: string; detail: Record<string, unknown> } | undefined>,
): Promise<Demonstration> {
  const { caller, at } = asked;
  return parts.work.write(async (stores) => {
    const options = { at, lock: true };
    const found = await getDemonstrationFor(parts, stores, caller, demonstrationId, action, options);
    const act = await make(stores, found.demonstration);
    if (act) await recordAct(stores.audit, asked, { ...act, subjectKind: 'demonstration', subjectId: demonstrationId });
    return found.demonstration;
  });
}

/** Sfu and windows side by side: the hall need not wait for the notices. */
async function follow(
  parts: HallParts,
  demonstration: Demonstration,
  order: () => Promise<void>,
): Promise<DemonstrationLive> {
  const { demonstrationId } = demonstration;
  const tell = async () => {
    const voices = await listVoices(parts.work.read, demonstrationId);
    await tellHall(parts, demonstration, 'demonstration:voices-changed', { demonstrationId, voices });
  };
  await Promise.all([order(), tell()]);
  return toLive(parts.work.read, demonstration);
}

/** For which facility they enrolled. Whoever has a part in it speaks from there anyway. @throws Failure not-found */
async function findFacility(
  { demonstrations }: Pick<DemonstrationStores, 'demonstrations'>,
  demonstration: Demonstration,
  accountId: string,
): Promise<string> {
  const enrolment = await demonstrations.findEnrolment(demonstration.demonstrationId, accountId);
  if (!enrolment || enrolment.withdrawnAt !== null || hasPart(demonstration, accountId))
    throw new Failure('not-found', 'nobody of the audience', { fields: ['accountId'] });
  return enrolment.facilityId;
}
