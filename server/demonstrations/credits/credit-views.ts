import { type DemonstrationStanding, demonstrationActions } from '../../access/demonstrations.ts';
import { findPeople } from '../../accounts/person.ts';
import type { Attendance, AttendeeCredit, CreditCorrectionView, PersonView } from '../../contract/index.ts';
import type { Times } from '../attendance-times.ts';
import type { Demonstration } from '../demonstration.ts';
import type { DemonstrationStores } from '../parts.ts';
import { assessableAt } from '../rules/guards.ts';
import { type CreditCorrection, decidedBy, latestOf, mayCorrect, qualifies } from './credit.ts';

type ReadStores = Pick<DemonstrationStores, 'accounts' | 'facilities' | 'credits'>;
type OfAll = Pick<Attendance, 'version' | 'requiredPercent' | 'assessableAt' | 'assessment' | 'credit' | 'liveS'>;
/** What was assessed takes the place of what is counted now. */
type OfOne = AttendeeCredit & Partial<Pick<Times, 'presentS' | 'checksAsked' | 'checksAnswered'>>;

export const toPoints = (tenths: number): number => tenths / 10;
export const toTenths = (points: number): number => Math.round(points * 10);

/**
 * What assessment and crediting say, of all and of each.
 * @param isMeant of whom they say it: those who were assessed for these facilities
 * @param liveS as it is counted now
 */
export async function findCredits(
  stores: ReadStores,
  {
    demonstration,
    standing,
    isMeant,
  }: {
    demonstration: Demonstration;
    standing: DemonstrationStanding;
    isMeant: (place: { facilityId: string }) => boolean;
  },
  liveS: number,
): Promise<{ ofAll: OfAll; of: (accountId: string, times: Times) => OfOne }> {
  const { demonstrationId, version, assessment, credit, endedAt } = demonstration;
  const { credits } = stores;
  const ofMeant = <One extends { accountId: string; facilityId: string }>(all: readonly One[]) =>
    new Map(all.filter(isMeant).map((one) => [one.accountId, one]));
  const assessed = ofMeant(await credits.listAssessed(demonstrationId));
  const given = ofMeant(await credits.list(demonstrationId));
  const corrections = (await credits.listCorrections(demonstrationId)).filter((one) => assessed.has(one.accountId));
  const deciders = [assessment, credit].flatMap((one) => one?.by ?? []);
  const people = await namePeople(stores, demonstration, [...deciders, ...corrections.map((one) => one.correctedBy)]);
  const terms = assessment ?? { liveS, requiredPercent: demonstration.requiredPercent };
  const isCorrector = demonstrationActions(standing).includes('correct-credit');
  const { accountId: callerId } = standing.actor;
  return {
    ofAll: {
      version,
      liveS: terms.liveS,
      requiredPercent: terms.requiredPercent,
      assessableAt: assessableAt(demonstration)?.toISOString() ?? null,
      assessment: assessment && { by: people(assessment.by), at: assessment.at, remark: assessment.remark },
      credit: credit && { by: people(credit.by), at: credit.at, points: toPoints(credit.pointsTenths) },
    },
    of(accountId, times) {
      const recorded = assessed.get(accountId);
      const { presentS, checksAsked, checksAnswered } = recorded ?? times;
      const isWatcher = times.enrolledAt !== null && times.withdrawnAt === null;
      const expected = isWatcher && !assessment && endedAt !== null ? qualifies(times, terms) : null;
      const own = given.get(accountId);
      const latest = latestOf(accountId, corrections);
      return {
        presentS,
        checksAsked,
        checksAnswered,
        qualifies: recorded ? recorded.qualifies : expected,
        points: own ? toPoints(own.pointsTenths) : null,
        correction: latest ? toCorrectionView(latest, people) : null,
        mayCorrect:
          isCorrector &&
          credit !== null &&
          recorded !== undefined &&
          mayCorrect(callerId, recorded, decidedBy(recorded, credit, corrections)),
      };
    },
  };
}

export const toCorrectionView = (
  { correctedBy, at, beforeTenths, reason }: CreditCorrection,
  people: (accountId: string) => PersonView,
): CreditCorrectionView => ({ by: people(correctedBy), at, before: toPoints(beforeTenths), reason });

/** They acted for the demonstration's facility, or one above it; a name is what matters here. */
async function namePeople(
  stores: ReadStores,
  { facilityId }: Pick<Demonstration, 'facilityId'>,
  accountIds: readonly string[],
): Promise<(accountId: string) => PersonView> {
  const found = await findPeople(
    stores,
    accountIds.map((accountId) => ({ accountId, facilityId })),
  );
  return (accountId) => {
    const person = found.get(accountId);
    if (!person) throw new Error('nobody has this account');
    return person;
  };
}
