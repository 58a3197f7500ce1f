import { randomUUID } from 'node:crypto';
import { needsSecond } from '../access/machines.ts';
import type { Appointment } from '../accounts/appointment.ts';
import type { NoticeView, PersonView } from '../contract/index.ts';
import type { Machine } from '../machines/machine.ts';
import type { Notify } from '../store/notify.ts';
import type { Stores, Work } from '../store/stores.ts';
import { KEPT_MS, NO_SUBJECT, type StoredNotice } from './notice.ts';

/** What a notice tells of a program. */
export type NoticedMachine = NonNullable<NoticeView['machine']>;

/** The programs that notices are about, by id. */
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

export function toMachineNotice(
  { noticeId, kind, at, readAt }: StoredNotice,
  machine: NoticedMachine,
  by: Pick<PersonView, 'name' | 'facilityName'> | undefined,
): NoticeView {
  const about = { ...NO_SUBJECT, machine };
  return { noticeId, kind, ...about, byName: by?.name ?? '', byFacilityName: by?.facilityName ?? '', at, readAt };
}

/** Keeps for each of those who answer for the facility that a program was let in, then tells their windows. */
export async function postMachineNotices(
  { work, notify }: { work: Work<'notices'>; notify: Notify },
  machine: Machine,
  { by, to, at }: { by: PersonView; to: readonly Appointment[]; at: Date },
  facilityName: string,
): Promise<void> {
  const notices = to.map(
    ({ accountId, appointmentId }): StoredNotice => ({
      noticeId: randomUUID(),
      accountId,
      appointmentId,
      consultationId: null,
      agreementId: null,
      licenceOf: null,
      licenceTo: null,
      proposalId: null,
      machineId: machine.machineId,
      demonstrationId: null,
      kind: 'machine-made',
      byAccountId: by.accountId,
      at: at.toISOString(),
      readAt: null,
    }),
  );
  const kept = new Date(at.getTime() - KEPT_MS).toISOString();
  await work.write(async (stores) => {
    await stores.notices.insert(notices);
    for (const { accountId } of to) await stores.notices.deleteBefore(accountId, kept);
  });
  const noticed = toNoticed(machine, facilityName);
  for (const notice of notices) notify.toAppointments([notice], 'notice:posted', toMachineNotice(notice, noticed, by));
}
