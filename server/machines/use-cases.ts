import { randomUUID } from 'node:crypto';
import type { Asked } from '../access/asked.ts';
import {
  machineRemit,
  mayConfirmMachine,
  mayRevokeMachine,
  requireMakingMachine,
  requireRevokingMachine,
} from '../access/machines.ts';
import { requirePermission } from '../access/may.ts';
import { isWithin, type Remit, remitOf } from '../access/people.ts';
import type { Appointment } from '../accounts/appointment.ts';
import { findPeople } from '../accounts/person.ts';
import { type FindActors, type HistoryPage, listHistory } from '../audit/history.ts';
import { recordAct } from '../audit/record.ts';
import {
  Failure,
  type HistoryEntry,
  type MachineView,
  type MadeMachine,
  type NewMachineInput,
} from '../contract/index.ts';
import type { Stores, Work } from '../store/stores.ts';
import { confirmUntil, hashToken, type Machine, machineState, makeToken } from './machine.ts';

export interface MachineParts {
  work: Work<'accounts' | 'audit' | 'facilities' | 'machines'>;
  findActors: FindActors;
  /** Tells those who answer for the facility beside whoever made it, once it is committed. */
  tellMade(machine: Machine, to: readonly Appointment[], at: Date): Promise<void>;
}

const DAY_MS = 86_400_000;

export async function findRemit({ work }: MachineParts, { caller }: Asked): Promise<Remit> {
  return remitOf(caller, await work.read.facilities.listNodes());
}

/** The machines of the facilities that the caller administers, or coordinates cases for, the newest first. */
export async function listMachines(parts: MachineParts, asked: Asked): Promise<MachineView[]> {
  requirePermission(asked.caller, 'machine:list');
  const remit = await findRemit(parts, asked);
  const found = await parts.work.read.machines.list(machineRemit(asked.caller, remit));
  return viewMachines(parts.work.read, asked, remit, found);
}

/** Who made, confirmed and revoked it. @throws Failure not-found to whoever does not see it */
export async function readMachineHistory(
  parts: MachineParts,
  asked: Asked,
  machineId: string,
  page: HistoryPage,
): Promise<HistoryEntry[]> {
  const machine = await parts.work.read.machines.find(machineId);
  if (!machine || !isWithin(machineRemit(asked.caller, await findRemit(parts, asked)), machine.facilityId))
    throw new Failure('not-found', 'no such machine');
  return listHistory(parts, { subjectKind: 'machine', subjectId: machineId }, page);
}

/** @throws Failure as `requireMakingMachine`, conflict / facility-closed */
export async function makeMachine(parts: MachineParts, asked: Asked, input: NewMachineInput): Promise<MadeMachine> {
  const { caller, at } = asked;
  const remit = await findRemit(parts, asked);
  requireMakingMachine(caller, remit, input);
  const token = makeToken();
  const { facilityId, name, days } = input;
  const machine: Machine = {
    machineId: randomUUID(),
    facilityId,
    name,
    scopes: [...new Set(input.scopes)],
    secretHash: hashToken(token),
    madeAt: at.toISOString(),
    madeBy: caller.accountId,
    expiresAt: new Date(at.getTime() + days * DAY_MS).toISOString(),
    usedAt: null,
    revokedAt: null,
    revokedBy: null,
    confirmedAt: null,
    confirmedBy: null,
  };
  const [view] = await parts.work.write(async (stores) => {
    const { machineId, scopes, expiresAt } = machine;
    await recordAct(stores.audit, asked, {
      action: 'machine:make',
      subjectKind: 'machine',
      subjectId: machineId,
      detail: { facilityId, name, scopes, expiresAt },
    });
    const facility = await stores.facilities.find(facilityId);
    if (!facility) throw new Failure('not-found', 'no such facility');
    if (facility.status !== 'active')
      throw new Failure('conflict', 'the facility is closed', { reason: 'facility-closed' });
    await stores.machines.insert(machine);
    return viewMachines(stores, asked, remit, [machine]);
  });
  if (!view) throw new Error('a machine was made and is not there');
  await parts.tellMade(machine, await listOthers(parts.work.read, machine, at), at);
  return { machine: view, token };
}

