import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import { requirePermission } from '../access/may.ts';
import { requireAppointing, requireAppointmentAction, requireGiving } from '../access/people.ts';
import { requireRolesApart } from '../access/platform-roles.ts';
import { type Changes, changesOf } from '../audit/changes.ts';
import { recordAct } from '../audit/record.ts';
import {
  type AppointmentAction,
  type AppointmentEditInput,
  Failure,
  type ManagedPersonView,
  type NewAppointmentInput,
} from '../contract/index.ts';
import { type Appointment, isInForce, stateOf } from './appointment.ts';
import {
  findRemit,
  listHeld,
  type PeopleParts,
  type PeopleStores,
  requireAnotherAdministrator,
  viewPerson,
} from './people.ts';
import { requireNoSecond } from './platform-role.ts';
import type { Account } from './store.ts';

/**
 * Somebody who has an account is appointed at a further facility. They are known by account and name together: neither is looked up, and
 * nothing else of them is told but what the appointment itself says.
 * @throws Failure not-found / person-unknown, forbidden, conflict / facility-closed
 */
export async function addAppointment(
  parts: PeopleParts,
  asked: Asked,
  input: NewAppointmentInput,
): Promise<ManagedPersonView> {
  requirePermission(asked.caller, 'account:manage');
  return parts.work.write(async (stores) => {
    const accountId = await appoint(parts, stores, asked, input);
    return viewPerson(parts, stores, asked, accountId);
  });
}

/** As {@link addAppointment}, in a transaction that does more. @returns whose it is */
export async function appoint(
  parts: PeopleParts,
  stores: PeopleStores,
  asked: Asked,
  { login, name, ...data }: NewAppointmentInput,
): Promise<string> {
  const remit = await findRemit(parts, asked.caller);
  const account = await stores.accounts.findByLogin(login);
  requireGiving(asked.caller, remit, data);
  if (!account || !isMeantBy(account, name))
    throw new Failure('not-found', 'nobody of that name', { reason: 'person-unknown' });
  const { accountId, isDemo } = account;
  const held = await listHeld(stores, accountId, asked.at);
  requireAppointing(asked.caller, remit, data, { accountId, isDemo, held: held.map(({ role }) => role) });
  await requireNoSecond(stores, asked, { accountId, from: null, to: data.role });
  const appointmentId = randomUUID();
  await recordAct(stores.audit, asked, {
    action: 'appointment:add',
    subjectKind: 'appointment',
    subjectId: appointmentId,
    detail: { accountId, ...data },
  });
  await requireDepartment(stores, data, { isNew: true });
  await stores.accounts.insertAppointment({ ...data, appointmentId, accountId, endedAt: null, revision: 1 });
  return accountId;
}

/** Whether the account is in use, and that person's. */
export function isMeantBy(account: Pick<Account, 'isActive' | 'name'>, name: string): boolean {
  return account.isActive && account.name.normalize('NFC') === name.normalize('NFC');
}

/**
 * What somebody does at a place, and from when to when. The place stays: who goes elsewhere is appointed there.
 * @throws Failure as `requireAppointmentAction`, conflict / version-outdated or last-administrator
 */
export async function editAppointment(
  parts: PeopleParts,
  asked: Asked,
  appointmentId: string,
  input: AppointmentEditInput,
): Promise<ManagedPersonView> {
  return parts.work.write(async (stores) => {
    const accountId = await changeAppointment(parts, stores, asked, appointmentId, input);
    return viewPerson(parts, stores, asked, accountId);
  });
}

/** As {@link editAppointment}, in a transaction that does more. @returns whose it is */
export async function changeAppointment(
  parts: PeopleParts,
  stores: PeopleStores,
  asked: Asked,
  appointmentId: string,
  { revision, ...data }: AppointmentEditInput,
): Promise<string> {
  const remit = await findRemit(parts, asked.caller);
  return changeIn(parts, stores, asked, { appointmentId, revision, action: 'edit' }, async (stored) => {
    requireGiving(asked.caller, remit, { role: data.role, facilityId: stored.facilityId });
    const next = { ...stored, ...data };
    // One that the facility has given up stays where it stands.
    if (next.department !== stored.department) await requireDepartment(stores, next, { isNew: false });
    return next;
  });
}

