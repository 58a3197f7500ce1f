import type { AppointmentView, PersonState, PersonView } from '../contract/index.ts';
import { Failure } from '../contract/index.ts';
import type { Stores } from '../store/stores.ts';
import { type Appointment, mainOf } from './appointment.ts';
import type { Account } from './store.ts';

/** The person as they stand in one of their appointments. */
export function toPersonView(
  { accountId, name }: Pick<Account, 'accountId' | 'name'>,
  { title, role, specialty, facilityId }: Pick<Appointment, 'title' | 'role' | 'specialty' | 'facilityId'>,
  facilityName: string,
): PersonView {
  return { accountId, name, title, role, specialty, facilityId, facilityName };
}

/** @param facilityNames by their id. */
export function toAppointmentView(
  { appointmentId, facilityId, department, role, title, specialty, fromDay, toDay }: Appointment,
  facilityNames: ReadonlyMap<string, string>,
): AppointmentView {
  const facilityName = facilityNames.get(facilityId) ?? '';
  return { appointmentId, facilityId, facilityName, department, role, title, specialty, fromDay, toDay };
}

/** Disabled is disabled, whether or not there ever was a password. */
export function personState({ isActive, passwordHash }: Pick<Account, 'isActive' | 'passwordHash'>): PersonState {
  if (!isActive) return 'disabled';
  return passwordHash === null ? 'invited' : 'active';
}

/** Somebody, where they act; by the account alone: as their main appointment has them. */
export type Whereabouts = string | { accountId: string; facilityId: string };

/**
 * People by account id, for views that name many. Who is named at a facility is shown as appointed there, whether or not that is in
 * force; who never was, as in their main appointment. Named twice, the first counts. Unknown ids are left out.
 */
export async function findPeople(
  stores: Pick<Stores, 'accounts' | 'facilities'>,
  who: Iterable<Whereabouts>,
): Promise<Map<string, PersonView>> {
  const places = new Map<string, string | undefined>();
  for (const one of who)
    if (typeof one === 'string') places.set(one, places.get(one));
    else places.set(one.accountId, places.get(one.accountId) ?? one.facilityId);
  const accounts = await stores.accounts.findMany([...places.keys()]);
  const elsewhere = accounts.filter(
    ({ accountId, facilityId }) => (places.get(accountId) ?? facilityId) !== facilityId,
  );
  const further = await stores.accounts.listAppointments(elsewhere.map(({ accountId }) => accountId));
  const appointments = accounts.map(
    (account) =>
      further.findLast(
        (one) => one.accountId === account.accountId && one.facilityId === places.get(account.accountId),
      ) ?? mainOf(account),
  );
  const facilities = await stores.facilities.findMany([...new Set(appointments.map(({ facilityId }) => facilityId))]);
  const names = new Map(facilities.map((facility) => [facility.facilityId, facility.name]));
  return new Map(
    accounts.flatMap((account, index) => {
      const appointment = appointments[index];
      if (!appointment) return [];
      return [
        [account.accountId, toPersonView(account, appointment, names.get(appointment.facilityId) ?? '')] as const,
      ];
    }),
  );
}

/** @throws Failure not-found */
export async function getPerson(
  stores: Pick<Stores, 'accounts' | 'facilities'>,
  who: Whereabouts,
): Promise<PersonView> {
  const person = (await findPeople(stores, [who])).get(typeof who === 'string' ? who : who.accountId);
  if (!person) throw new Failure('not-found', 'no such account');
  return person;
}
