import { administeredFacilities } from '../access/administered-facilities.ts';
import type { Asked } from '../access/asked.ts';
import { standingsOf } from '../access/demonstrations.ts';
import { findPeople } from '../accounts/person.ts';
import { sortKeyOf } from '../accounts/sort-key.ts';
import { recordAct } from '../audit/record.ts';
import type { Attendance, Attendee } from '../contract/index.ts';
import { findTimes, isPresentIn } from './attendance-times.ts';
import { findCredits } from './credits/credit-views.ts';
import { getDemonstrationFor } from './demonstration-access.ts';
import type { DemonstrationParts } from './parts.ts';

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
  const times = await findTimes(read, demonstration, at, isMeant);
  const people = await findPeople(read, [...times.enrolments, ...times.presences]);
  const credits = await findCredits(read, { demonstration, standing, isMeant }, times.liveS);
  const { assessment } = credits.ofAll;
  const attendees = [...people.values()].map((person): Attendee => {
    const own = times.of(person.accountId);
    return {
      person,
      ...own,
      ...credits.of(person.accountId, own),
      isPresent: isPresentIn(times.presences, person.accountId, at),
    };
  });
  const { title, beganAt, endedAt } = demonstration;
  return {
    title,
    everybody,
    beganAt,
    endedAt,
    ...credits.ofAll,
    assessment: assessment && (everybody ? assessment : { ...assessment, remark: '' }),
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