/** Who answers for the facility beside whoever made the token: its administrators and coordinators. */
async function listOthers(
  { accounts }: Pick<Stores, 'accounts'>,
  { facilityId, madeBy }: Machine,
  at: Date,
): Promise<Appointment[]> {
  const found = await accounts.listAppointed(facilityId, ['facility-admin', 'coordinator'], at);
  return found.filter(({ accountId }) => accountId !== madeBy);
}

/** From the next request on it opens nothing. @throws Failure as `requireRevokingMachine` */
export async function revokeMachine(parts: MachineParts, asked: Asked, machineId: string): Promise<MachineView> {
  const remit = await findRemit(parts, asked);
  requireRevokingMachine(remit, await parts.work.read.machines.find(machineId));
  const [view] = await parts.work.write(async (stores) => {
    await recordAct(stores.audit, asked, { action: 'machine:revoke', subjectKind: 'machine', subjectId: machineId });
    const by = { revokedAt: asked.at.toISOString(), revokedBy: asked.caller.accountId };
    // Of two at once the second waits at the head of the chain, and sees what the first has done.
    const machine = await stores.machines.find(machineId);
    requireRevokingMachine(remit, machine);
    await stores.machines.revoke(machineId, by);
    return viewMachines(stores, asked, remit, [{ ...machine, ...by }]);
  });
  if (!view) throw new Failure('not-found', 'no such machine');
  return view;
}

export async function viewMachines(
  stores: Pick<Stores, 'accounts' | 'facilities'>,
  { caller, at }: Asked,
  remit: Remit,
  machines: readonly Machine[],
): Promise<MachineView[]> {
  const people = await findPeople(
    stores,
    machines.flatMap(({ madeBy, revokedBy, confirmedBy }) =>
      [madeBy, revokedBy, confirmedBy].filter((accountId) => accountId !== null),
    ),
  );
  const accounts = await stores.accounts.findMany([
    ...new Set([caller.accountId, ...machines.map(({ madeBy }) => madeBy)]),
  ]);
  const isDemo = (accountId: string) => accounts.find((one) => one.accountId === accountId)?.isDemo ?? false;
  const facilities = await stores.facilities.findMany([...new Set(machines.map(({ facilityId }) => facilityId))]);
  return machines.map((machine) => {
    const { secretHash: _, madeBy, revokedBy, confirmedBy, ...shown } = machine;
    const facility = facilities.find(({ facilityId }) => facilityId === machine.facilityId);
    const state = machineState(machine, facility?.status === 'active', at);
    const maker = { accountId: madeBy, isDemo: isDemo(madeBy) };
    const by = { caller, remit, isDemo: isDemo(caller.accountId), madeBy: maker };
    return {
      ...shown,
      facilityName: facility?.name ?? '',
      madeBy: people.get(madeBy)?.name ?? '',
      revokedBy: revokedBy === null ? null : (people.get(revokedBy)?.name ?? ''),
      confirmedBy: confirmedBy === null ? null : (people.get(confirmedBy)?.name ?? ''),
      confirmUntil: confirmUntil(machine),
      state,
      mayConfirm: mayConfirmMachine(by, machine, state),
      mayRevoke: mayRevokeMachine(remit, machine),
    };
  });
}

/** Machines as the audit names those who acted. */
export async function nameMachines(
  stores: Pick<Stores, 'facilities' | 'machines'>,
  machineIds: readonly string[],
): Promise<Map<string, { name: string; facilityName: string }>> {
  const machines = await stores.machines.findMany([...new Set(machineIds)]);
  const facilities = await stores.facilities.findMany([...new Set(machines.map(({ facilityId }) => facilityId))]);
  const names = new Map(facilities.map(({ facilityId, name }) => [facilityId, name]));
  return new Map(
    machines.map(({ machineId, name, facilityId }) => [machineId, { name, facilityName: names.get(facilityId) ?? '' }]),
  );
}
