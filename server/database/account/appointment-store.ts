import { type EntityManager, In, Not } from 'typeorm';
import { type Appointment, mainOf } from '../../accounts/appointment.ts';
import type { AppointmentStore } from '../../accounts/appointment-store.ts';
import type { Account } from '../../accounts/store.ts';
import type { Role } from '../../contract/index.ts';
import { chinaDate } from '../../patients/china-date.ts';
import { insertRow } from '../insert-row.ts';
import { updateRow } from '../update-row.ts';
import { AccountRow, AppointmentRow } from './rows.ts';

/** As `isInForce` of the appointments' model, in the words of the database. */
export const inForce = (alias: string): string =>
  `(${alias}.fromDay IS NULL OR ${alias}.fromDay <= :day) AND (${alias}.toDay IS NULL OR ${alias}.toDay >= :day)` +
  ` AND (${alias}.endedAt IS NULL OR ${alias}.endedAt > :instant)`;
const timeOf = (at: Date) => ({ day: chinaDate(at), instant: at.toISOString() });

const toAppointment = (row: Omit<Appointment, 'isMain'>): Appointment => ({ ...row, isMain: false });

export function createAppointmentStore(manager: EntityManager): AppointmentStore {
  const listFurther = async (accountIds: readonly string[]): Promise<Appointment[]> => {
    if (accountIds.length === 0) return [];
    const where = { accountId: In([...accountIds]) };
    const further = await manager.find(AppointmentRow, { where, order: { fromDay: 'ASC', appointmentId: 'ASC' } });
    return further.map(toAppointment);
  };
  return {
    listFurther,
    async listAppointments(accountIds) {
      if (accountIds.length === 0) return [];
      const accounts = await manager.findBy(AccountRow, { accountId: In([...accountIds]) });
      return [...accounts.map(mainOf), ...(await listFurther(accountIds))];
    },
    async findAppointment(appointmentId) {
      const account = await manager.findOneBy(AccountRow, { accountId: appointmentId });
      if (account) return mainOf(account);
      const row = await manager.findOneBy(AppointmentRow, { appointmentId });
      return row ? toAppointment(row) : undefined;
    },
    listAppointed: (facilityId, roles, at) => listAppointed(manager, { facilityId, roles, at }),
    listAppointedAnywhere: (role, at) => listAppointed(manager, { roles: [role], at }),
    insertAppointment: (appointment) => insertRow(manager, AppointmentRow, appointment),
    replaceAppointment({ appointmentId, accountId, isMain, revision, ...data }) {
      const changes = { ...data, revision: revision + 1 };
      return isMain
        ? updateRow(manager, AccountRow, { accountId, revision }, changes)
        : updateRow(manager, AppointmentRow, { appointmentId, revision }, changes);
    },
    async moveAppointments(fromFacilityId, toFacilityId, but) {
      const which = { facilityId: fromFacilityId, role: Not(but) };
      const moved = [
        ...(await manager.findBy(AccountRow, which)).map(mainOf),
        ...(await manager.findBy(AppointmentRow, which)).map(toAppointment),
      ];
      await manager.update(AccountRow, which, { facilityId: toFacilityId });
      await manager.update(AppointmentRow, which, { facilityId: toFacilityId });
      return moved;
    },
  };
}

async function listAppointed(
  manager: EntityManager,
  { facilityId, roles, at }: { facilityId?: string; roles: readonly Role[]; at: Date },
): Promise<Appointment[]> {
  const ofFacility = facilityId === undefined ? '' : ' AND one.facilityId = :facilityId';
  const where = `one.role IN (:...roles)${ofFacility} AND ${inForce('one')}`;
  const parameters = { roles: [...roles], facilityId, ...timeOf(at) };
  const mains: Account[] = await manager
    .createQueryBuilder(AccountRow, 'one')
    .where(`one.isActive = 1 AND ${where}`, parameters)
    .getMany();
  const further = await manager.createQueryBuilder(AppointmentRow, 'one').where(where, parameters).getMany();
  const holders = new Map<string, Account>(mains.map((one) => [one.accountId, one]));
  const others = further.map(({ accountId }) => accountId).filter((accountId) => !holders.has(accountId));
  if (others.length > 0)
    for (const one of await manager.findBy(AccountRow, { accountId: In(others), isActive: true }))
      holders.set(one.accountId, one);
  const found = [...mains.map(mainOf), ...further.map(toAppointment)];
  const nameOf = ({ accountId }: Appointment) => holders.get(accountId)?.name ?? '';
  return found.filter(({ accountId }) => holders.has(accountId)).sort((a, b) => compare(nameOf(a), nameOf(b)));
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
