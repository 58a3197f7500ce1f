import { randomUUID } from 'node:crypto';
import type { Asked } from '../../access/asked.ts';
import { type CreditCorrectionInput, type DemonstrationView, Failure } from '../../contract/index.ts';
import { upwardsFrom } from '../../facilities/tree.ts';
import { assessed, creditCorrected, credited } from '../after-the-end.ts';
import type { Place } from '../announce.ts';
import { findTimes } from '../attendance-times.ts';
import { changeDemonstration } from '../change.ts';
import type { DemonstrationParts, DemonstrationStores } from '../parts.ts';
import { requireNobodyNamed } from '../plan-use-cases.ts';
import { requireReason } from '../sign-off-use-cases.ts';
import { type AssessedPerson, decidedBy, latestOf, mayCorrect, mayCredit, qualifies } from './credit.ts';
import { toTenths } from './credit-views.ts';

/**
 * Records for good how much each who is enrolled was there, and who of them watched enough. Whoever may credit them is told.
 * @throws Failure invalid-message / patient-named
 */
export async function assessDemonstration(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
  { version, remark }: { version: number; remark: string },
): Promise<DemonstrationView> {
  const { caller, at } = asked;
  const step = { action: 'assess', version } as const;
  return changeDemonstration(parts, asked, demonstrationId, step, async (stored, { stores }) => {
    await requireNobodyNamed(parts, stores, stored.consultationId, { remark });
    const times = await findTimes(stores, stored, at);
    const terms = { liveS: times.liveS, requiredPercent: stored.requiredPercent };
    const people = times.enrolments
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .map(({ accountId, facilityId }): AssessedPerson => {
        const { presentS, checksAsked, checksAnswered } = times.of(accountId);
        const watched = { presentS, checksAsked, checksAnswered };
        return { demonstrationId, accountId, facilityId, ...watched, qualifies: qualifies(watched, terms) };
      });
    await stores.credits.insertAssessed(people);
    const mayGive = (accountId: string) => mayCredit(accountId, caller.accountId, people);
    const officers = await listOfficers(stores, stored.facilityId, at, mayGive);
    return {
      next: assessed(stored, { by: caller.accountId, at: at.toISOString(), ...terms, remark }),
      detail: { ...terms, people: people.length, qualified: people.filter((one) => one.qualifies).length },
      told: 'demonstration-assessed',
      toldTo: officers,
    };
  });
}

/** Administrators of the facility who may credit, else those of the nearest one above it that has some. */
async function listOfficers(
  { accounts, facilities }: Pick<DemonstrationStores, 'accounts' | 'facilities'>,
  home: string,
  at: Date,
  mayGive: (accountId: string) => boolean,
): Promise<Place[]> {
  for (const facilityId of upwardsFrom(await facilities.listNodes(), home)) {
    const officers = await accounts.listAppointed(facilityId, ['facility-admin'], at);
    const able = officers.filter(({ accountId }) => mayGive(accountId));
    if (able.length > 0) return able.map(({ accountId }) => ({ accountId, facilityId }));
  }
  return [];
}

/** Credits each who watched enough, once. @throws Failure forbidden / credit-second-person */
export async function creditDemonstration(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
  { version, points }: { version: number; points: number },
): Promise<DemonstrationView> {
  const { caller, at } = asked;
  const by = caller.accountId;
  const step = { action: 'credit', version } as const;
  return changeDemonstration(parts, asked, demonstrationId, step, async (stored, { stores }) => {
    const people = await stores.credits.listAssessed(demonstrationId);
    if (!stored.assessment || !mayCredit(by, stored.assessment.by, people)) throw notTheirs();
    const pointsTenths = toTenths(points);
    const qualified = people.filter((one) => one.qualifies);
    const given = { pointsTenths, givenBy: by, givenAt: at.toISOString() };
    await stores.credits.insert(
      qualified.map(({ accountId, facilityId }) => ({ demonstrationId, accountId, facilityId, ...given })),
    );
    return {
      next: credited(stored, { by, at: at.toISOString(), pointsTenths }),
      detail: { people: qualified.length, pointsTenths },
      told: 'demonstration-credited',
      toldTo: qualified,
    };
  });
}

/**
 * Puts one person's credit right: other points, none, or some for whom the rule left out. The person is told, and reads why.
 * @throws Failure not-found for whom nobody assessed; forbidden / credit-second-person; invalid-message where nothing changes, or
 * reason-missing, patient-named
 */
export async function correctCredit(
  parts: DemonstrationParts,
  asked: Asked,
  { demonstrationId, accountId }: { demonstrationId: string; accountId: string },
  { version, points, reason }: CreditCorrectionInput,
): Promise<DemonstrationView> {
  requireReason(reason);
  const { caller, at } = asked;
  const correctedBy = caller.accountId;
  const step = { action: 'correct-credit', version } as const;
  return changeDemonstration(parts, asked, demonstrationId, step, async (stored, { stores }) => {
    const { credits } = stores;
    await requireNobodyNamed(parts, stores, stored.consultationId, { reason });
    const person = (await credits.listAssessed(demonstrationId)).find((one) => one.accountId === accountId);
    if (!person || !stored.credit) throw new Failure('not-found', 'nobody of this demonstration');
    const corrections = await credits.listCorrections(demonstrationId);
    if (!mayCorrect(correctedBy, person, decidedBy(person, stored.credit, corrections))) throw notTheirs();
    const before = (await credits.list(demonstrationId)).find((one) => one.accountId === accountId);
    const [beforeTenths, afterTenths] = [before?.pointsTenths ?? 0, toTenths(points)];
    if (beforeTenths === afterTenths)
      throw new Failure('invalid-message', 'that is what the person has', { fields: ['points'] });
    const { facilityId } = person;
    const given = before ?? { givenBy: correctedBy, givenAt: at.toISOString() };
    await credits.put({ ...given, demonstrationId, accountId, facilityId, pointsTenths: afterTenths });
    const correction = { correctionId: randomUUID(), demonstrationId, accountId, beforeTenths, afterTenths };
    await credits.insertCorrection({
      ...correction,
      reason,
      correctedBy,
      at: laterThan(latestOf(accountId, corrections), at),
    });
    return {
      next: creditCorrected(stored, at),
      detail: { accountId, beforeTenths, afterTenths },
      told: 'demonstration-credit-corrected',
      toldTo: [{ accountId, facilityId }],
    };
  });
}

/** By whichever server's clock: the latest one is the one that was made last. */
const laterThan = (former: { at: string } | undefined, at: Date): string =>
  new Date(Math.max(at.getTime(), former ? Date.parse(former.at) + 1 : 0)).toISOString();

const notTheirs = (): Failure => new Failure('forbidden', 'somebody else does it', { reason: 'credit-second-person' });
