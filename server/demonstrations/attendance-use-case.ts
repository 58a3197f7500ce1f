import { administeredFacilities } from '../access/administered-facilities.ts';
import type { Asked } from '../access/asked.ts';
import { standingsOf } from '../access/demonstrations.ts';
import { findPeople } from '../accounts/person.ts';
import { sortKeyOf } from '../accounts/sort-key.ts';
import { recordAct } from '../audit/record.ts';
import type { Attendance, Attendee } from '../contract/index.ts';
import { type Interval, intersect, isOpen, presenceOf, secondsOf } from './attendance.ts';
import { type CheckAnswer, countChecks, type PresenceCheck } from './checks/check.ts';
import type { Demonstration } from './demonstration.ts';
import { getDemonstrationFor } from './demonstration-access.ts';
import type { DemonstrationParts } from './parts.ts';
import type { Enrolment, Presence } from './store.ts';

/** Who enrolled and who was there, for those at the desk; to an administrator their own people alone. */
export async function readAttendance(
  parts: DemonstrationParts,
  { caller, at }: Asked,
  demonstrationId: string,
): Promise<Attendance> {
  const { read } = parts.work;
  const { demonstration, standing } = await getDemonstrationFor(
    parts,
    read,
    caller,
    demonstrationId,
    'read-attendance',
    { at },
  );
  const everybody = standingsOf(standing).some(
    (one) => one !== 'administrator' && one !== 'invited' && one !== 'enrolled',
  );
  const scope = everybody ? undefined : administeredFacilities(caller, await read.facilities.listNodes());
  const isMeant = ({ facilityId }: { facilityId: string }) => scope === undefined || scope.has(facilityId);
  const enrolments = (await read.demonstrations.listEnrolments(demonstrationId)).filter(isMeant);
  const presences = (await read.demonstrations.listPresences(demonstrationId)).filter(isMeant);
  const live = liveOf(demonstration, at);
  const checks = await read.presenceChecks.list(demonstrationId);
  const answers = await read.presenceChecks.listAnswers(demonstrationId);
  const people = await findPeople(read, [...enrolments, ...presences]);
  const attendees = [...people.values()].map(
    (person): Attendee => ({
      person,
      ...timesOf(person.accountId, { enrolments, presences, live, checks, answers }),
      isPresent: presences.some((one) => one.accountId === person.accountId && isOpen(one, at)),
    }),
  );
  const { title, beganAt, endedAt } = demonstration;
  return {
    title,
    everybody,
    beganAt,
    endedAt,
    liveS: secondsOf(live),
    people: attendees.sort((a, b) => compare(sortKeyOf(a.person.name), sortKeyOf(b.person.name))),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The list leaves the system: that is an act. */
export async function exportAttendance(
  parts: DemonstrationParts,
  asked: Asked,
  demonstrationId: string,
): Promise<Attendance> {
  const attendance = await readAttendance(parts, asked, demonstrationId);
  await parts.work.write((stores) =>
    recordAct(stores.audit, asked, {
      action: 'demonstration:export-attendance',
      subjectKind: 'demonstration',
      subjectId: demonstrationId,
      detail: { people: attendance.people.length, everybody: attendance.everybody },
    }),
  );
  return attendance;
}

/** When it was live; until now where it is. */
function liveOf({ beganAt, endedAt }: Pick<Demonstration, 'beganAt' | 'endedAt'>, at: Date): Interval[] {
  if (beganAt === null) return [];
  return [{ fromMs: Date.parse(beganAt), toMs: endedAt === null ? at.getTime() : Date.parse(endedAt) }];
}

function timesOf(
  accountId: string,
  {
    enrolments,
    presences,
    live,
    checks,
    answers,
  }: {
    enrolments: readonly Enrolment[];
    presences: readonly Presence[];
    live: readonly Interval[];
    checks: readonly PresenceCheck[];
    answers: readonly CheckAnswer[];
  },
): Omit<Attendee, 'person' | 'isPresent'> {
  const enrolment = enrolments.find((one) => one.accountId === accountId);
  const there = intersect(presenceOf(presences.filter((one) => one.accountId === accountId)), live);
  const answered = new Set(answers.flatMap((one) => (one.accountId === accountId ? [one.checkId] : [])));
  const [first, last] = [there[0], there.at(-1)];
  return {
    enrolledAt: enrolment?.enrolledAt ?? null,
    withdrawnAt: enrolment?.withdrawnAt ?? null,
    firstAt: first ? new Date(first.fromMs).toISOString() : null,
    lastAt: last ? new Date(last.toMs).toISOString() : null,
    presentS: secondsOf(there),
    ...(enrolment ? countChecks(checks, answered, there) : { checksAsked: 0, checksAnswered: 0 }),
  };
}
