import { needsSecond } from '../access/machines.ts';
import type { Appointment } from '../accounts/appointment.ts';
import type { NoticeView, PersonView } from '../contract/index.ts';
import type { Machine } from '../machines/machine.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';
import { keepNotices, newNotices, noticeView } from './keep-notices.ts';
import type { StoredNotice } from './notice.ts';

/** What a notice tells of a machine. */
export type NoticedMachine = NonNullable<NoticeView['machine']>;

/** The machines that notices are about, by id. */
export async function findNoticedMachines(
  { facilities, machines }: Pick<Stores, 'facilities' | 'machines'>,
  notices: readonly Pick<StoredNotice, 'machineId'>[],
): Promise<Map<string, NoticedMachine>> {
  const found = await machines.findMany([...new Set(notices.flatMap(({ machineId }) => machineId ?? []))]);
  const named = await facilities.findMany([...new Set(found.map(({ facilityId }) => facilityId))]);
  const names = new Map(named.map(({ facilityId, name }) => [facilityId, name]));
  return new Map(found.map((one) => [one.machineId, toNoticed(one, names.get(one.facilityId) ?? '')]));
}

function toNoticed(machine: Machine, facilityName: string): NoticedMachine {
  const { machineId, name, confirmedAt, revokedAt } = machine;
  return { machineId, name, facilityName, awaits: needsSecond(machine) && confirmedAt === null && revokedAt === null };
}

export const toMachineNotice = (
  notice: StoredNotice,
  machine: NoticedMachine,
  by: Pick<PersonView, 'name' | 'facilityName'> | undefined,
): NoticeView => noticeView(notice, by, { machine });

/** Keeps for each of those who answer for the facility that a machine was let in, then tells their windows. */
export async function postMachineNotices(
  { work, notify }: { work: Work<'notices'>; notify: Notify },
  machine: Machine,
  { by, to, at }: { by: PersonView; to: readonly Appointment[]; at: Date },
  facilityName: string,
): Promise<void> {
  const { machineId } = machine;
  const notices = newNotices(to, { kind: 'machine-made', byAccountId: by.accountId, at, machineId });
  await work.write((stores) => keepNotices(stores, notices, at));
  const noticed = toNoticed(machine, facilityName);
  for (const notice of notices) notify.toAppointments([notice], 'notice:posted', toMachineNotice(notice, noticed, by));
}