/** At once: their sessions in it end within two seconds, in calls too. @throws Failure as {@link editAppointment} */
export async function endAppointment(
  parts: PeopleParts,
  asked: Asked,
  appointmentId: string,
  revision: number,
): Promise<ManagedPersonView> {
  return change(parts, asked, { appointmentId, revision, action: 'end' }, async (stored) => ({
    ...stored,
    endedAt: asked.at.toISOString(),
  }));
}

/** As if it had not ended; where its last day is past, without end. @throws Failure as {@link editAppointment} */
export async function resumeAppointment(
  parts: PeopleParts,
  asked: Asked,
  appointmentId: string,
  revision: number,
): Promise<ManagedPersonView> {
  return change(parts, asked, { appointmentId, revision, action: 'resume' }, async (stored) => {
    const resumed = { ...stored, endedAt: null };
    return stateOf(resumed, asked.at) === 'ended' ? { ...resumed, toDay: null } : resumed;
  });
}

interface Change {
  appointmentId: string;
  revision: number;
  action: AppointmentAction;
}

async function change(
  parts: PeopleParts,
  asked: Asked,
  asWhat: Change,
  make: (stored: Appointment) => Promise<Appointment>,
): Promise<ManagedPersonView> {
  return parts.work.write(async (stores) => {
    const accountId = await changeIn(parts, stores, asked, asWhat, make);
    return viewPerson(parts, stores, asked, accountId);
  });
}

async function changeIn(
  parts: PeopleParts,
  stores: PeopleStores,
  asked: Asked,
  { appointmentId, revision, action }: Change,
  make: (stored: Appointment) => Promise<Appointment>,
): Promise<string> {
  const remit = await findRemit(parts, asked.caller);
  const stored = await stores.accounts.findAppointment(appointmentId);
  const account = stored && (await stores.accounts.find(stored.accountId));
  if (!stored || !account) throw new Failure('not-found', 'no such appointment');
  const { accountId, isDemo } = account;
  requireAppointmentAction(action, asked.caller, remit, { ...stored, isDemo, state: stateOf(stored, asked.at) });
  const next = await make(stored);
  const held = await listHeld(stores, accountId, asked.at);
  const others = held.filter((one) => one.appointmentId !== appointmentId);
  if (action !== 'end') {
    requireRolesApart([...others.map(({ role }) => role), next.role]);
    const from = action === 'resume' ? null : stored.role;
    await requireNoSecond(stores, asked, { accountId, from, to: next.role });
  }
  await recordAct(stores.audit, asked, {
    action: `appointment:${action}`,
    subjectKind: 'appointment',
    subjectId: appointmentId,
    detail: { accountId, changes: appointmentChanges(stored, next) },
  });
  const stays = next.role === stored.role && next.toDay === null && isInForce(next, asked.at);
  if (!stays) await requireAnotherAdministrator(stores, account, asked.at);
  if (stored.revision !== revision || !(await stores.accounts.replaceAppointment(next)))
    throw new Failure('conflict', `made on revision ${revision}, stored is ${stored.revision}`, {
      reason: 'version-outdated',
    });
  return accountId;
}

const CHANGEABLE = ['department', 'role', 'title', 'specialty', 'fromDay', 'toDay', 'endedAt'] as const;

function appointmentChanges(before: Appointment, after: Appointment): Changes {
  return changesOf<Partial<Appointment>>(before, Object.fromEntries(CHANGEABLE.map((field) => [field, after[field]])));
}

/** @throws Failure invalid-message for a department that the facility has not, conflict / facility-closed */
async function requireDepartment(
  { facilities }: Pick<PeopleStores, 'facilities'>,
  { facilityId, department }: Pick<Appointment, 'facilityId' | 'department'>,
  { isNew }: { isNew: boolean },
): Promise<void> {
  const facility = await facilities.find(facilityId);
  if (!facility) throw new Failure('invalid-message', 'no such facility', { fields: ['facilityId'] });
  if (isNew && facility.status !== 'active')
    throw new Failure('conflict', 'the facility is closed', { reason: 'facility-closed' });
  if (department !== null && !facility.departments.some(({ name }) => name === department))
    throw new Failure('invalid-message', 'no such department', { fields: ['department'] });
}
