import type { Asked } from '../../access/asked.ts';
import { findPeople } from '../../accounts/person.ts';
import type { OwnCredit } from '../../contract/index.ts';
import { toFacilityView } from '../../facilities/facility.ts';
import type { DemonstrationParts } from '../parts.ts';
import { latestOf } from './credit.ts';
import { toCorrectionView, toPoints } from './credit-views.ts';

/** What the caller was credited with, wherever they act, and what was put right of it. */
export async function listOwnCredits(
  { work: { read } }: Pick<DemonstrationParts, 'work'>,
  { caller }: Pick<Asked, 'caller'>,
): Promise<OwnCredit[]> {
  const { accountId } = caller;
  const credits = await read.credits.listOf(accountId);
  const demonstrations = new Map(
    (await read.demonstrations.findMany(credits.map((one) => one.demonstrationId))).map((one) => [
      one.demonstrationId,
      one,
    ]),
  );
  const homes = [...new Set([...demonstrations.values()].map(({ facilityId }) => facilityId))];
  const facilities = new Map((await read.facilities.findMany(homes)).map((one) => [one.facilityId, one]));
  const watched = new Map((await read.credits.listAssessedOf(accountId)).map((one) => [one.demonstrationId, one]));
  const corrections = await read.credits.listCorrectionsOf(accountId);
  const people = await findPeople(
    read,
    corrections.map((one) => one.correctedBy),
  );
  return credits.map(({ demonstrationId, pointsTenths, givenAt }): OwnCredit => {
    const demonstration = demonstrations.get(demonstrationId);
    const facility = facilities.get(demonstration?.facilityId ?? '');
    const own = corrections.filter((one) => one.demonstrationId === demonstrationId);
    const latest = latestOf(accountId, own);
    if (!demonstration || !facility) throw new Error('a credit of no demonstration');
    const nameOf = (by: string) => {
      const person = people.get(by);
      if (!person) throw new Error('nobody has this account');
      return person;
    };
    return {
      demonstrationId,
      title: demonstration.title,
      facility: toFacilityView(facility),
      beganAt: demonstration.beganAt,
      presentS: watched.get(demonstrationId)?.presentS ?? 0,
      liveS: demonstration.assessment?.liveS ?? 0,
      points: toPoints(pointsTenths),
      givenAt,
      correction: latest ? toCorrectionView(latest, nameOf) : null,
    };
  });
}
