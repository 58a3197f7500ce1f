import { randomUUID } from 'node:crypto';
import { type AssessedPerson, qualifies } from '../demonstrations/credits/credit.ts';
import type { Demonstration } from '../demonstrations/demonstration.ts';
import type { Stores } from '../store/stores.ts';
import { listLiveDemoAccounts } from './end.ts';

/** Who watched, and for how much of it. */
const WATCHED: Record<string, number> = { trainee: 0.97, 'luo.yonggang': 0.91, 'liang.shan': 0.46, 'cui.yong': 1 };
const ASSESSED_BY = 'specialist-2';
const CREDITED_BY = 'xue.mei';
const POINTS_TENTHS = 15;
const HOUR_MS = 3_600_000;

/** A demonstration that is over, with who watched it, assessed and credited within the hours after it. */
export async function insertCredited(
  { accounts, credits, demonstrations }: Pick<Stores, 'accounts' | 'credits' | 'demonstrations'>,
  over: Demonstration,
  { beganAt, endedAt }: { beganAt: string; endedAt: string },
): Promise<void> {
  const { demonstrationId, requiredPercent } = over;
  const people = await listLiveDemoAccounts({ accounts });
  const idOf = (login: string) => people.find((one) => one.login === login)?.accountId;
  const later = (hours: number) => new Date(Date.parse(endedAt) + hours * HOUR_MS).toISOString();
  const terms = { liveS: (Date.parse(endedAt) - Date.parse(beganAt)) / 1000, requiredPercent };
  const [assessor, officer] = [idOf(ASSESSED_BY), idOf(CREDITED_BY)];
  const assessment = assessor ? { by: assessor, at: later(1), ...terms, remark: '' } : null;
  const credit = assessment && officer ? { by: officer, at: later(2), pointsTenths: POINTS_TENTHS } : null;
  await demonstrations.insert({ ...over, assessment, credit });
  const assessed: AssessedPerson[] = [];
  for (const { login, accountId, facilityId } of people) {
    const share = WATCHED[login];
    if (share === undefined) continue;
    const place = { demonstrationId, accountId, facilityId };
    await demonstrations.putEnrolment({ ...place, appointmentId: accountId, enrolledAt: beganAt, withdrawnAt: null });
    const presentS = Math.round(terms.liveS * share);
    const toAt = new Date(Date.parse(beganAt) + presentS * 1000).toISOString();
    const window = { windowId: randomUUID().slice(0, 20), fromAt: beganAt, lastSeenAt: toAt, toAt, hasLeft: true };
    await demonstrations.insertPresence({ presenceId: randomUUID(), ...place, ...window });
    const watched = { presentS, checksAsked: 0, checksAnswered: 0 };
    assessed.push({ ...place, ...watched, qualifies: qualifies(watched, terms) });
  }
  if (!assessment) return;
  await credits.insertAssessed(assessed);
  if (credit)
    await credits.insert(
      assessed
        .filter((one) => one.qualifies)
        .map(({ accountId, facilityId }) => ({
          ...{ demonstrationId, accountId, facilityId },
          ...{ pointsTenths: POINTS_TENTHS, givenBy: credit.by, givenAt: credit.at },
        })),
    );
}
