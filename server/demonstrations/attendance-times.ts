import type { Attendee } from '../contract/index.ts';
import { type Interval, intersect, isOpen, presenceOf, secondsOf, servedOf } from './attendance.ts';
import { countChecks, isAskedIn } from './checks/check.ts';
import type { Demonstration } from './demonstration.ts';
import type { DemonstrationStores } from './parts.ts';
import type { Presence } from './store.ts';

export type Times = Pick<
  Attendee,
  'enrolledAt' | 'withdrawnAt' | 'firstAt' | 'lastAt' | 'presentS' | 'checksAsked' | 'checksAnswered'
>;

/**
 * Of one demonstration: how long each was there while it was live and served, and which presence checks they answered.
 * @param isMeant what each did for these facilities alone, as their administrators may know it
 */
export async function findTimes(
  { demonstrations, presenceChecks }: Pick<DemonstrationStores, 'demonstrations' | 'presenceChecks'>,
  demonstration: Pick<Demonstration, 'demonstrationId' | 'beganAt' | 'endedAt' | 'surgeonId' | 'seats'>,
  at: Date,
  isMeant: (place: { facilityId: string }) => boolean = () => true,
) {
  const { demonstrationId } = demonstration;
  const enrolments = (await demonstrations.listEnrolments(demonstrationId)).filter(isMeant);
  const presences = (await demonstrations.listPresences(demonstrationId)).filter(isMeant);
  const served = await demonstrations.listServed(demonstrationId);
  const checks = await presenceChecks.list(demonstrationId);
  const live = liveOf(demonstration, at).flatMap((one) => servedOf(one, served));
  const enrolmentOf = new Map(enrolments.map((one) => [one.accountId, one]));
  const windowsOf = byAccount(presences);
  const answersOf = byAccount(await presenceChecks.listAnswers(demonstrationId));
  return {
    enrolments,
    presences,
    liveS: secondsOf(live),
    of(accountId: string): Times {
      const enrolment = enrolmentOf.get(accountId);
      const there = intersect(presenceOf(windowsOf.get(accountId) ?? []), live);
      const answered = new Set((answersOf.get(accountId) ?? []).map(({ checkId }) => checkId));
      const isAsked = enrolment !== undefined && isAskedIn(demonstration, accountId);
      const [first, last] = [there[0], there.at(-1)];
      return {
        enrolledAt: enrolment?.enrolledAt ?? null,
        withdrawnAt: enrolment?.withdrawnAt ?? null,
        firstAt: first ? new Date(first.fromMs).toISOString() : null,
        lastAt: last ? new Date(last.toMs).toISOString() : null,
        presentS: secondsOf(there),
        ...countChecks(isAsked ? checks : [], answered, there, live),
      };
    },
  };
}

function byAccount<Row extends { accountId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const grouped = new Map<string, Row[]>();
  for (const row of rows) {
    const own = grouped.get(row.accountId);
    if (own) own.push(row);
    else grouped.set(row.accountId, [row]);
  }
  return grouped;
}

export const isPresentIn = (presences: readonly Presence[], accountId: string, at: Date): boolean =>
  presences.some((one) => one.accountId === accountId && isOpen(one, at));

/** When it was live; until now where it is. */
function liveOf({ beganAt, endedAt }: Pick<Demonstration, 'beganAt' | 'endedAt'>, at: Date): Interval[] {
  if (beganAt === null) return [];
  return [{ fromMs: Date.parse(beganAt), toMs: endedAt === null ? at.getTime() : Date.parse(endedAt) }];
}
